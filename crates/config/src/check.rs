//! What only two keys together can get wrong.

use url::Url;

use crate::reader::Reader;
use crate::section::database::{Database, Engine};
use crate::section::server::Server;
use crate::settings::Settings;

/// How the program runs, as far as it changes what is acceptable.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Run {
    /// For real: plain http on loopback only.
    Serve,
    /// `demo`: plain http in one room is accepted.
    Demo,
}

/// Refuses combinations, with the key that has to change.
pub(crate) fn check(settings: &Settings, run: Run, reader: &mut Reader) {
    origins(&settings.server, run, reader);
    database(&settings.database, reader);
    replica(&settings.database, reader);
}

fn origins(server: &Server, run: Run, reader: &mut Reader) {
    let desk = &server.desk_url;
    if run == Run::Serve && !desk.is_https() && !desk.is_loopback() {
        let reason = "phải là https (http chỉ được dùng cho localhost và bản dùng thử)";
        reader.refuse("server", "desk_url", reason);
    }
    let origins = server.origins();
    for (index, (key, origin)) in origins.iter().enumerate() {
        if let Some((other, _)) = origins.iter().take(index).find(|(_, earlier)| earlier == origin) {
            let reason =
                format!("{origin} đã dùng cho server.{other}; bốn địa chỉ phải khác nhau về máy hoặc cổng");
            reader.refuse("server", key, &reason);
        }
    }
}

fn database(database: &Database, reader: &mut Reader) {
    let roles = [
        ("owner_url", &database.owner_url),
        ("province_url", &database.province_url),
    ];
    for (key, url) in roles {
        match (database.engine(), url) {
            (Engine::Postgres, None) => {
                let reason = "PostgreSQL cần ba vai trò: thiếu khoá này (xem deploy/roles.sql)";
                reader.refuse("database", key, reason);
            }
            (Engine::Postgres, Some(url)) if Engine::of(url.reveal()) != Some(Engine::Postgres) => {
                reader.refuse(
                    "database",
                    key,
                    "phải bắt đầu bằng \"postgres://\" như database.url",
                );
            }
            (Engine::Sqlite, Some(_)) => {
                reader.refuse(
                    "database",
                    key,
                    "chỉ dùng với PostgreSQL, mà database.url là SQLite",
                );
            }
            _ => {}
        }
    }
    if database.engine() == Engine::Postgres {
        let owner = database.owner_url.as_ref().and_then(|url| user(url.reveal()));
        let province = database.province_url.as_ref().and_then(|url| user(url.reveal()));
        let app = user(database.url.reveal());
        if owner.is_some() && owner == app {
            reader.refuse(
                "database",
                "url",
                "không được dùng vai trò chủ sở hữu (owner_url): mất cách ly dữ liệu",
            );
        }
        if province.is_some() && (province == app || province == owner) {
            reader.refuse(
                "database",
                "province_url",
                "phải dùng vai trò riêng, khác url và owner_url",
            );
        }
    }
}

fn replica(database: &Database, reader: &mut Reader) {
    let Some(replica) = &database.replica_url else {
        return;
    };
    let reason = if database.engine() == Engine::Sqlite {
        "chỉ dùng với PostgreSQL, mà database.url là SQLite: tệp SQLite không có bản sao đọc"
    } else if Engine::of(replica) != Some(Engine::Postgres) {
        "phải bắt đầu bằng \"postgres://\" như database.url"
    } else if user(replica).is_some() || Url::parse(replica).is_ok_and(|url| url.password().is_some()) {
        "không ghi vai trò và mật khẩu: bản sao được đọc bằng đúng vai trò của url và province_url"
    } else if Url::parse(replica).is_ok_and(|there| same_place(&there, database.url.reveal())) {
        "là chính database.url; bỏ khoá này khi không có bản sao"
    } else if database.province_url.is_some() && database.replica_urls().is_none() {
        "phải có dạng \"postgres://máy:cổng/cơ-sở-dữ-liệu\""
    } else {
        return;
    };
    reader.refuse("database", "replica_url", reason);
}

fn same_place(there: &Url, primary: &str) -> bool {
    let of = |url: &Url| {
        (
            url.host_str().map(str::to_owned),
            url.port().unwrap_or(5432),
            url.path().to_owned(),
        )
    };
    Url::parse(primary).is_ok_and(|here| here.has_host() && of(&here) == of(there))
}

fn user(url: &str) -> Option<String> {
    let url = Url::parse(url).ok()?;
    let named = url
        .query_pairs()
        .find(|(key, _)| key == "user")
        .map(|(_, value)| value.into_owned());
    named.or_else(|| (!url.username().is_empty()).then(|| url.username().to_owned()))
}
