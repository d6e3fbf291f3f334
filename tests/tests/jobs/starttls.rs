//! Letters over STARTTLS to a mail server with a certificate of the province's own authority.

use std::path::{Path, PathBuf};

use pbgdpl_jobs::Jobs;
use pbgdpl_mail::Sender;
use pbgdpl_store::Engine;
use pbgdpl_testkit::house::House;
use pbgdpl_testkit::servers::{MailServer, ScratchDirectory};
use rcgen::{BasicConstraints, CertificateParams, CertifiedIssuer, IsCa, KeyPair};

use crate::{DESK, submitted};

const FROM: &str = "pbgdpl@thu.example";

/// An authority, and what it gave to the mail server of this machine.
pub(crate) struct Authority {
    pub certificate: PathBuf,
    pub server: (PathBuf, PathBuf),
}

pub(crate) fn authority(folder: &Path, name: &str) -> Authority {
    let mut params = CertificateParams::new(Vec::new()).unwrap();
    params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    let authority = CertifiedIssuer::self_signed(params, KeyPair::generate().unwrap()).unwrap();
    let key = KeyPair::generate().unwrap();
    let server = CertificateParams::new(vec!["127.0.0.1".to_owned()])
        .unwrap()
        .signed_by(&key, &authority)
        .unwrap();
    let write = |what: &str, pem: String| {
        let file = folder.join(format!("{name}-{what}.pem"));
        std::fs::write(&file, pem).unwrap();
        file
    };
    Authority {
        certificate: write("ca", authority.pem()),
        server: (write("server", server.pem()), write("key", key.serialize_pem())),
    }
}

#[tokio::test]
async fn letters_leave_encrypted_when_the_authority_is_known_and_wait_when_it_is_not() {
    let folder = ScratchDirectory::new().unwrap();
    let (ours, strangers) = (
        authority(folder.path(), "tinh"),
        authority(folder.path(), "nguoi-la"),
    );
    let server = MailServer::start_encrypted(&ours.server.0, &ours.server.1).unwrap();
    let house = House::on(Engine::Sqlite).await.unwrap();
    submitted(&house, "Bài gửi kín").await;
    let jobs = |ca: Option<&Path>| {
        let sender = Sender::open_trusting(&server.url(), FROM, ca).unwrap();
        Jobs::new(house.app.clone(), sender, DESK)
    };
    // In plain it is refused by the server, with a stranger's authority by us; either can be repaired.
    for ca in [None, Some(strangers.certificate.as_path())] {
        jobs(ca).run_once_until_idle().await.unwrap();
        assert_eq!(house.store.read().backlog().await.unwrap(), (2, 0, 0), "{ca:?}");
        house.clock.advance_seconds(3600);
    }
    assert!(server.letters().unwrap().is_empty());
    jobs(Some(&ours.certificate)).run_once_until_idle().await.unwrap();
    assert_eq!(server.letters().unwrap().len(), 2, "both who may approve");
    house.end().await.unwrap();
}

/// What the operator reads when the authority is not known says what to look at, and names nobody.
#[tokio::test]
async fn an_unknown_authority_is_said_as_such() {
    let folder = ScratchDirectory::new().unwrap();
    let (ours, strangers) = (
        authority(folder.path(), "tinh"),
        authority(folder.path(), "nguoi-la"),
    );
    let server = MailServer::start_encrypted(&ours.server.0, &ours.server.1).unwrap();
    let house = House::on(Engine::Sqlite).await.unwrap();
    let sender = Sender::open_trusting(&server.url(), FROM, Some(&strangers.certificate)).unwrap();
    let letter = pbgdpl_mail::Letter {
        outbox_id: uuid::Uuid::new_v4(),
        at: house.app.now(),
        speaker: "Sở A".into(),
        to_name: String::new(),
        to_address: "hanh@thu.example".into(),
        subject: "Thử".into(),
        text: "Thử.".into(),
    };
    let refused = sender.send(&letter).await.unwrap_err();
    assert!(refused.retry, "{refused}");
    assert!(refused.reason.contains("mail.ca_file"), "{refused}");
    house.end().await.unwrap();
}
