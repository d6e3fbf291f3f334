//! Against a real signer: `openssl cms`, with an authority of its own.

use std::path::Path;
use std::process::Command;

use pbgdpl_model::clock::{Clock, Moment, SystemClock};
use tempfile::TempDir;

use super::{Anchors, Refused, Signer, verify};

const CONTENT: &[u8] = "{\"biểu\":\"09d\"}".as_bytes();
const YEAR: i64 = 365 * 24 * 3600;

/// An authority, people with certificates of it, and what they sign, in a folder.
struct Desk(TempDir);

impl Desk {
    fn new() -> Self {
        let desk = Self(tempfile::tempdir().unwrap());
        std::fs::write(desk.0.path().join("bieu.json"), CONTENT).unwrap();
        desk.authority("goc", "Cơ quan chứng thực thử");
        desk
    }

    fn openssl(&self, arguments: &[&str]) {
        let output = Command::new("openssl")
            .args(arguments)
            .current_dir(self.0.path())
            .output()
            .unwrap();
        let said = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "openssl {arguments:?}: {said}");
    }

    fn authority(&self, file: &str, name: &str) {
        let (key, certificate, subject) = (
            format!("{file}.key"),
            format!("{file}.pem"),
            format!("/CN={name}"),
        );
        self.openssl(&[
            "req",
            "-x509",
            "-newkey",
            "ec",
            "-pkeyopt",
            "ec_paramgen_curve:P-256",
            "-nodes",
            "-utf8",
            "-days",
            "3650",
            "-subj",
            &subject,
            "-keyout",
            &key,
            "-out",
            &certificate,
        ]);
    }

    /// Somebody with a key of this kind, for this use.
    fn person(&self, file: &str, key: &[&str], usage: &str) {
        let name = |ending: &str| format!("{file}.{ending}");
        let subject = "/O=Sở Tư pháp/CN=Nguyễn Thị Lành";
        let begin = ["req", "-new", "-nodes", "-utf8", "-subj", subject, "-keyout"];
        let (own, request, certificate, extensions) = (name("key"), name("csr"), name("pem"), name("ext"));
        self.openssl(&[&begin[..], &[&own, "-out", &request, "-newkey"], key].concat());
        let text = format!("keyUsage = critical, {usage}\nsubjectKeyIdentifier = hash\n");
        std::fs::write(self.0.path().join(&extensions), text).unwrap();
        self.openssl(&[
            "x509",
            "-req",
            "-in",
            &request,
            "-CA",
            "goc.pem",
            "-CAkey",
            "goc.key",
            "-CAcreateserial",
            "-days",
            "365",
            "-extfile",
            &extensions,
            "-out",
            &certificate,
        ]);
    }

    fn sign(&self, by: &str, more: &[&str]) -> Vec<u8> {
        let (certificate, key) = (format!("{by}.pem"), format!("{by}.key"));
        let begin = [
            "cms",
            "-sign",
            "-binary",
            "-in",
            "bieu.json",
            "-signer",
            &certificate,
            "-inkey",
            &key,
        ];
        self.openssl(&[&begin[..], &["-out", "chu-ky.p7s", "-outform", "DER"], more].concat());
        self.read("chu-ky.p7s")
    }

    fn read(&self, file: impl AsRef<Path>) -> Vec<u8> {
        std::fs::read(self.0.path().join(file)).unwrap()
    }

    fn anchors(&self) -> Anchors {
        Anchors::from_pem(&self.read("goc.pem")).unwrap()
    }

    fn verified(&self, signature: &[u8]) -> Result<Signer, Refused> {
        verify(signature, CONTENT, &self.anchors(), now())
    }
}

fn now() -> Moment {
    // A certificate of this very second is valid.
    SystemClock.now().plus_seconds(5)
}

const RSA: [&str; 1] = ["rsa:2048"];
const ELLIPTIC: [&str; 3] = ["ec", "-pkeyopt", "ec_paramgen_curve:P-256"];
const SIGNING: &str = "digitalSignature, nonRepudiation";

#[test]
fn rep_20_a_signature_of_a_real_signer_is_verified_and_says_who() {
    let desk = Desk::new();
    desk.person("rsa", &RSA, SIGNING);
    desk.person("ec", &ELLIPTIC, SIGNING);
    for (by, more) in [
        ("rsa", &[][..]),
        ("rsa", &["-md", "sha512"]),
        ("rsa", &["-keyid"]),
        ("rsa", &["-cades"]),
        ("rsa", &["-nodetach"]),
        ("ec", &["-md", "sha384"]),
        ("ec", &["-outform", "PEM"]),
    ] {
        let signer = desk
            .verified(&desk.sign(by, more))
            .unwrap_or_else(|refused| panic!("{by} {more:?}: {refused}"));
        assert_eq!(
            (
                signer.name.as_str(),
                signer.organisation.as_str(),
                signer.issuer.as_str()
            ),
            ("Nguyễn Thị Lành", "Sở Tư pháp", "Cơ quan chứng thực thử")
        );
        assert!(signer.serial.len() > 8 && signer.until > now());
    }
}

#[test]
fn rep_20_what_is_no_signature_of_anybody_over_this_is_refused_with_its_reason() {
    let desk = Desk::new();
    desk.person("rsa", &RSA, SIGNING);
    let good = desk.sign("rsa", &[]);
    let anchors = desk.anchors();
    assert!(verify(&good, CONTENT, &anchors, now()).is_ok());

    // Another content, and one byte of it.
    let other = [CONTENT, b" "].concat();
    assert_eq!(verify(&good, &other, &anchors, now()), Err(Refused::Digest));
    let attached = desk.sign("rsa", &["-nodetach"]);
    assert_eq!(
        verify(&attached, &other, &anchors, now()),
        Err(Refused::OtherContent)
    );
    // Any byte of the signature itself: never taken, whichever it is.
    let mut taken = Vec::new();
    for at in 0..good.len() {
        let mut forged = good.clone();
        forged[at] ^= 1;
        if let Ok(signer) = verify(&forged, CONTENT, &anchors, now()) {
            taken.push((at, signer));
        }
    }
    let honest = verify(&good, CONTENT, &anchors, now()).unwrap();
    // Bytes that nothing signed covers (a version number, a list of digests) say nothing of who signed what.
    assert!(taken.iter().all(|(_, signer)| *signer == honest), "{taken:?}");
    assert!(taken.len() < good.len() / 20, "{} of {}", taken.len(), good.len());

    assert_eq!(desk.verified(b"chu ky"), Err(Refused::Unreadable));
    assert_eq!(
        desk.verified(&desk.sign("rsa", &["-stream", "-nodetach"])),
        Err(Refused::NotDer)
    );
    assert_eq!(desk.verified(&good[..good.len() - 9]), Err(Refused::Unreadable));
    assert_eq!(
        desk.verified(&desk.sign("rsa", &["-md", "sha1"])),
        Err(Refused::Algorithm)
    );
    assert_eq!(
        desk.verified(&desk.sign("rsa", &["-noattr"])),
        Err(Refused::Unreadable)
    );
    assert_eq!(
        desk.verified(&desk.sign("rsa", &["-nocerts"])),
        Err(Refused::NoCertificate)
    );
    desk.person("hai", &ELLIPTIC, SIGNING);
    let two = desk.sign("rsa", &["-signer", "hai.pem", "-inkey", "hai.key"]);
    assert_eq!(desk.verified(&two), Err(Refused::NotOne));
    desk.person("ma-hoa", &RSA, "keyEncipherment");
    assert_eq!(
        desk.verified(&desk.sign("ma-hoa", &[])),
        Err(Refused::NotForSigning)
    );

    // Before and after the certificate; an authority that the operator does not believe.
    let at = |seconds| verify(&good, CONTENT, &anchors, SystemClock.now().plus_seconds(seconds));
    assert_eq!(at(-24 * 3600), Err(Refused::Expired));
    assert_eq!(at(YEAR + 24 * 3600), Err(Refused::Expired));
    desk.authority("khac", "Cơ quan chứng thực thử");
    let others = Anchors::from_pem(&desk.read("khac.pem")).unwrap();
    assert_eq!(verify(&good, CONTENT, &others, now()), Err(Refused::Untrusted));
}

#[test]
fn a_file_of_anchors_says_what_is_wrong_with_it() {
    assert_eq!(Anchors::from_pem(b"").unwrap_err(), "tệp không có chứng thư nào");
    let broken = "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n";
    assert!(
        Anchors::from_pem(broken.as_bytes())
            .unwrap_err()
            .starts_with("không dùng được chứng thư")
    );
}
