-- The three roles of the platform on PostgreSQL. A superuser runs this once per cluster; running it again changes nothing.
--
--   psql -f deploy/roles.sql postgres
--   createdb --owner pbgdpl_owner --encoding UTF8 --template template0 pbgdpl
--
-- Then give each role a password (\password pbgdpl_owner ...) or a line in pg_hba.conf, and put the three addresses into the
-- configuration: database.owner_url, database.url (pbgdpl_app), database.province_url.
--
-- What a role may do with a table is granted by the migration that makes the table. None of the three is a superuser, none
-- bypasses row security, and only the owner owns anything: the program refuses to start otherwise.

do $$
declare
  wanted text;
begin
  foreach wanted in array array['pbgdpl_owner', 'pbgdpl_app', 'pbgdpl_province'] loop
    if not exists (select from pg_roles where rolname = wanted) then
      execute format('create role %I', wanted);
    end if;
    execute format(
      'alter role %I login nosuperuser nobypassrls nocreatedb nocreaterole noreplication inherit', wanted);
  end loop;
end
$$;

-- A request that hangs must not hold a connection, and a peer that went silent must not hold its transaction: the driver has
-- no keepalive of its own, so the server watches. Long work (rebuilding all days) lifts its limit with SET LOCAL.
alter role pbgdpl_app set statement_timeout = '30s';
alter role pbgdpl_app set lock_timeout = '10s';
alter role pbgdpl_app set idle_in_transaction_session_timeout = '10s';
alter role pbgdpl_app set tcp_keepalives_idle = '10';
alter role pbgdpl_app set tcp_keepalives_interval = '5';
alter role pbgdpl_app set tcp_keepalives_count = '3';
alter role pbgdpl_app set tcp_user_timeout = '20s';
alter role pbgdpl_province set statement_timeout = '60s';
alter role pbgdpl_province set lock_timeout = '10s';
alter role pbgdpl_province set idle_in_transaction_session_timeout = '10s';
alter role pbgdpl_province set tcp_keepalives_idle = '10';
alter role pbgdpl_province set tcp_keepalives_interval = '5';
alter role pbgdpl_province set tcp_keepalives_count = '3';
alter role pbgdpl_province set tcp_user_timeout = '20s';

-- The pool rolls back before it lends a connection; outside a transaction that is a warning nobody needs.
alter role pbgdpl_app set client_min_messages = 'error';
alter role pbgdpl_province set client_min_messages = 'error';

-- Nor does the server's log need it, a line a request. Only a superuser may say so; a managed server without one keeps the lines.
do $$
begin
  alter role pbgdpl_app set log_min_messages = 'error';
  alter role pbgdpl_province set log_min_messages = 'error';
exception when insufficient_privilege then
  raise notice 'log_min_messages is left as it is: the log will say "there is no transaction in progress" once a request';
end
$$;
