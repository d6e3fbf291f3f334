//! EMB-20, TEN-22: a host name is proved by a record, asked over the real protocol; it is lost, comes back, is given back; its certificate is watched.

use std::net::{IpAddr, Ipv4Addr};
use std::sync::Arc;
use std::time::{Duration, SystemTime};

use pbgdpl_app::own_host::{change, claim, look, release};
use pbgdpl_exchange::{HostLooker, PageError, PageReader};
use pbgdpl_jobs::Jobs;
use pbgdpl_mail::Sender;
use pbgdpl_model::clock::{Clock, SystemClock};
use pbgdpl_model::id::HostId;
use pbgdpl_model::own_host::{Finding, Standing};
use pbgdpl_scope::Tenant;
use pbgdpl_store::tenant::HostClaim;
use pbgdpl_testkit::house::{BOTH, House, Someone};
use pbgdpl_testkit::names::NameServer;
use pbgdpl_testkit::web::{Ask, Web};
use rcgen::{BasicConstraints, CertificateParams, CertifiedIssuer, IsCa, KeyPair};
use rustls::pki_types::{PrivateKeyDer, PrivatePkcs8KeyDer};
use tokio::net::TcpListener;

const NAME: &str = "phapluat.coquan.gov.vn";
const TARGET: &str = "thu.example";
const HERE: IpAddr = IpAddr::V4(Ipv4Addr::LOCALHOST);
const ELSEWHERE: IpAddr = IpAddr::V4(Ipv4Addr::new(127, 0, 0, 9));
const DAY: i64 = 24 * 3600;

/// So many seconds from now, of the clock that certificates are held against.
fn at(seconds: i64) -> SystemTime {
    let millis = SystemClock.now().plus_seconds(seconds).millis();
    SystemTime::UNIX_EPOCH + Duration::from_millis(u64::try_from(millis).unwrap())
}

/// A server with a certificate for the name that ends in so many days, and who vouches for it.
async fn secured(days: i64) -> (u16, Vec<u8>) {
    let mut params = CertificateParams::new(Vec::new()).unwrap();
    params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    let authority = CertifiedIssuer::self_signed(params, KeyPair::generate().unwrap()).unwrap();
    let key = KeyPair::generate().unwrap();
    let mut params = CertificateParams::new(vec![NAME.to_owned()]).unwrap();
    params.not_before = at(-3600).into();
    params.not_after = at(days * DAY).into();
    let leaf = params.signed_by(&key, &authority).unwrap();
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let config = rustls::ServerConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_no_client_auth()
        .with_single_cert(
            vec![leaf.der().clone()],
            PrivateKeyDer::Pkcs8(PrivatePkcs8KeyDer::from(key.serialize_der())),
        )
        .unwrap();
    let acceptor = tokio_rustls::TlsAcceptor::from(Arc::new(config));
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = listener.local_addr().unwrap().port();
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            let acceptor = acceptor.clone();
            tokio::spawn(async move { acceptor.accept(stream).await.map(|_| ()) });
        }
    });
    (port, authority.pem().into_bytes())
}

struct Scene {
    house: House,
    names: NameServer,
    jobs: Jobs,
}

impl Scene {
    async fn on(engine: pbgdpl_store::Engine, certificate_days: i64) -> Self {
        let house = House::on(engine).await.unwrap();
        let names = NameServer::start().await.unwrap();
        let (port, authority) = secured(certificate_days).await;
        let looker = HostLooker::new(TARGET, &[names.address], Some(&authority));
        let folder = format!("file:{}", house.folder.path().join("mail").display());
        let sender = Sender::open(&folder, "pbgdpl@thu.example").unwrap();
        let jobs = Jobs::new(house.app.clone(), sender, "https://quantri.thu.example/")
            .with_hosts(looker.unwrap().with_port(port));
        names.leads(TARGET, Some(HERE));
        // The certificate is of today; so is the house.
        house.clock.set(SystemClock.now());
        Self { house, names, jobs }
    }

    async fn claimed(&self, tenant: &Tenant, admin: &Someone) -> HostId {
        let ctx = self.house.ctx(tenant, admin).await.unwrap();
        claim::claim(&self.house.app, &ctx, NAME, &[TARGET])
            .await
            .unwrap()
    }

    async fn kept(&self, tenant: &Tenant, id: HostId) -> HostClaim {
        let reader = self.house.store.read().tenant(tenant).await.unwrap();
        reader.host_claim(id).await.unwrap().unwrap()
    }

    fn prove(&self, token: Option<&str>) {
        self.names.text(&format!("_pbgdpl-challenge.{NAME}"), token);
    }

    /// What is due now is looked at; then the letters that are there.
    async fn later(&self, seconds: i64) -> Vec<String> {
        self.house.clock.advance_seconds(seconds);
        self.jobs.look_at_hosts().await.unwrap();
        self.jobs.run_once_until_idle().await.unwrap();
        self.house.store.machinery().poll_registry().await.unwrap();
        let folder = self.house.folder.path().join("mail");
        let letters = pbgdpl_mail::list_folder(&folder).await.unwrap_or_default();
        letters
            .into_iter()
            .map(|letter| format!("{}\n{}", letter.subject, letter.text))
            .collect()
    }

    fn shows(&self) -> Option<Tenant> {
        self.house.store.registry().now().by_host(NAME)
    }

    async fn status(&self) -> u16 {
        let web = Web::of(&self.house, true).unwrap();
        web.ask(&Ask::get(NAME, "/")).await.unwrap().status.as_u16()
    }
}

#[tokio::test]
async fn a_name_shows_the_section_once_proved_and_not_after_its_proof_is_gone() {
    for engine in BOTH {
        let scene = Scene::on(engine, 90).await;
        let a = scene.house.a.clone();
        let id = scene.claimed(&a, &scene.house.in_a.admin).await;
        // A name that leads here is no proof: whoever serves it could have said so.
        scene.names.leads(NAME, Some(HERE));
        assert!(
            scene.later(1).await.is_empty(),
            "{engine:?}: who waits gets no letters"
        );
        let waiting = scene.kept(&a, id).await;
        assert_eq!(waiting.claim.standing(), Standing::Waiting);
        assert_eq!(waiting.findings, [Finding::NoRecord], "{engine:?}");
        assert_eq!((scene.shows(), scene.status().await), (None, 421), "{engine:?}");

        scene.prove(Some("cua-ai-do"));
        scene.later(3600).await;
        assert_eq!(
            scene.kept(&a, id).await.findings,
            [Finding::OtherRecord],
            "{engine:?}"
        );
        // Panels put quotes and blanks around it.
        scene.prove(Some(&format!(" \"{}\" ", waiting.token)));
        assert!(scene.later(3600).await.is_empty());
        let serving = scene.kept(&a, id).await;
        assert_eq!(
            (serving.claim.standing(), &*serving.findings),
            (Standing::Serving, &[][..]),
            "{engine:?}"
        );
        assert_eq!(scene.shows().map(|t| t.id()), Some(a.id()));
        assert_eq!(scene.status().await, 200, "{engine:?}");

        scene.prove(None);
        let told = scene.later(DAY).await;
        assert_eq!(told.len(), 1, "{engine:?}: {told:?}");
        assert!(told[0].contains(NAME) && told[0].contains("TXT"), "{told:?}");
        assert_eq!(scene.kept(&a, id).await.claim.standing(), Standing::Losing);
        assert_eq!(scene.status().await, 200, "{engine:?}: warned, not off");
        // Told once; off after 72 hours, and told again.
        assert_eq!(scene.later(DAY).await.len(), 1);
        let told = scene.later(2 * DAY).await;
        assert_eq!(told.len(), 2, "{engine:?}: {told:?}");
        assert!(told.iter().any(|letter| letter.contains("tạm ngừng")), "{told:?}");
        assert_eq!((scene.shows(), scene.status().await), (None, 421), "{engine:?}");

        scene.prove(Some(&waiting.token));
        scene.later(DAY).await;
        assert_eq!(
            scene.shows().map(|t| t.id()),
            Some(a.id()),
            "{engine:?}: it came back"
        );
        scene.house.end().await.unwrap();
    }
}

#[tokio::test]
async fn a_resolver_that_fails_is_no_loss() {
    let scene = Scene::on(BOTH[0], 90).await;
    let a = scene.house.a.clone();
    let id = scene.claimed(&a, &scene.house.in_a.admin).await;
    scene.names.leads(NAME, Some(HERE));
    scene.prove(Some(&scene.kept(&a, id).await.token));
    scene.later(1).await;
    // Something is the matter already, and was told.
    scene.names.leads(NAME, Some(ELSEWHERE));
    let told = scene.later(DAY).await.len();
    assert_eq!(told, 1);
    scene.names.fails(true);
    for _ in 0..5 {
        assert_eq!(
            scene.later(DAY).await.len(),
            told,
            "nothing is known, nobody is told"
        );
    }
    let kept = scene.kept(&a, id).await;
    assert_eq!(
        (kept.claim.standing(), &*kept.findings),
        (Standing::Serving, &[Finding::Elsewhere, Finding::Silent][..])
    );
    assert!(scene.shows().is_some());
    scene.names.fails(false);
    assert_eq!(
        scene.later(DAY).await.len(),
        told,
        "what was told is not told again"
    );
    scene.house.end().await.unwrap();
}

#[tokio::test]
async fn a_name_that_was_given_back_leads_to_nobody_else_for_a_year() {
    for engine in BOTH {
        let scene = Scene::on(engine, 90).await;
        let (a, b) = (scene.house.a.clone(), scene.house.b.clone());
        let id = scene.claimed(&a, &scene.house.in_a.admin).await;
        scene.names.leads(NAME, Some(HERE));
        scene.prove(Some(&scene.kept(&a, id).await.token));
        scene.later(1).await;
        // Nobody claims what another shows.
        let other = scene.house.ctx(&b, &scene.house.in_b.admin).await.unwrap();
        let refused = claim::claim(&scene.house.app, &other, NAME, &[]).await;
        assert!(
            matches!(refused, Err(pbgdpl_app::Error::Invalid { field: "host", .. })),
            "{engine:?}"
        );

        let admin = scene.house.ctx(&a, &scene.house.in_a.admin).await.unwrap();
        scene.house.clock.advance_seconds(60);
        release::release(&scene.house.app, &admin, id).await.unwrap();
        let told = scene.later(60).await;
        assert_eq!((scene.shows(), scene.status().await), (None, 421), "{engine:?}");
        assert_eq!(
            scene.kept(&a, id).await.findings,
            [Finding::Dangling],
            "{engine:?}"
        );
        assert!(
            told.iter().any(|letter| letter.contains("CNAME")),
            "{engine:?}: {told:?}"
        );
        let other = scene.house.ctx(&b, &scene.house.in_b.admin).await.unwrap();
        assert!(
            claim::claim(&scene.house.app, &other, NAME, &[]).await.is_err(),
            "{engine:?}: a year"
        );

        // The same agency comes back, with another proof.
        let before = scene.kept(&a, id).await.token;
        let admin = scene.house.ctx(&a, &scene.house.in_a.admin).await.unwrap();
        let again = claim::claim(&scene.house.app, &admin, NAME, &[]).await.unwrap();
        let anew = scene.kept(&a, again).await;
        assert!(again == id && anew.token != before, "{engine:?}");
        scene.later(3600).await;
        assert!(scene.shows().is_none(), "{engine:?}: the old proof is none");
        scene.prove(Some(&anew.token));
        scene.later(3600).await;
        assert_eq!(scene.shows().map(|t| t.id()), Some(a.id()), "{engine:?}");

        // Given back for good: after a year it is anybody's who proves it.
        let admin = scene.house.ctx(&a, &scene.house.in_a.admin).await.unwrap();
        release::release(&scene.house.app, &admin, id).await.unwrap();
        scene.house.clock.advance_seconds(366 * DAY);
        assert_eq!(
            scene
                .house
                .store
                .machinery()
                .purge_hosts(scene.house.app.now())
                .await
                .unwrap(),
            1
        );
        let theirs = scene.claimed(&b, &scene.house.in_b.admin).await;
        scene.prove(Some(&scene.kept(&b, theirs).await.token));
        scene.later(1).await;
        assert_eq!(scene.shows().map(|t| t.id()), Some(b.id()), "{engine:?}");
        scene.house.end().await.unwrap();
    }
}

/// Two agencies wait for the same name: who proves it gets it, and the other is told that it is taken, not who has it.
#[tokio::test]
async fn whoever_proves_a_name_first_shows_it() {
    for engine in BOTH {
        let scene = Scene::on(engine, 90).await;
        let (a, b) = (scene.house.a.clone(), scene.house.b.clone());
        let of_a = scene.claimed(&a, &scene.house.in_a.admin).await;
        let of_b = scene.claimed(&b, &scene.house.in_b.admin).await;
        scene.names.leads(NAME, Some(HERE));
        scene.prove(Some(&scene.kept(&b, of_b).await.token));
        scene.later(1).await;
        assert_eq!(scene.shows().map(|t| t.id()), Some(b.id()), "{engine:?}");
        // The record changes hands; the name does not, until the first lets go.
        scene.prove(Some(&scene.kept(&a, of_a).await.token));
        scene.later(3600).await;
        assert_eq!(scene.shows().map(|t| t.id()), Some(b.id()), "{engine:?}");
        let kept = scene.kept(&a, of_a).await;
        assert_eq!(
            (kept.claim.standing(), &*kept.findings),
            (Standing::Waiting, &[Finding::Taken][..]),
            "{engine:?}"
        );
        scene.house.end().await.unwrap();
    }
}

#[tokio::test]
async fn the_way_and_the_certificate_and_the_registration_are_watched() {
    let scene = Scene::on(BOTH[0], 10).await;
    let a = scene.house.a.clone();
    let id = scene.claimed(&a, &scene.house.in_a.admin).await;
    scene.prove(Some(&scene.kept(&a, id).await.token));
    scene.later(1).await;
    assert_eq!(scene.kept(&a, id).await.findings, [Finding::NoAddress]);
    scene.names.leads(NAME, Some(ELSEWHERE));
    scene.later(DAY).await;
    assert_eq!(scene.kept(&a, id).await.findings, [Finding::Elsewhere]);
    scene.names.leads(NAME, Some(HERE));
    let told = scene.later(DAY).await;
    let kept = scene.kept(&a, id).await;
    assert!(
        matches!(kept.findings[..], [Finding::CertificateEnds { .. }]),
        "{:?}",
        kept.findings
    );
    assert!(
        told.iter().any(|letter| letter.contains("Chứng thư hết hạn")),
        "{told:?}"
    );
    let admin = scene.house.ctx(&a, &scene.house.in_a.admin).await.unwrap();
    let refused = change::change(&scene.house.app, &admin, id, "31/02/2027").await;
    assert!(matches!(
        refused,
        Err(pbgdpl_app::Error::Invalid {
            field: "registered_until",
            ..
        })
    ));
    let soon = scene.house.app.now().plus_seconds(30 * DAY).day();
    let typed = pbgdpl_vietnamese::date::dmy(soon);
    change::change(&scene.house.app, &admin, id, &typed)
        .await
        .unwrap();
    let told = scene.later(60).await;
    assert!(
        told.iter()
            .any(|letter| letter.contains("Đăng ký tên miền hết hạn") && letter.contains("Chứng thư")),
        "a letter names every matter: {told:?}"
    );
    assert!(
        scene
            .kept(&a, id)
            .await
            .findings
            .contains(&Finding::RegistrationEnds { day: soon }),
        "{told:?}"
    );
    scene.house.end().await.unwrap();

    let strange = Scene::on(BOTH[0], 90).await;
    let a = strange.house.a.clone();
    let id = strange.claimed(&a, &strange.house.in_a.admin).await;
    strange.prove(Some(&strange.kept(&a, id).await.token));
    strange.names.leads(NAME, Some(HERE));
    let (port, _) = secured(90).await;
    let stranger = HostLooker::new(TARGET, &[strange.names.address], None);
    let sender = Sender::open(
        &format!("file:{}", strange.house.folder.path().display()),
        "a@thu.example",
    )
    .unwrap();
    let jobs = Jobs::new(strange.house.app.clone(), sender, "https://quantri.thu.example/")
        .with_hosts(stranger.unwrap().with_port(port));
    jobs.run_once_until_idle().await.unwrap();
    let first = strange.kept(&a, id).await;
    assert!(
        first.findings.is_empty(),
        "before the proof none may be ordered: {:?}",
        first.findings
    );
    strange.house.clock.advance_seconds(DAY);
    jobs.look_at_hosts().await.unwrap();
    let kept = strange.kept(&a, id).await;
    assert!(
        matches!(kept.findings[..], [Finding::NoCertificate { .. }]),
        "{:?}",
        kept.findings
    );
    // EMB-07: a page whose certificate nobody vouches for is not a page that nobody serves.
    let reader = PageReader::new(None, Arc::new(|address| address.is_loopback())).unwrap();
    let why = reader
        .read(&format!("https://127.0.0.1:{port}/"))
        .await
        .unwrap_err();
    assert_eq!(why, PageError::Certificate);
    // Ordered when somebody first comes, perhaps by this look: nobody is told of it yet, and it is looked for again within the hour.
    assert_eq!(jobs.run_once_until_idle().await.unwrap(), 0);
    strange.house.clock.advance_seconds(3600);
    assert_eq!(jobs.look_at_hosts().await.unwrap(), 1);
    strange.house.end().await.unwrap();
}

#[tokio::test]
async fn the_desk_says_which_records_and_the_province_sees_every_name() {
    let scene = Scene::on(BOTH[0], 90).await;
    let web = Web::of(&scene.house, true).unwrap();
    let session = scene.house.session(&scene.house.in_a.admin).await.unwrap();
    let post = async |path: &str, form: &[(&str, &str)]| {
        let ask = Ask::post("quantri.thu.example", path, form).signed_in(&session);
        web.ask(&ask).await.unwrap()
    };
    let base = "/quan-tri/so-a/ten-mien";
    for (typed, words) in [
        ("", "chưa có"),
        ("gov.vn", "không phải tên miền riêng"),
        ("*.coquan.gov.vn", "dấu sao"),
        ("nhung.thu.example", "không phải tên miền riêng"),
    ] {
        let refused = post(base, &[("host", typed)]).await;
        assert_eq!(refused.status, 422, "{typed}");
        assert!(refused.text().contains(words), "{typed}: {}", refused.text());
    }
    assert_eq!(
        post(base, &[("host", "PhapLuat.CoQuan.gov.vn.")]).await.status,
        303
    );
    let reader = scene.house.store.read().tenant(&scene.house.a).await.unwrap();
    let claimed = reader.host_claims().await.unwrap().remove(0);
    drop(reader);
    let seen = web
        .ask(&Ask::get("quantri.thu.example", base).signed_in(&session))
        .await
        .unwrap();
    for words in [
        NAME,
        "_pbgdpl-challenge.phapluat.coquan.gov.vn",
        &claimed.token,
        TARGET,
        "chờ bản ghi TXT",
    ] {
        assert!(seen.text().contains(words), "{words}: {}", seen.text());
    }
    let wrong = post(&format!("{base}/{}", claimed.id), &[("registered_until", "mai")]).await;
    assert_eq!(wrong.status, 422);
    assert!(wrong.text().contains("value=\"mai\"") && wrong.text().contains("không đọc được"));
    assert_eq!(
        post(&format!("{base}/{}/kiem-tra", claimed.id), &[]).await.status,
        303
    );
    let admin = scene
        .house
        .ctx(&scene.house.a, &scene.house.in_a.admin)
        .await
        .unwrap();
    look::look(&scene.house.app, &admin, claimed.id).await.unwrap();
    scene.later(1).await;
    let officer = scene.house.session(&scene.house.officer).await.unwrap();
    let ask = Ask::get("quantri.thu.example", "/tinh/ten-mien").signed_in(&officer);
    let all = web.ask(&ask).await.unwrap();
    assert!(
        all.text().contains(NAME) && all.text().contains("Cần xử lý (1)"),
        "{}",
        all.text()
    );
    scene.house.end().await.unwrap();
}
