-- Rows that never passed an act, for volume: 47 agencies of very different size, two years, working days, the weeks before the Day of
-- Law (9 November) busier than others, most rows sessions and those who came, some taken back, most written down within a few days.
set session_replication_role = replica;
set work_mem = '512MB';
select setseed(0.42);
create unlogged table bench_row (
  tenant_id uuid, at bigint, day date, source text, source_id uuid, measure text, quantity bigint, dimensions text);
insert into bench_row
with ranked as (select tenant_id, row_number() over (order by md5(slug)) as rank from agency),
weighted as (select tenant_id, rank, sum(power(rank, -0.6)) over (order by rank) / sum(power(rank, -0.6)) over () as upto from ranked),
chosen as (select array_agg(tenant_id order by rank) as ids, array_agg(upto order by rank) as upto from weighted),
act as (
  select n, chosen.ids[least(width_bucket(random(), chosen.upto) + 1, array_length(chosen.ids, 1))] as tenant_id,
    date '2020-01-01' + (case when random() < 0.18 then 274 + floor(random() * 60) + 366 * floor(random() * 2)
      else floor(random() * 731) end)::int as drawn,
    random() as sort, gen_random_uuid() as source_id, least(40, floor(-3 * ln(1 - random())))::int as late
  from generate_series(1, {rows} * 6 / 10) as n, chosen),
dated as (
  select *, least(drawn - case when extract(isodow from drawn) > 5 and random() < 0.85
    then (extract(isodow from drawn) - 5)::int else 0 end, date '2021-12-31') as day from act)
select tenant_id, (extract(epoch from day)::bigint + late * 86400 + 10800 + n % 28800) * 1000, day,
  case when sort between 0.92 and 0.98 then 'article' else 'activity' end, source_id, m.measure, m.quantity,
  '{"kind":"' || m.kind || '","form":"truc-tiep","fields":["dat-dai","ho-tich"],"audiences":["nhan-dan"],"places":[],'
    || '"language":"tieng-viet","mode":"truc-tiep","partners":[],"illustrative":true}'
from dated, lateral (
  select 'direct_sessions', 1 + n % 3, 'hoi-nghi' where sort < 0.72 union all
  select 'direct_attendees', 15 + n % 200, 'hoi-nghi' where sort < 0.72 union all
  select 'materials_issued', 50 + n % 900, 'tai-lieu' where sort between 0.72 and 0.82 union all
  select 'broadcasts', 1 + n % 10, 'truyen-thanh' where sort between 0.82 and 0.92 union all
  select 'materials_online', 1, 'tin' where sort between 0.92 and 0.98 union all
  select 'contests', 1, 'cuoc-thi' where sort > 0.98 union all
  select 'contest_entrants', 30 + n % 2000, 'cuoc-thi' where sort > 0.98) as m (measure, quantity, kind)
limit {rows};
insert into chain_head (tenant_id, audit_seq, audit_hash, ledger_seq)
  select tenant_id, 0, decode(repeat('00', 32), 'hex'), 0 from agency on conflict do nothing;
with numbered as (
  select b.*, h.ledger_seq + row_number() over (partition by b.tenant_id order by b.at, b.source_id, b.measure) as seq
  from bench_row b join chain_head h using (tenant_id))
insert into ledger (tenant_id, seq, at, day, source, source_id, source_version, measure, quantity, dimensions, reverses, reason, actor, actor_name)
  select tenant_id, seq, at, day, source, source_id, 1, measure, quantity, dimensions,
    case when seq % 97 = 0 then seq - 50 end, case when seq % 97 = 0 then 'ghi trùng' else '' end,
    '01900000-0000-7000-8000-000000000009', 'Người thử'
  from numbered;
update chain_head h set ledger_seq = greatest(ledger_seq, (select coalesce(max(seq), 0) from ledger l where l.tenant_id = h.tenant_id));
insert into activity (tenant_id, id, stage, kind, title, day, latest_version, created_by, created_at, changed_at, row_version)
  select tenant_id, source_id, 'recorded', 'hoi-nghi', 'Hội nghị phổ biến pháp luật về đất đai, hộ tịch', min(day), 1,
    '01900000-0000-7000-8000-000000000009', min(at), min(at), 1
  from bench_row where source = 'activity' and {titled} group by tenant_id, source_id;
drop table bench_row;
