//! Items from draft to public, on both databases: PUB-01, 02, 08, 10; N-19.

use pbgdpl_app::Error;
use pbgdpl_app::article::{Outcome, approve, create, restore, save, send_back, submit, withdraw};
use pbgdpl_model::article::{Content, Kind, Stage};
use pbgdpl_model::id::ArticleId;
use pbgdpl_model::ledger::Measure;
use pbgdpl_testkit::house::{BOTH, House, Someone};
use pbgdpl_testkit::web::{Ask, HOSTS, Web};

const DESK: &str = HOSTS[1].1;

fn content(title: &str) -> Content {
    Content {
        title: title.into(),
        summary: "Một câu nói bài này giúp ai.".into(),
        body: "Nội dung **đất đai**.".into(),
        ..Content::default()
    }
}

fn done<T: std::fmt::Debug>(outcome: Outcome<T>) -> T {
    match outcome {
        Outcome::Done(value) => value,
        other => panic!("not done: {other:?}"),
    }
}

async fn written(house: &House, who: &Someone) -> ArticleId {
    let ctx = house.ctx(&house.a, who).await.unwrap();
    done(
        create::create(&house.app, &ctx, Kind::Tin, content("Đất chưa có sổ"))
            .await
            .unwrap(),
    )
}

async fn saved(
    house: &House,
    who: &Someone,
    article: ArticleId,
    based_on: i32,
    title: &str,
) -> Result<Outcome<i32>, Error> {
    let ctx = house.ctx(&house.a, who).await.unwrap();
    let order = save::Save {
        article,
        based_on,
        content: content(title),
        note: String::new(),
    };
    save::save(&house.app, &ctx, order).await
}

#[tokio::test]
async fn n_19_nobody_approves_what_they_touched() {
    for engine in BOTH {
        let house = House::on(engine).await.unwrap();
        // in_both is editor and approver in A: edits once, then tries to approve what somebody else submitted.
        let article = written(&house, &house.in_a.editor).await;
        done(
            saved(&house, &house.in_both, article, 1, "Đất chưa có sổ đỏ")
                .await
                .unwrap(),
        );
        let editor = house.ctx(&house.a, &house.in_a.editor).await.unwrap();
        done(submit::submit(&house.app, &editor, article).await.unwrap());
        let both = house.ctx(&house.a, &house.in_both).await.unwrap();
        let refused = approve::approve(&house.app, &both, article, 2, "").await;
        assert!(matches!(refused, Err(Error::Denied(_))), "{refused:?}");
        let approver = house.ctx(&house.a, &house.in_a.approver).await.unwrap();
        done(
            approve::approve(&house.app, &approver, article, 2, "")
                .await
                .unwrap(),
        );
        let item = house
            .store
            .read()
            .public()
            .item(house.a.id(), article)
            .await
            .unwrap()
            .unwrap();
        assert_eq!(item.title, "Đất chưa có sổ đỏ");
        // After the publication the slate is clean: A edits again, and in_both, who no longer touched it, approves.
        done(
            saved(&house, &house.in_a.editor, article, 2, "Đất chưa có sổ: ba bước")
                .await
                .unwrap(),
        );
        done(submit::submit(&house.app, &editor, article).await.unwrap());
        done(
            approve::approve(&house.app, &both, article, 3, "Thêm ba bước.")
                .await
                .unwrap(),
        );
        let totals = house.store.read().tenant(&house.a).await.unwrap();
        let day = house.clock_day();
        let counted = totals.ledger_totals(day, day).await.unwrap();
        assert_eq!(
            counted.get(&Measure::MaterialsOnline),
            Some(&1),
            "an item counts once, however often it is published"
        );
        house.end().await.unwrap();
    }
}

/// Sent, returned, rewritten, sent again: who still has the first text open does not publish the second.
#[tokio::test]
async fn nobody_publishes_a_version_unseen() {
    for engine in BOTH {
        let house = House::on(engine).await.unwrap();
        let article = written(&house, &house.in_a.editor).await;
        let editor = house.ctx(&house.a, &house.in_a.editor).await.unwrap();
        let approver = house.ctx(&house.a, &house.in_a.approver).await.unwrap();
        done(submit::submit(&house.app, &editor, article).await.unwrap());
        let web = Web::of(&house, true).unwrap();
        let session = house.session(&house.in_a.approver).await.unwrap();
        let here = format!("/quan-tri/so-a/bai/{article}");
        let ask = |form: Vec<(&'static str, &'static str)>| {
            Ask::post(DESK, &format!("{here}/cong-bo"), &form).signed_in(&session)
        };
        let page = web.ask(&Ask::get(DESK, &here).signed_in(&session)).await.unwrap();
        assert!(
            page.text().contains("name=\"ban\" value=\"1\""),
            "{}",
            page.text()
        );

        send_back::send_back(&house.app, &approver, article, "Thiếu căn cứ")
            .await
            .unwrap();
        done(
            saved(&house, &house.in_a.editor, article, 1, "Đất chưa có sổ: khác hẳn")
                .await
                .unwrap(),
        );
        done(submit::submit(&house.app, &editor, article).await.unwrap());

        let old = web
            .ask(&ask(vec![("ban", "1"), ("remark", "Nhớ ghi căn cứ")]))
            .await
            .unwrap();
        assert_eq!(old.status, 409, "{engine:?}: {}", old.text());
        for words in [
            "bản 2 mới hơn đang chờ duyệt",
            "Nhớ ghi căn cứ",
            "/so-sanh?cu=1&#38;moi=2",
            "name=\"ban\" value=\"2\"",
            "Đất chưa có sổ: khác hẳn",
        ] {
            assert!(old.text().contains(words), "{engine:?} {words}: {}", old.text());
        }
        let none = web.ask(&ask(vec![("public_note", "")])).await.unwrap();
        assert_eq!(none.status, 422, "{engine:?}: no version, no approval");
        let public = house.store.read().public();
        assert!(public.item(house.a.id(), article).await.unwrap().is_none());
        let good = web.ask(&ask(vec![("ban", "2")])).await.unwrap();
        assert_eq!(good.status, 303, "{engine:?}: {}", good.text());
        let item = public.item(house.a.id(), article).await.unwrap().unwrap();
        assert_eq!(item.title, "Đất chưa có sổ: khác hẳn");
        house.end().await.unwrap();
    }
}

#[tokio::test]
async fn a_publisher_without_a_second_factor_cannot_publish() {
    for engine in BOTH {
        let house = House::on(engine).await.unwrap();
        let article = written(&house, &house.in_a.editor).await;
        let editor = house.ctx(&house.a, &house.in_a.editor).await.unwrap();
        done(submit::submit(&house.app, &editor, article).await.unwrap());
        let approver = house
            .ctx_without_second_factor(&house.a, &house.in_a.approver)
            .await
            .unwrap();
        assert!(matches!(
            approve::approve(&house.app, &approver, article, 1, "").await,
            Err(Error::Denied(_))
        ));
        house.end().await.unwrap();
    }
}

#[tokio::test]
async fn pub_10_a_save_over_a_newer_version_brings_both_texts() {
    for engine in BOTH {
        let house = House::on(engine).await.unwrap();
        let article = written(&house, &house.in_a.editor).await;
        done(
            saved(&house, &house.in_both, article, 1, "Bản của người khác")
                .await
                .unwrap(),
        );
        match saved(&house, &house.in_a.editor, article, 1, "Bản của tôi")
            .await
            .unwrap()
        {
            Outcome::Stale(newest) => assert_eq!(
                (newest.number, newest.content.title.as_str()),
                (2, "Bản của người khác")
            ),
            other => panic!("{other:?}"),
        }
        let reader = house.store.read().tenant(&house.a).await.unwrap();
        assert_eq!(
            reader.article_versions(article).await.unwrap().len(),
            2,
            "nothing was overwritten"
        );
        house.end().await.unwrap();
    }
}

#[tokio::test]
async fn pub_08_restoring_makes_a_new_version_and_keeps_the_rest() {
    for engine in BOTH {
        let house = House::on(engine).await.unwrap();
        let article = written(&house, &house.in_a.editor).await;
        for (based_on, title) in [(1, "Hai"), (2, "Ba"), (3, "Bốn"), (4, "Năm")] {
            done(
                saved(&house, &house.in_a.editor, article, based_on, title)
                    .await
                    .unwrap(),
            );
        }
        let ctx = house.ctx(&house.a, &house.in_a.editor).await.unwrap();
        assert_eq!(restore::restore(&house.app, &ctx, article, 3).await.unwrap(), 6);
        let reader = house.store.read().tenant(&house.a).await.unwrap();
        let versions = reader.article_versions(article).await.unwrap();
        assert_eq!(versions.len(), 6);
        let of = |number: i32| versions.iter().find(|v| v.number == number).unwrap();
        assert_eq!(of(6).content_hash, of(3).content_hash);
        assert_eq!(
            (of(4).content.title.as_str(), of(5).content.title.as_str()),
            ("Bốn", "Năm")
        );
        house.end().await.unwrap();
    }
}

#[tokio::test]
async fn pub_09_a_withdrawn_item_leaves_a_notice_and_is_found_no_more() {
    for engine in BOTH {
        let house = House::on(engine).await.unwrap();
        let article = written(&house, &house.in_a.editor).await;
        let editor = house.ctx(&house.a, &house.in_a.editor).await.unwrap();
        let approver = house.ctx(&house.a, &house.in_a.approver).await.unwrap();
        done(submit::submit(&house.app, &editor, article).await.unwrap());
        let again = submit::submit(&house.app, &editor, article).await;
        assert!(matches!(again, Err(Error::Illegal(_))), "{again:?}");
        assert!(matches!(
            send_back::send_back(&house.app, &approver, article, " ").await,
            Err(Error::Invalid { .. })
        ));
        done(
            approve::approve(&house.app, &approver, article, 1, "")
                .await
                .unwrap(),
        );
        let public = house.store.read().public();
        assert_eq!(
            public
                .search(Some(house.a.id()), "dat dai", 1, 10)
                .await
                .unwrap()
                .total,
            1,
            "{engine:?}"
        );
        assert_eq!(public.search(None, "đất", 1, 10).await.unwrap().total, 1);
        assert_eq!(
            public
                .search(Some(house.b.id()), "đất đai", 1, 10)
                .await
                .unwrap()
                .total,
            0,
            "another agency's search"
        );
        withdraw::withdraw(&house.app, &approver, article, "Luật đã thay đổi.")
            .await
            .unwrap();
        let item = public.item(house.a.id(), article).await.unwrap().unwrap();
        assert_eq!(item.withdrawn.unwrap().1, "Luật đã thay đổi.");
        assert_eq!(public.search(None, "đất đai", 1, 10).await.unwrap().total, 0);
        assert!(public.latest(None, None, 1, 10).await.unwrap().is_empty());
        let stage = house
            .store
            .read()
            .tenant(&house.a)
            .await
            .unwrap()
            .article(article)
            .await
            .unwrap()
            .unwrap()
            .stage;
        assert_eq!(stage, Stage::Withdrawn);
        house.end().await.unwrap();
    }
}

#[tokio::test]
async fn another_agencys_item_is_no_item() {
    for engine in BOTH {
        let house = House::on(engine).await.unwrap();
        let article = written(&house, &house.in_a.editor).await;
        let in_b = house.ctx(&house.b, &house.in_b.editor).await.unwrap();
        let order = save::Save {
            article,
            based_on: 1,
            content: content("Chiếm"),
            note: String::new(),
        };
        assert!(matches!(
            save::save(&house.app, &in_b, order).await,
            Err(Error::NotFound)
        ));
        assert!(matches!(
            submit::submit(&house.app, &in_b, article).await,
            Err(Error::NotFound)
        ));
        // A member of A's staff acting under B's name has no role there.
        let stranger = house.ctx(&house.b, &house.in_a.editor).await.unwrap();
        let refused = create::create(&house.app, &stranger, Kind::Tin, content("x")).await;
        assert!(matches!(refused, Err(Error::Denied(_))));
        house.end().await.unwrap();
    }
}

#[tokio::test]
async fn src_02_04_numbers_and_marks_find_what_they_name() {
    for engine in BOTH {
        let house = House::on(engine).await.unwrap();
        let editor = house.ctx(&house.a, &house.in_a.editor).await.unwrap();
        let approver = house.ctx(&house.a, &house.in_a.approver).await.unwrap();
        let mut ids = Vec::new();
        for (title, body) in [
            ("Nghị định số 15/2020/NĐ-CP về xử phạt", "Quy định mức phạt."),
            ("Đường làng mới mở", "Con đường qua làng."),
            ("Tính theo lịch dương", "Ngày dương và ngày âm."),
        ] {
            let content = Content {
                body: body.into(),
                ..content(title)
            };
            let id = done(
                create::create(&house.app, &editor, Kind::Tin, content)
                    .await
                    .unwrap(),
            );
            done(submit::submit(&house.app, &editor, id).await.unwrap());
            done(approve::approve(&house.app, &approver, id, 1, "").await.unwrap());
            ids.push(id);
        }
        let public = house.store.read().public();
        for query in [
            "15/2020/NĐ-CP",
            "15/2020/nd-cp",
            "nghi dinh 15/2020",
            "xử phạt",
            "XU PHAT",
        ] {
            let found = public.search(None, query, 1, 10).await.unwrap();
            assert_eq!(
                found.lines.first().map(|l| l.id),
                Some(ids[0]),
                "{engine:?} {query}"
            );
        }
        let found = public.search(None, "đường", 1, 10).await.unwrap();
        assert_eq!(
            found.lines.first().map(|l| l.id),
            Some(ids[1]),
            "{engine:?}: typed marks are respected"
        );
        let found = public.search(None, "duong", 1, 10).await.unwrap();
        assert_eq!(found.total, 2, "{engine:?}: without marks both are found");
        for odd in [
            "'",
            "\"",
            "a & b | !c",
            "%",
            "\\",
            ":*",
            "(",
            "\u{0}",
            "đ",
            "agency : t1",
        ] {
            public.search(None, odd, 1, 10).await.unwrap();
        }
        house.end().await.unwrap();
    }
}

/// Every item once, whatever page it is on; the words that stand together first. More than are looked through, so that
/// the border between the two orders is crossed.
#[tokio::test]
async fn src_01_pages_of_a_search_hold_each_item_once() {
    for engine in BOTH {
        let house = House::on(engine).await.unwrap();
        let mut ids = Vec::new();
        for number in 0..62 {
            // Each acts at a minute of its own: the order of what is equal in worth is the order of days.
            let editor = house.ctx(&house.a, &house.in_a.editor).await.unwrap();
            let approver = house.ctx(&house.a, &house.in_a.approver).await.unwrap();
            let body = if number == 30 {
                "Bảo hiểm xã hội tự nguyện."
            } else {
                "Xã hội cần bảo vệ; hiểm họa là có thật."
            };
            let content = Content {
                title: format!("Bài {number}"),
                body: body.into(),
                ..content("")
            };
            let made = create::create(&house.app, &editor, Kind::Tin, content)
                .await
                .unwrap();
            let id = done(made);
            done(submit::submit(&house.app, &editor, id).await.unwrap());
            done(approve::approve(&house.app, &approver, id, 1, "").await.unwrap());
            house.clock.advance_seconds(60);
            ids.push(id);
        }
        let public = house.store.read().public();
        for whose in [Some(house.a.id()), None] {
            let mut found = Vec::new();
            for page in 1..=7 {
                let answer = public.search(whose, "bảo hiểm xã hội", page, 10).await.unwrap();
                if page <= 6 {
                    assert_eq!((answer.total, answer.lines.len()), (62, 10), "{engine:?} {page}");
                }
                found.extend(answer.lines.iter().map(|line| line.id));
            }
            assert_eq!(found.len(), 62, "{engine:?}");
            let mut sorted = found.clone();
            sorted.sort_unstable();
            sorted.dedup();
            assert_eq!(sorted.len(), 62, "{engine:?}: an item stands on two pages");
        }
        // Among the newest, the one in which the words stand together comes first.
        let first = public
            .search(Some(house.a.id()), "bảo hiểm xã hội", 1, 10)
            .await
            .unwrap();
        assert_eq!(first.lines[0].id, ids[30], "{engine:?}");
        house.end().await.unwrap();
    }
}
