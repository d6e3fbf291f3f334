//! Each refusal once, the precedence of sources, and the default file against the structs.

use std::path::Path;

use crate::check::Run;
use crate::reader::variable;
use crate::settings::Settings;
use crate::source::Source;
use crate::{DEFAULT_TOML, Engine, LogFormat};

fn load(text: &str, environment: &[(&str, &str)]) -> Result<Settings, Vec<String>> {
    let mut source = Source::default();
    source.add_file("pbgdpl.toml", text);
    if source.broken {
        return Err(source.problems.iter().map(ToString::to_string).collect());
    }
    let environment = environment
        .iter()
        .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()));
    Settings::read(source, environment, Run::Serve)
        .map(|(settings, _)| settings)
        .map_err(|problems| problems.iter().map(ToString::to_string).collect())
}

#[track_caller]
fn refused(text: &str, environment: &[(&str, &str)], parts: &[&str]) {
    let problems = load(text, environment).expect_err("must be refused").join("\n");
    for part in parts {
        assert!(problems.contains(part), "«{part}» is missing in:\n{problems}");
    }
}

#[test]
fn default_file_and_structs_agree() {
    let environment = std::iter::empty();
    let (defaults, keys) = Settings::read(Source::default(), environment, Run::Serve).unwrap();
    assert_eq!(load(DEFAULT_TOML, &[]).unwrap(), defaults);
    for (section, key) in keys {
        let body = DEFAULT_TOML
            .split(&format!("\n[{section}]\n"))
            .nth(1)
            .unwrap_or_default();
        let body = body.split("\n[").next().unwrap();
        let written = |line: &str| {
            line.strip_prefix("# ")
                .unwrap_or(line)
                .starts_with(&format!("{key} = "))
        };
        assert_eq!(
            body.lines().filter(|line| written(line)).count(),
            1,
            "[{section}] {key} in default.toml"
        );
        let variable = variable(section, key);
        assert!(
            body.contains(&variable),
            "{variable} is not named in default.toml"
        );
    }
}

#[test]
fn every_example_of_an_unset_key_is_accepted() {
    let example = |line: &str| line.strip_prefix("# ").is_some_and(|rest| rest.contains(" = \""));
    let lines = DEFAULT_TOML
        .lines()
        .map(|line| if example(line) { &line[2..] } else { line });
    let text = lines.collect::<Vec<_>>().join("\n");
    let postgres = "url = \"postgres://pbgdpl_app:x@db/pbgdpl\"";
    let text = text
        .replace("url = \"sqlite:var/pbgdpl.db\"", postgres)
        .replace("url = \"file:var/mail\"", "url = \"smtp://mail.example.vn:587\"");
    let settings = load(&text, &[]).unwrap();
    assert_eq!(settings.database.engine(), Engine::Postgres);
    assert!(settings.redis.url.is_some() && settings.telemetry.otlp_endpoint.is_some());
    assert!(settings.mail.ca_file.is_some());
}

#[test]
fn environment_wins_over_the_file_and_ours_over_the_customary() {
    let text = "[database]\nurl = \"sqlite:a.db\"\n[telemetry]\nlog = \"human\"\n";
    let url =
        |environment: &[(&str, &str)]| load(text, environment).unwrap().database.url.reveal().to_owned();
    assert_eq!(url(&[]), "sqlite:a.db");
    assert_eq!(url(&[("DATABASE_URL", "sqlite:b.db")]), "sqlite:b.db");
    assert_eq!(
        url(&[
            ("DATABASE_URL", "sqlite:b.db"),
            ("PBGDPL_DATABASE__URL", "sqlite:c.db")
        ]),
        "sqlite:c.db"
    );
    let settings = load(
        text,
        &[
            ("REDIS_URL", "redis://r:6379"),
            ("PBGDPL_TELEMETRY__LOG", "json"),
            ("PBGDPL_DATABASE__MAX_CONNECTIONS", "20"),
            ("PBGDPL_SERVER__TRUSTED_PROXIES", "10.0.0.0/8, 192.0.2.1"),
            ("PBGDPL_TEST_PG", "ignored"),
        ],
    )
    .unwrap();
    assert_eq!(settings.redis.url.unwrap().reveal(), "redis://r:6379");
    assert_eq!(
        (settings.telemetry.log, settings.database.max_connections),
        (LogFormat::Json, 20)
    );
    assert_eq!(settings.server.trusted_proxies.len(), 2);
}

#[test]
fn secrets_come_from_files_and_hide() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("url");
    std::fs::write(&file, "sqlite:secret.db\n").unwrap();
    let path = file.to_str().unwrap();
    let settings = load("", &[("PBGDPL_DATABASE__URL_FILE", path)]).unwrap();
    assert_eq!(settings.database.url.reveal(), "sqlite:secret.db");
    assert!(!format!("{settings:?}").contains("secret.db"));
    refused(
        "",
        &[("PBGDPL_DATABASE__URL_FILE", "/nowhere/url")],
        &["PBGDPL_DATABASE__URL_FILE", "không đọc được"],
    );
    let both = [
        ("PBGDPL_DATABASE__URL_FILE", path),
        ("PBGDPL_DATABASE__URL", "sqlite:x"),
    ];
    refused("", &both, &["chỉ đặt một trong hai"]);
    let wrong = [("PBGDPL_DATABASE__URL", "mysql://u:hunter2@h/d")];
    assert!(!load("", &wrong).unwrap_err().join("\n").contains("hunter2"));
}

#[test]
fn wrong_and_unknown_keys_name_the_line_and_the_nearest_key() {
    refused(
        "[server]\nlisen = \"127.0.0.1:1\"\n",
        &[],
        &["pbgdpl.toml:2:", "server.lisen", "\"listen\""],
    );
    refused(
        "[servre]\nlisten = \"127.0.0.1:1\"\n",
        &[],
        &["pbgdpl.toml:2:", "\"server.listen\""],
    );
    refused(
        "\n[metric]\n",
        &[],
        &["pbgdpl.toml:2:", "[metric]", "\"metrics\""],
    );
    refused(
        "[server]\nmax_connections = 3\n",
        &[],
        &["\"database.max_connections\""],
    );
    refused("listen = \"x\"\n", &[], &["pbgdpl.toml:1:", "[server]"]);
    refused(
        "",
        &[("PBGDPL_SERVER__LISEN", "x")],
        &["PBGDPL_SERVER__LISEN", "\"listen\""],
    );
    refused(
        "",
        &[("PBGDPL_SERVER_LISTEN", "x")],
        &["PBGDPL_SERVER_LISTEN", "PBGDPL_SERVER__LISTEN"],
    );
    refused("[server]\nlisten = 127.0.0.1\n", &[], &["pbgdpl.toml:2:", "TOML"]);
    refused(
        "[server]\nlisten = 8080\n",
        &[],
        &["pbgdpl.toml:2:", "chuỗi", "không phải số"],
    );
    refused(
        "[server]\nlisten = \":8080\"\n",
        &[],
        &["server.listen", "127.0.0.1:8080"],
    );
    refused("[server]\nlisten = \"\"\n", &[], &["để trống"]);
    refused(
        "[server]\nlisten = \"x\"\n[mail]\nfrom = \"x\"\n",
        &[],
        &["server.listen", "mail.from"],
    );
}

#[test]
fn a_replica_is_a_place_and_no_role() {
    let with = |replica: &str| {
        let roles = "owner_url = \"postgres://o@db/p\"\nprovince_url = \"postgres://tinh:b%40c@db/p\"\n";
        format!("[database]\nurl = \"postgres://a:x@db/p\"\n{roles}replica_url = \"{replica}\"\n")
    };
    let settings = load(&with("postgres://copy:5433/p?sslmode=require"), &[]).unwrap();
    let (app, province) = settings.database.replica_urls().unwrap();
    assert_eq!(app.reveal(), "postgres://a:x@copy:5433/p?sslmode=require");
    assert_eq!(
        province.reveal(),
        "postgres://tinh:b%40c@copy:5433/p?sslmode=require"
    );
    for (replica, reason) in [
        ("mysql://copy/p", "postgres://"),
        ("postgres://somebody@copy/p", "không ghi vai trò"),
        ("postgres://copy/p?user=somebody", "không ghi vai trò"),
        ("postgres://db:5432/p", "là chính database.url"),
    ] {
        refused(&with(replica), &[], &["database.replica_url", reason]);
    }
    let sqlite = "[database]\nreplica_url = \"postgres://copy/p\"\n";
    refused(
        sqlite,
        &[],
        &["database.replica_url", "SQLite không có bản sao đọc"],
    );
}

#[test]
fn wrong_values_are_refused() {
    refused(
        "[server]\npublic_url = \"https://a/b\"\n",
        &[],
        &["server.public_url", "đường dẫn"],
    );
    refused(
        "[server]\ntrusted_proxies = [\"10.0.0.0/99\"]\n",
        &[],
        &["pbgdpl.toml:2:", "10.0.0.0/99"],
    );
    refused("[server]\ntrusted_proxies = \"10.0.0.1\"\n", &[], &["danh sách"]);
    refused(
        "[database]\nurl = \"mysql://x\"\n",
        &[],
        &["database.url", "postgres://"],
    );
    refused(
        "[database]\nmax_connections = 0\n",
        &[],
        &["database.max_connections", "từ 1 đến 1000"],
    );
    refused(
        "[database]\nmax_connections = true\n",
        &[],
        &["số nguyên", "đúng/sai"],
    );
    refused("[redis]\nurl = \"localhost:6379\"\n", &[], &["redis.url"]);
    refused(
        "[storage]\nurl = \"s3://bucket\"\n",
        &[],
        &["storage.url", "chưa lưu tệp trên S3"],
    );
    refused("[storage]\nurl = \"var/files\"\n", &[], &["storage.url", "file:"]);
    refused("[mail]\nurl = \"sendmail:\"\n", &[], &["mail.url", "smtp://"]);
    refused(
        "[mail]\nca_file = \"ca.pem\"\n",
        &[],
        &["pbgdpl.toml:2", "mail.ca_file", "smtp"],
    );
    refused(
        "[mail]\nfrom = \"Sở Tư pháp <a@b.vn>\"\n",
        &[],
        &["mail.from", "không kèm tên"],
    );
    refused("[telemetry]\nlog = \"xml\"\n", &[], &["telemetry.log", "json"]);
    refused(
        "[telemetry]\notlp_endpoint = \"127.0.0.1:4317\"\n",
        &[],
        &["pbgdpl.toml:2:", "otlp_endpoint"],
    );
}

#[test]
fn wrong_combinations_are_refused() {
    let plain_desk = "[server]\ndesk_url = \"http://quantri.example.vn\"\n";
    refused(plain_desk, &[], &["pbgdpl.toml:2:", "server.desk_url", "https"]);
    refused(
        "[server]\nembed_url = \"http://localhost:8080\"\n",
        &[],
        &["server.embed_url", "server.public_url"],
    );
    let postgres = "[database]\nurl = \"postgres://app@db/p\"\n";
    refused(
        postgres,
        &[],
        &["database.owner_url", "database.province_url", "ba vai trò"],
    );
    let same =
        format!("{postgres}owner_url = \"postgres://app@db/p\"\nprovince_url = \"postgres://app@db/p\"\n");
    refused(&same, &[], &["vai trò chủ sở hữu", "vai trò riêng"]);
    refused(
        "[database]\nowner_url = \"postgres://o@db/p\"\n",
        &[],
        &["chỉ dùng với PostgreSQL"],
    );
}

#[test]
fn the_demo_may_speak_http_in_a_room() {
    let mut settings = Settings::demo(Path::new("var/demo")).unwrap();
    assert_eq!(settings.database.url.reveal(), "sqlite:var/demo/pbgdpl.db");
    settings.server.desk_url = crate::Origin::http("192.0.2.7", 8081);
    assert_eq!(settings.check(Run::Demo), Ok(()));
    assert_eq!(settings.check(Run::Serve).unwrap_err().len(), 1);
}

#[test]
fn unreadable_files_are_refused() {
    let folder = tempfile::tempdir().unwrap();
    let missing = Settings::load(Some(&folder.path().join("none.toml")), std::iter::empty()).unwrap_err();
    assert!(missing[0].message.contains("không đọc được"));
    let file = folder.path().join("latin.toml");
    std::fs::write(&file, b"# ok\n# \xff\n").unwrap();
    let latin = Settings::load(Some(&file), std::iter::empty()).unwrap_err();
    assert_eq!(
        (latin[0].line, latin[0].message.contains("UTF-8")),
        (Some(2), true)
    );
}

#[test]
fn a_pdf_worker_is_named_by_its_whole_path() {
    assert!(load("", &[]).unwrap().paper.worker.is_none());
    let good = load("[paper]\nworker = \"/usr/local/bin/pbgdpl-paper\"\n", &[]).unwrap();
    assert!(
        good.paper
            .worker
            .is_some_and(|path| path.ends_with("pbgdpl-paper"))
    );
    let refused = load("[paper]\nworker = \"pbgdpl-paper\"\n", &[]).unwrap_err();
    assert!(refused[0].to_string().contains("paper.worker"), "{refused:?}");
}

#[test]
fn pictures_are_made_where_a_browser_is_named_by_its_whole_path() {
    let none = load("", &[]).unwrap().estate;
    assert_eq!((none.browser, none.browser_sandbox), (None, true));
    let named = "[estate]\nbrowser = \"/usr/bin/chromium\"\nbrowser_sandbox = \"off\"\n";
    let named = load(named, &[]).unwrap().estate;
    assert!(named.browser.is_some_and(|path| path.ends_with("chromium")) && !named.browser_sandbox);
    refused(
        "[estate]\nbrowser = \"chromium\"\n",
        &[],
        &["estate.browser", "đường dẫn đầy đủ"],
    );
    refused(
        "[estate]\nbrowser_sandbox = \"no\"\n",
        &[],
        &["estate.browser_sandbox", "off"],
    );
}

#[test]
fn rep_19_the_exchange_is_off_until_it_is_whole() {
    assert!(load("", &[]).unwrap().exchange.url.is_none());
    let secret = "secret = \"mot-bi-mat-dai-it-nhat-ba-muoi-hai-ky-tu\"\n";
    let whole = format!("[exchange]\nurl = \"https://bo.example.vn/pbgdpl\"\nkey = \"kon-tum\"\n{secret}");
    let settings = load(&whole, &[]).unwrap();
    assert_eq!(settings.exchange.key.as_deref(), Some("kon-tum"));
    assert!(!format!("{settings:?}").contains("mot-bi-mat"));
    let local = whole.replace("https://bo.example.vn/pbgdpl", "http://127.0.0.1:9");
    assert!(load(&local, &[]).is_ok());
    for (from, to, words) in [
        (
            "https://bo.example.vn/pbgdpl",
            "http://bo.example.vn",
            "exchange.url",
        ),
        (
            "https://bo.example.vn/pbgdpl",
            "https://u:p@bo.example.vn",
            "exchange.url",
        ),
        ("\"kon-tum\"", "\"kon tum\"", "exchange.key"),
        (secret, "secret = \"ngan\"\n", "exchange.secret"),
        (secret, "", "exchange.secret"),
    ] {
        refused(&whole.replace(from, to), &[], &[words]);
    }
}
