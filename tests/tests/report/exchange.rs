//! REP-19: a frozen form goes to a peer over HTTP, once however often it is carried; its receipt is kept; both sides are compared.

use pbgdpl_exchange::{Client, Endpoint};
use pbgdpl_jobs::Jobs;
use pbgdpl_mail::Sender;
use pbgdpl_model::exchange::Envelope;
use pbgdpl_province::exchange::list::list;
use pbgdpl_province::exchange::{reconcile as comparing, send as sending};
use rcgen::{BasicConstraints, CertificateParams, CertifiedIssuer, IsCa, KeyPair};

use super::exchange_peer::{KEY, Mood, Peer, SECRET};
use super::frozen::drafted;
use super::pages::Desk;
use super::*;

const SUM: &str = "/tinh/tong-hop/09c/nam-chinh-thuc/2020";
const PAGE: &str = "/tinh/trao-doi/nam-chinh-thuc/2020";

fn client(url: String, authority: Option<String>) -> Client {
    let endpoint = Endpoint {
        url,
        key: KEY.into(),
        secret: SECRET.into(),
        authority: authority.map(String::into_bytes),
    };
    Client::new(endpoint).unwrap()
}

fn jobs(house: &House, client: Client) -> Jobs {
    let mail = format!("file:{}", house.folder.path().join("mail").display());
    let sender = Sender::open(&mail, "pbgdpl@thu.example").unwrap();
    Jobs::new(house.app.clone(), sender, "https://quantri.thu.example").with_exchange(Some(client))
}

/// Carries out what is due, now and an hour later.
async fn carried(house: &House, jobs: &Jobs) {
    jobs.run_once_until_idle().await.unwrap();
    house.clock.advance_seconds(3_700);
    jobs.run_once_until_idle().await.unwrap();
}

/// A sum of A's report, frozen.
async fn frozen(house: &House) -> ProvinceCtx {
    let draft = drafted(house).await;
    let officer = house.province_ctx(&house.consolidator).await.unwrap();
    freeze::freeze(&house.province, &officer, "09c", YEAR, &draft.hash)
        .await
        .unwrap();
    officer
}

#[tokio::test]
async fn rep_19_the_same_file_twice_is_one_record_with_one_receipt() {
    for engine in BOTH {
        let house = house(engine).await;
        let officer = frozen(&house).await;
        let peer = Peer::start().await;
        let out = client(peer.url("http"), None);
        let jobs = jobs(&house, out.clone());
        let web = Web::of(&house, true).unwrap();
        let session = house.session(&house.consolidator).await.unwrap();
        let desk = Desk { web: &web };
        assert!(
            desk.get(&session, PAGE)
                .await
                .contains("Chưa gửi biểu nào của kỳ này.")
        );
        assert!(desk.get(&session, SUM).await.contains("gui-bo"));
        desk.does(&session, &format!("{SUM}/gui-bo"), &[("ban", "1")])
            .await;
        assert!(desk.get(&session, PAGE).await.contains("Đang gửi"));

        // The first answer is lost on the way: the peer holds the record, and we do not know it.
        peer.mood(Mood::Mute);
        jobs.run_once_until_idle().await.unwrap();
        assert_eq!(peer.count(), (1, 1));
        assert!(
            desk.get(&session, PAGE)
                .await
                .contains("bên nhận chưa nhận được (502)")
        );
        peer.mood(Mood::Well);
        // Pressed once more meanwhile: two messages carry the same bytes.
        desk.does(&session, &format!("{SUM}/gui-bo"), &[("ban", "1")])
            .await;
        carried(&house, &jobs).await;
        let exchanged = list(&house.province, &officer, YEAR).await.unwrap();
        let [sent] = exchanged.sendings.as_slice() else {
            panic!("{exchanged:?}")
        };
        let (number, at) = sent.receipt.clone().unwrap();
        assert_eq!(
            (number.as_str(), at.rfc3339().as_str()),
            ("BTP-1", "2021-02-03T08:15:00+07:00")
        );
        assert_eq!(peer.count(), (1, 1), "one record, one version");
        let keys = peer.book.lock().unwrap().keys.clone();
        assert_eq!(keys.len(), 1, "every attempt under one key: {keys:?}");
        assert!(*keys.values().next().unwrap() >= 2);

        // The same bytes by hand: the same receipt. Other bytes for the same version: refused, and not tried again.
        let again = out
            .send(&sent.record, 1, &sent.envelope, house.app.now())
            .await
            .unwrap();
        assert_eq!((again.receipt.as_str(), peer.count()), ("BTP-1", (1, 1)));
        let other = out
            .send(&sent.record, 1, "{}", house.app.now())
            .await
            .unwrap_err();
        assert!(!other.retry && other.reason.contains("409"), "{other}");

        // What went out says the frozen figures, cell by cell and as a table, and names nobody.
        let envelope = Envelope::read(&peer.book.lock().unwrap().records[&sent.record][&1].0).unwrap();
        let made = consolidate::read(&house.province, &officer, "09c", YEAR, Some(1))
            .await
            .unwrap();
        assert_eq!(envelope.figures, made.consolidation.hash);
        let attendees = envelope
            .cells
            .iter()
            .find(|cell| cell.column == 4 && cell.kind == LineKind::Total);
        assert_eq!(attendees.unwrap().total, Some(410));
        assert!(envelope.csv.contains("(4) ") && envelope.csv.contains("410"));
        for person in [&house.consolidator, &house.in_a.reporter, &house.in_a.approver] {
            assert!(!sent.envelope.contains(&person.name) && !sent.envelope.contains(&person.email));
        }
        let session = house.session(&house.consolidator).await.unwrap();
        let page = desk.get(&session, PAGE).await;
        assert!(
            page.contains("BTP-1") && page.contains("03/02/2021") && page.contains(&sent.hash[..16]),
            "{page}"
        );
        // With a receipt nothing more is sent.
        let heard = peer.book.lock().unwrap().heard;
        sending::send(&house.province, &officer, "09c", YEAR, 1)
            .await
            .unwrap();
        carried(&house, &jobs).await;
        assert_eq!(peer.book.lock().unwrap().heard, heard);
        house.end().await.unwrap();
    }
}

#[tokio::test]
async fn rep_19_a_peer_that_is_down_is_asked_until_it_answers() {
    for engine in BOTH {
        let house = house(engine).await;
        let draft = drafted(&house).await;
        let officer = house.province_ctx(&house.consolidator).await.unwrap();
        // A draft is not sent, and nobody else sends.
        let open = sending::send(&house.province, &officer, "09c", YEAR, 1).await;
        assert!(
            matches!(open, Err(pbgdpl_province::Error::Illegal(_))),
            "{engine:?}: {open:?}"
        );
        freeze::freeze(&house.province, &officer, "09c", YEAR, &draft.hash)
            .await
            .unwrap();
        let beyond = sending::send(&house.province, &officer, "09c", YEAR, 2).await;
        assert!(matches!(beyond, Err(pbgdpl_province::Error::NotFound)));
        for other in [&house.auditor, &house.officer] {
            let ctx = house.province_ctx(other).await.unwrap();
            assert!(
                sending::send(&house.province, &ctx, "09c", YEAR, 1)
                    .await
                    .is_err()
            );
            assert!(comparing::reconcile(&house.province, &ctx, YEAR).await.is_err());
        }
        // Nobody listens there.
        let nobody = {
            let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
            format!("http://{}/bo", listener.local_addr().unwrap())
        };
        sending::send(&house.province, &officer, "09c", YEAR, 1)
            .await
            .unwrap();
        carried(&house, &jobs(&house, client(nobody, None))).await;
        let problem = async || {
            let exchanged = list(&house.province, &officer, YEAR).await.unwrap();
            let sent = &exchanged.sendings[0];
            (
                sent.receipt.clone().map(|(number, _)| number),
                sent.problem.clone(),
            )
        };
        assert_eq!(problem().await, (None, "không kết nối được".into()));
        // Somebody does, and is busy with itself; then has another key; then is well.
        let peer = Peer::start().await;
        peer.mood(Mood::Down);
        let jobs = jobs(&house, client(peer.url("http"), None));
        carried(&house, &jobs).await;
        assert_eq!(problem().await, (None, "bên nhận chưa nhận được (503)".into()));
        assert_eq!(peer.count(), (0, 0));
        // One line in the log a problem, however often it was met.
        carried(&house, &jobs).await;
        carried(&house, &jobs).await;
        let chain = house
            .store
            .province_reader(&officer.warrant::<pbgdpl_scope::action::ReportFollow>().unwrap())
            .await
            .unwrap()
            .audit_after(0, 1_000)
            .await
            .unwrap();
        let said = |words: &str| {
            chain
                .iter()
                .filter(|entry| format!("{entry:?}").contains(words))
                .count()
        };
        assert_eq!((said("không kết nối được"), said("(503)")), (1, 1));
        peer.mood(Mood::Well);
        carried(&house, &jobs).await;
        assert_eq!(problem().await, (Some("BTP-1".into()), String::new()));
        assert_eq!(peer.count(), (1, 1));
        house.end().await.unwrap();
    }
}

#[tokio::test]
async fn rep_19_a_receipt_of_other_bytes_is_none() {
    for engine in BOTH {
        let house = house(engine).await;
        let officer = frozen(&house).await;
        let peer = Peer::start().await;
        peer.mood(Mood::Lies);
        let jobs = jobs(&house, client(peer.url("http"), None));
        sending::send(&house.province, &officer, "09c", YEAR, 1)
            .await
            .unwrap();
        carried(&house, &jobs).await;
        let web = Web::of(&house, true).unwrap();
        let session = house.session(&house.consolidator).await.unwrap();
        let page = Desk { web: &web }.get(&session, PAGE).await;
        assert!(
            page.contains("Chưa có biên nhận") && page.contains("mã băm khác với tệp đã gửi"),
            "{page}"
        );
        assert!(!page.contains("BTP-1"), "its number is not believed");
        peer.mood(Mood::Well);
        carried(&house, &jobs).await;
        let session = house.session(&house.consolidator).await.unwrap();
        let page = Desk { web: &web }.get(&session, PAGE).await;
        assert!(page.contains("BTP-1") && !page.contains("mã băm khác"), "{page}");
        house.end().await.unwrap();
    }
}

#[tokio::test]
async fn rep_19_every_mismatch_is_listed() {
    for engine in BOTH {
        let house = house(engine).await;
        let officer = frozen(&house).await;
        let peer = Peer::start().await;
        let jobs = jobs(&house, client(peer.url("http"), None));
        sending::send(&house.province, &officer, "09c", YEAR, 1)
            .await
            .unwrap();
        carried(&house, &jobs).await;
        let record = list(&house.province, &officer, YEAR).await.unwrap().sendings[0]
            .record
            .clone();
        let web = Web::of(&house, true).unwrap();
        let compare = async || {
            let session = house.session(&house.consolidator).await.unwrap();
            let desk = Desk { web: &web };
            desk.does(&session, &format!("{PAGE}/doi-chieu"), &[]).await;
            assert!(desk.get(&session, PAGE).await.contains("Đang đối chiếu"));
            carried(&house, &jobs).await;
            let session = house.session(&house.consolidator).await.unwrap();
            desk.get(&session, PAGE).await
        };
        let page = compare().await;
        assert!(
            page.contains("Hai bên khớp nhau") && page.contains("1 bản ghi"),
            "{page}"
        );

        // Another figure there, told by line and column with both figures.
        let change = |by: &dyn Fn(&mut Envelope)| {
            let mut book = peer.book.lock().unwrap();
            let kept = book.records.get_mut(&record).unwrap().get_mut(&1).unwrap();
            let mut envelope = Envelope::read(&kept.0).unwrap();
            by(&mut envelope);
            std::mem::replace(&mut kept.0, envelope.canonical().unwrap())
        };
        let right = change(&|envelope| {
            let cell = envelope
                .cells
                .iter_mut()
                .find(|cell| cell.column == 4 && cell.kind == LineKind::Total);
            let cell = cell.unwrap();
            (cell.actual, cell.total) = (Some(4_100), Some(4_100));
        });
        let page = compare().await;
        for words in [
            "Có 1 chỗ khác nhau",
            "Khác số:",
            "cột 4 (thực tế)",
            ">410<",
            ">4.100<",
        ] {
            assert!(page.contains(words), "{words}: {page}");
        }
        // Other bytes with the same figures are told too.
        peer.book
            .lock()
            .unwrap()
            .records
            .get_mut(&record)
            .unwrap()
            .get_mut(&1)
            .unwrap()
            .0 = right.clone();
        change(&|envelope| envelope.title.push('.'));
        assert!(compare().await.contains("Khác nội dung"));
        // One that cannot be read is named, and hides nothing else.
        {
            let mut book = peer.book.lock().unwrap();
            let kept = book.records.get_mut(&record).unwrap().get_mut(&1).unwrap();
            kept.0 = "{}".to_owned();
            let stranger = record.replace("09c", "09d");
            let other = BTreeMap::from([(1, ("{}".to_owned(), "BTP-9".into()))]);
            book.records.insert(stranger, other);
        }
        let page = compare().await;
        for words in [
            "Có 2 chỗ khác nhau",
            "chưa đọc được bản của bên nhận: câu trả lời không đúng dạng",
            ".09d.",
        ] {
            assert!(page.contains(words), "{words}: {page}");
        }
        peer.book
            .lock()
            .unwrap()
            .records
            .retain(|name, _| *name == record);
        // Another version, and a record that was never sent from here.
        {
            let mut book = peer.book.lock().unwrap();
            let versions = book.records.get_mut(&record).unwrap();
            versions.insert(7, (right.clone(), "BTP-7".into()));
            let stranger = record.replace("09c", "10c");
            book.records
                .insert(stranger, BTreeMap::from([(1, (right, "BTP-8".into()))]));
        }
        let page = compare().await;
        for words in [
            "Có 2 chỗ khác nhau",
            "Khác bản",
            "bản 7",
            "Ở đây không gửi bản ghi này",
            ".10c.",
        ] {
            assert!(page.contains(words), "{words}: {page}");
        }
        // Whoever asks again is answered by a reading that began after they asked.
        let officer_again = house.province_ctx(&house.consolidator).await.unwrap();
        comparing::reconcile(&house.province, &officer_again, YEAR)
            .await
            .unwrap();
        let early = house.app.now().plus_seconds(-1);
        let stands = comparing::finish(
            &house.province,
            &officer_again,
            YEAR,
            early,
            Ok(comparing::Sides::default()),
        )
        .await
        .unwrap();
        assert_eq!((stands.done_at, stands.records), (None, 0), "{engine:?}");
        carried(&house, &jobs).await;
        // The record is gone there.
        peer.book.lock().unwrap().records.clear();
        assert!(compare().await.contains("Bên nhận không có"));
        // A peer that is down: said, tried again, and the list of before does not stand as if it were of now.
        peer.mood(Mood::Down);
        let page = compare().await;
        assert!(
            page.contains("Chưa đối chiếu được") && page.contains("(503)"),
            "{page}"
        );
        assert!(!page.contains("Bên nhận không có"));
        peer.mood(Mood::Well);
        carried(&house, &jobs).await;
        let exchanged = list(&house.province, &officer, YEAR).await.unwrap();
        assert!(exchanged.reconciliation.unwrap().done_at.is_some());
        house.end().await.unwrap();
    }
}

/// Over TLS, under an authority of its own; one that is not known is no peer.
#[tokio::test]
async fn rep_19_records_leave_encrypted_to_a_peer_that_is_known() {
    let authority = |name: &str| {
        let mut params = CertificateParams::new(Vec::new()).unwrap();
        params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        params.distinguished_name.push(rcgen::DnType::CommonName, name);
        CertifiedIssuer::self_signed(params, KeyPair::generate().unwrap()).unwrap()
    };
    let (ours, strangers) = (authority("Bộ"), authority("Người lạ"));
    let key = KeyPair::generate().unwrap();
    let server = CertificateParams::new(vec!["127.0.0.1".to_owned()])
        .unwrap()
        .signed_by(&key, &ours)
        .unwrap();
    let peer = Peer::start_encrypted(&server.pem(), &key.serialize_pem()).await;
    let now = Moment::from_millis(1_612_000_000_000);
    for unknown in [None, Some(strangers.pem())] {
        let refused = client(peer.url("https"), unknown)
            .send("thu.09c.nam.2020", 1, "{}", now)
            .await;
        assert_eq!(refused.unwrap_err().reason, "không kết nối được");
    }
    assert_eq!(peer.count(), (0, 0));
    let known = client(peer.url("https"), Some(ours.pem()));
    let receipt = known.send("thu.09c.nam.2020", 1, "{}", now).await.unwrap();
    assert_eq!((receipt.receipt.as_str(), peer.count()), ("BTP-1", (1, 1)));
    // Plain http leaves for this machine only.
    let plain = Endpoint {
        url: "http://trao-doi.example.gov.vn".into(),
        key: KEY.into(),
        secret: SECRET.into(),
        authority: None,
    };
    assert!(Client::new(plain).is_err());
    // A wrong secret is refused there, and is tried again: it may be mended on either side.
    let wrong = Endpoint {
        url: peer.url("https"),
        key: KEY.into(),
        secret: "sai".into(),
        authority: Some(ours.pem().into_bytes()),
    };
    let refused = Client::new(wrong)
        .unwrap()
        .send("thu.09c.nam.2020", 1, "{}", now)
        .await
        .unwrap_err();
    assert!(
        refused.retry && refused.reason.contains("không chấp nhận khóa (401)"),
        "{refused}"
    );
    // Nothing here touches a house; the guard of the queue asks each test for one.
    let house = house(BOTH[0]).await;
    house.end().await.unwrap();
}
