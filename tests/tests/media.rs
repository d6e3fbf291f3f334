//! Uploads on both databases: what is kept, what is refused, who may (MED-02, 03).

use std::io::Cursor;

use bytes::Bytes;
use image::{DynamicImage, ImageFormat};
use pbgdpl_app::Error;
use pbgdpl_app::media::upload::{LARGEST, Purpose, Upload, upload};
use pbgdpl_model::clock::Clock;
use pbgdpl_store::Hints;
use pbgdpl_testkit::house::{BOTH, House};

const ALT: &str = "Cán bộ phát tờ gấp cho bà con ở chợ Đăk Tô";

fn png() -> Bytes {
    let mut out = Cursor::new(Vec::new());
    DynamicImage::new_rgb8(64, 32)
        .write_to(&mut out, ImageFormat::Png)
        .unwrap();
    out.into_inner().into()
}

fn order(purpose: Purpose, file_name: &str, bytes: Bytes, alt: &str) -> Upload {
    Upload {
        purpose,
        file_name: file_name.into(),
        bytes,
        alt: alt.into(),
    }
}

#[tokio::test]
async fn a_picture_is_kept_in_its_agency_and_nowhere_else() {
    for engine in BOTH {
        let house = House::on(engine).await.unwrap();
        let editor = house.ctx(&house.a, &house.in_a.editor).await.unwrap();
        let kept = upload(
            &house.app,
            &editor,
            order(Purpose::Picture, "chợ.png", png(), ALT),
        )
        .await
        .unwrap();
        assert_eq!(
            (kept.mime.as_str(), kept.width, kept.height, kept.published),
            ("image/png", Some(64), Some(32), false)
        );
        let read = house.store.read();
        assert_eq!(
            read.tenant(&house.a)
                .await
                .unwrap()
                .media(kept.id)
                .await
                .unwrap()
                .as_ref(),
            Some(&kept)
        );
        assert!(
            read.tenant(&house.b)
                .await
                .unwrap()
                .media(kept.id)
                .await
                .unwrap()
                .is_none()
        );
        let bytes = read.file(&kept.path).await.unwrap().unwrap();
        assert_eq!(i64::try_from(bytes.len()).unwrap(), kept.bytes);
        let reporter = house.ctx(&house.a, &house.in_a.reporter).await.unwrap();
        let paper = Bytes::from_static(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n<<>>\nendobj\n");
        let minutes = upload(
            &house.app,
            &reporter,
            order(Purpose::Evidence, "Biên bản.pdf", paper, ""),
        )
        .await
        .unwrap();
        assert_eq!(
            (minutes.mime.as_str(), minutes.file_name.as_str()),
            ("application/pdf", "Biên bản.pdf")
        );
        let approver = house.ctx(&house.a, &house.in_a.approver).await.unwrap();
        let denied = upload(
            &house.app,
            &approver,
            order(Purpose::Picture, "chợ.png", png(), ALT),
        )
        .await;
        assert!(matches!(denied, Err(Error::Denied(_))), "{denied:?}");
    }
}

#[tokio::test]
async fn what_is_refused_says_which_field_and_leaves_nothing() {
    let house = House::on(BOTH[0]).await.unwrap();
    let editor = house.ctx(&house.a, &house.in_a.editor).await.unwrap();
    let large = Bytes::from(vec![0; LARGEST + 1]);
    let program = Bytes::from_static(b"MZ\x90\x00\x03\x00\x00\x00\x04\x00\x00\x00\xff\xff");
    let cases = [
        (order(Purpose::Picture, "IMG_01.jpg", png(), "IMG_01.jpg"), "alt"),
        (order(Purpose::Picture, "chợ.png", png(), ""), "alt"),
        (order(Purpose::Picture, "chợ.jpg", png(), ALT), "file"),
        (order(Purpose::Evidence, "ảnh.jpg", program, ""), "file"),
        (order(Purpose::Evidence, "lớn.png", large, ""), "file"),
        (
            order(
                Purpose::Picture,
                "x.svg",
                Bytes::from_static(b"<svg onload='alert(1)'/>"),
                ALT,
            ),
            "file",
        ),
    ];
    for (order, expected) in cases {
        let name = order.file_name.clone();
        let refused = upload(&house.app, &editor, order).await;
        assert!(
            matches!(refused, Err(Error::Invalid { field, .. }) if field == expected),
            "{name}: {refused:?}"
        );
    }
    let (_, entries) = house
        .store
        .read()
        .tenant(&house.a)
        .await
        .unwrap()
        .audit_page(1, 10)
        .await
        .unwrap();
    assert_eq!(entries, 0);
}

/// Links to files that are not public are good on every node and after every start: all sign with one key.
#[tokio::test]
async fn nodes_share_the_key_of_file_links() {
    for engine in BOTH {
        let house = House::on(engine).await.unwrap();
        let other = house.second_node(Hints::local()).await.unwrap();
        let now = house.clock.now();
        let (one, two) = (house.store.machinery(), other.store().machinery());
        let first = one.service_key("file-links", [1; 32], now).await.unwrap();
        let second = two.service_key("file-links", [2; 32], now).await.unwrap();
        assert_eq!((first, second), ([1; 32], [1; 32]), "{engine:?}");
        assert_eq!(two.service_key("other", [3; 32], now).await.unwrap(), [3; 32]);
    }
}
