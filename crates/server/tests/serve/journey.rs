//! From an empty database to a page that the public reads, as an operator and two people of one agency walk it.

use std::time::{Duration, Instant};

use mail_parser::MessageParser;
use pbgdpl_testkit::servers::{Databases, MailServer, PrivatePostgres, PrivateRedis, free_port};
use totp_rs::{Builder, Secret};

use crate::browser::{Browser, Page};
use crate::place::{KON_TUM, Place, Running};

const PASSWORD: &str = "năm con voi qua suối";
const AGENCY: &str = "so-tu-phap";

/// Waits for something that happens soon.
fn soon<T>(what: &str, mut look: impl FnMut() -> Option<T>) -> T {
    let since = Instant::now();
    loop {
        if let Some(found) = look() {
            return found;
        }
        assert!(since.elapsed() < Duration::from_secs(15), "{what}: not in time");
        std::thread::sleep(Duration::from_millis(50));
    }
}

/// A database as an operator makes it: the roles of `deploy/roles.sql`, and nothing in it.
async fn empty_database() -> Databases {
    let cluster = PrivatePostgres::from_env_or_start().unwrap();
    let nothing = |_: String| async { Ok(()) };
    let template = cluster.template("empty", nothing).await.unwrap();
    template.fresh_database().await.unwrap()
}

fn configuration(database: &Databases, redis: &str, mail: &str, port: u16, metrics: u16) -> String {
    format!(
        r#"
[server]
listen = "127.0.0.1:{port}"
public_url = "http://localhost:{port}"
desk_url = "http://quantri.localhost:{port}"
embed_url = "http://nhung.localhost:{port}"
files_url = "http://tep.localhost:{port}"

[metrics]
listen = "127.0.0.1:{metrics}"

[database]
url = "{}"
owner_url = "{}"
province_url = "{}"
statement_timeout_ms = 30000

[redis]
url = "{redis}"

[storage]
url = "file:files"

[mail]
url = "{mail}"
from = "pbgdpl@thu.example"

[telemetry]
log = "json"
filter = "warn"

[tenants]
folder = "{KON_TUM}"
"#,
        database.app_url, database.owner_url, database.province_url
    )
}

/// A person follows the invitation: a password, then the second factor.
fn signed_in(place: &Place, port: u16, email: &str, name: &str, role: &str) -> Browser {
    let invited = place.json(
        "account-invite",
        &[
            "account", "invite", email, "--name", name, "--role", role, "--agency", AGENCY, "--json",
        ],
    );
    let link = invited["link"].as_str().unwrap();
    let path = link.split_once("/dang-nhap/").unwrap().1;
    let mut browser = Browser::at("quantri.localhost", port);
    assert_eq!(browser.get(&format!("/dang-nhap/{path}")).status, 200, "{link}");
    let to = browser.done(&format!("/dang-nhap/{path}"), &[("new", PASSWORD)]);
    let page = browser.get(&to);
    assert_eq!(page.status, 200, "{to}");
    let secret: String = between(&page, "<span class=\"hash\">", "</span>").replace(' ', "");
    let totp = Builder::new()
        .with_secret(Secret::try_from_base32(&secret).unwrap())
        .build()
        .unwrap();
    let now = std::process::Command::new("date").arg("+%s").output().unwrap();
    let now: u64 = String::from_utf8(now.stdout).unwrap().trim().parse().unwrap();
    browser.done("/tai-khoan/hai-lop", &[("code", &totp.generate(now).to_string())]);
    browser
}

fn between<'a>(page: &'a Page, before: &str, after: &str) -> &'a str {
    let rest = page.text.split_once(before).expect(before).1;
    rest.split_once(after).expect(after).0
}

fn written(title: &str) -> Vec<(&str, &str)> {
    vec![
        ("kind", "tin"),
        ("based_on", "0"),
        ("title", title),
        ("summary", "Một câu nói bài này giúp ai."),
        ("body", "Nam từ đủ 20 tuổi, nữ từ đủ 18 tuổi."),
        ("base_number", "52/2014/QH13"),
        ("base_title", "Luật Hôn nhân và gia đình"),
        ("base_articles", "Điều 8"),
        ("act", "gui"),
    ]
}

/// The text of the letter to somebody, once it is there.
fn letter_to(server: &MailServer, email: &str, words: &str) -> String {
    soon(words, || {
        server.letters().unwrap().iter().find_map(|raw| {
            let letter = MessageParser::default().parse(raw)?;
            let to = letter.to()?.first()?.address()?.to_owned();
            let text = letter.body_text(0)?.into_owned();
            (to == email && text.contains(words)).then_some(text)
        })
    })
}

#[tokio::test(flavor = "multi_thread")]
async fn an_operator_sets_up_a_province_and_its_people_publish() {
    let database = empty_database().await;
    let redis = PrivateRedis::from_env_or_start().unwrap();
    let redis = redis.fresh_database().await.unwrap();
    let mail = MailServer::start().unwrap();
    let (port, metrics) = (free_port().unwrap(), free_port().unwrap());
    let place = Place::with(&configuration(&database, &redis, &mail.url(), port, metrics));

    // Before the schema stands nothing serves, and it is said what helps.
    let early = place.run(&["serve"]);
    assert!(!early.status.success());
    assert!(String::from_utf8_lossy(&early.stderr).contains("pbgdpl migrate up"));
    place.say(&["migrate", "up"]);
    // The folder of the settings is the default.
    let plan = place.json("tenants-plan", &["tenants", "apply", "--json"]);
    assert!(plan["lines"].as_array().unwrap().len() > 40);

    let mut server = Running::start(&place, &["serve"]);
    let mut public = Browser::at("localhost", port);
    soon("the program serves", || {
        assert!(server.runs(), "serve ended");
        std::net::TcpStream::connect(("127.0.0.1", port)).ok()
    });
    assert_eq!(public.get("/readyz").status, 200);
    assert_eq!(public.get(&format!("/{AGENCY}/")).status, 200);

    let mut editor = signed_in(&place, port, "bien-tap@thu.example", "Trần Thị Hương", "editor");
    let mut approver = signed_in(&place, port, "duyet@thu.example", "A Nhéo", "approver");
    letter_to(&mail, "duyet@thu.example", "/tai-khoan");
    let desk = format!("/quan-tri/{AGENCY}");
    let item = editor.done(&format!("{desk}/bai"), &written("Lấy vợ sớm"));
    let item = item.split('?').next().unwrap().to_owned();
    let letter = letter_to(&mail, "duyet@thu.example", &item);
    assert!(letter.contains("Lấy vợ sớm"), "{letter}");

    approver.done(&format!("{item}/cong-bo"), &[("ban", "1"), ("public_note", "")]);
    let id = item.rsplit('/').next().unwrap();
    let address = public.get(&format!("/{AGENCY}/bai/{id}")).location();
    assert!(address.ends_with("-lay-vo-som"), "{address}");
    let page = public.get(&address);
    assert_eq!(page.status, 200);
    assert!(page.text.contains("nữ từ đủ 18 tuổi"));
    // The province's front page follows through the outbox.
    soon("the front page follows", || {
        public.get("/").text.contains("Lấy vợ sớm").then_some(())
    });
    let counters = Browser::at("127.0.0.1", metrics).get("/metrics");
    // The proxy in front asks here before it orders a certificate: nobody has a name of his own yet.
    let ask = Browser::at("127.0.0.1", metrics).get("/chung-thu?domain=phapluat.coquan.gov.vn");
    assert_eq!(ask.status, 404);
    assert!(
        counters.text.contains("pbgdpl_outbox_dead 0"),
        "{}",
        counters.text
    );
    assert_eq!(
        place.json("audit-verify", &["audit", "verify", "--json"])["whole"],
        true
    );

    assert_eq!(server.stop(), Some(0), "a stop that was asked for is no fault");
    // What was left, if anything, another process carries out.
    place.say(&["work", "--once"]);
}
