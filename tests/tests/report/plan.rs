//! N-23, REP-17: the report on a plan from the agency's text to the frozen document and its Word file, on both databases.

use std::collections::BTreeMap;

use pbgdpl_app::plan::amend::amend;
use pbgdpl_app::plan::send::send;
use pbgdpl_app::plan::write::{Write, write};
use pbgdpl_app::plan::{Outcome as Written, View, view as seen_by};
use pbgdpl_model::ledger::Measure;
use pbgdpl_model::plan::{Absence, Contribution, Document, Standing};
use pbgdpl_province::Error;
use pbgdpl_province::plan::accept::accept;
use pbgdpl_province::plan::amend as amending;
use pbgdpl_province::plan::export::take;
use pbgdpl_province::plan::freeze::freeze;
use pbgdpl_province::plan::read::{read, version};
use pbgdpl_province::plan::send_back::send_back;
use pbgdpl_province::plan::write as writing;
use pbgdpl_store::province::PlanReport;
use pbgdpl_testkit::furnish::PLAN;
use pbgdpl_testkit::house::Ground;
use sqlx::{Connection, Executor, PgConnection, SqliteConnection};

use super::plan_word::{paragraphs, part};
use super::{BOTH, House, People, Tenant, count, furnish, hash_of, house};

/// An agency with its people.
type At<'a> = (&'a Tenant, &'a People);

pub(crate) const OF: (&str, i32) = (PLAN, 2020);

pub(crate) fn did<T: std::fmt::Debug>(outcome: Written<T>) -> T {
    match outcome {
        Written::Done(value) => value,
        other => panic!("not done: {other:?}"),
    }
}

pub(crate) async fn seen(house: &House, tenant: &Tenant) -> View {
    let reader = house.store.read().tenant(tenant).await.unwrap();
    seen_by(&reader, tenant.agency(), OF, house.clock_day())
        .await
        .unwrap()
}

fn order(read: BTreeMap<String, String>, texts: &[(&str, &str)]) -> Write {
    Write {
        plan: PLAN.into(),
        year: OF.1,
        read,
        texts: texts
            .iter()
            .map(|(number, text)| ((*number).to_owned(), (*text).to_owned()))
            .collect(),
    }
}

pub(crate) async fn put(house: &House, (tenant, people): At<'_>, texts: &[(&str, &str)]) -> Written<i64> {
    let reporter = house.ctx(tenant, &people.reporter).await.unwrap();
    let read = seen(house, tenant).await.read();
    write(&house.app, &reporter, order(read, texts)).await.unwrap()
}

pub(crate) async fn sent(house: &House, (tenant, people): At<'_>, texts: &[(&str, &str)]) -> String {
    did(put(house, (tenant, people), texts).await);
    let reporter = house.ctx(tenant, &people.reporter).await.unwrap();
    let hash = seen(house, tenant).await.hash;
    did(send(&house.app, &reporter, OF, &hash).await.unwrap())
}

/// One text of the province, by whoever consolidates.
pub(crate) async fn told(house: &House, part: &str, text: &str) {
    let officer = house.province_ctx(&house.consolidator).await.unwrap();
    let drawn = read(&house.province, &officer, OF).await.unwrap();
    let there = drawn.open().and_then(|open| open.texts.get(part)).cloned();
    let written = writing::Write {
        part,
        read: &hash_of(&there.unwrap_or_default()),
        text,
    };
    let done = writing::write(&house.province, &officer, OF, written)
        .await
        .unwrap();
    assert_eq!(done, writing::Written::Done);
}

pub(crate) async fn frozen(house: &House) -> PlanReport {
    furnish::roll_up(house).await.unwrap();
    let officer = house.province_ctx(&house.consolidator).await.unwrap();
    let drawn = read(&house.province, &officer, OF).await.unwrap();
    freeze(&house.province, &officer, OF, &drawn.hash).await.unwrap()
}

/// A counts and writes of two tasks, accepted; B counts and writes nothing; the province writes two of its parts.
pub(crate) async fn a_year(house: &House) {
    count(house, &house.a, &house.in_a, 410).await;
    count(house, &house.b, &house.in_b, 90).await;
    let texts = [
        ("II.4", "Đã biên soạn ba tờ gấp.\nPhát 120 bản."),
        ("II.1", "Đã giới thiệu Cổng ở ba hội nghị."),
    ];
    sent(house, (&house.a, &house.in_a), &texts).await;
    let officer = house.province_ctx(&house.consolidator).await.unwrap();
    accept(&house.province, &officer, house.a.id(), OF, 1)
        .await
        .unwrap();
    told(house, "II.4", "Toàn tỉnh đã phát hành tài liệu ở cả hai cơ quan.").await;
    // As pasted from a word processor: a sign that XML does not allow.
    told(house, "danh-gia", "Các cơ quan\u{b} thực hiện nghiêm túc.").await;
}

/// The Word file of a version, as the province takes it out.
pub(crate) async fn word(house: &House, number: Option<i32>) -> (Document, Vec<u8>) {
    let officer = house.province_ctx(&house.consolidator).await.unwrap();
    let taken = take(&house.province, &officer, OF, number).await.unwrap();
    let sealed = pbgdpl_pages::paper::Sealed {
        place: "Kon Tum",
        frozen_on: taken.frozen.as_ref().map(|frozen| frozen.at.day()),
        hash: &taken.hash,
        illustrative: false,
    };
    let paper = pbgdpl_pages::paper::plan_report(&taken.document, &sealed);
    (taken.document, pbgdpl_pages::word::write(&paper).unwrap())
}

/// The acceptance of N-23: every task, figures equal to the frozen data, what is missing listed and never blank.
#[tokio::test]
async fn n_23_the_file_holds_every_task_its_figures_are_the_frozen_ones_and_what_is_missing_is_listed() {
    for engine in BOTH {
        let house = house(engine).await;
        a_year(&house).await;
        let report = frozen(&house).await;
        let document = Document::read(&report.body).unwrap();
        let (_, file) = word(&house, Some(1)).await;
        let lines = paragraphs(&file, "word/document.xml");
        let holds = |text: &str| lines.iter().any(|line| line == text);

        // Every task of the plan, in its words and in its order.
        let reader = house.store.read().tenant(&house.a).await.unwrap();
        let plans = pbgdpl_app::plan::plans(&reader).await.unwrap();
        let plan = plans.of_year(PLAN, 2020).unwrap();
        assert_eq!(plan.tasks.len(), 9);
        let mut last = 0;
        for (task, place) in plan.tasks.iter().zip(1..) {
            let heading = format!("{place}. Nhiệm vụ {}", task.number);
            let at = lines.iter().position(|line| *line == heading).unwrap();
            assert!(at > last, "{engine:?}: {heading} stands out of order");
            last = at;
            assert_eq!(lines[at + 1], task.text, "{engine:?}");
        }

        // Figures: the file's are the frozen ones, and these the sums of the agencies' own ledgers up to the stated rows.
        let grouped = pbgdpl_vietnamese::number::grouped;
        let mut sums: BTreeMap<Measure, i64> = BTreeMap::new();
        for book in &document.books {
            let tenant = if book.slug == "so-a" { &house.a } else { &house.b };
            let own = house.store.read().tenant(tenant).await.unwrap();
            let totals = own
                .ledger_totals_up_to(document.from, document.to, book.ledger_seq)
                .await
                .unwrap();
            let not_zero = |(_, sum): &(&Measure, &i64)| **sum != 0;
            assert!(
                totals
                    .iter()
                    .filter(not_zero)
                    .eq(book.totals.iter().filter(not_zero)),
                "{engine:?}: {totals:?} {:?}",
                book.totals
            );
            for (measure, quantity) in totals {
                *sums.entry(measure).or_default() += quantity;
            }
        }
        assert_eq!(document.books.len(), 2, "{engine:?}");
        let mut told = 0;
        for (task, frozen) in plan.tasks.iter().zip(&document.tasks) {
            for (indicator, figure) in task.indicators.iter().zip(&frozen.figures) {
                let of = |measure| sums.get(measure).copied().unwrap_or(0);
                let sum: i64 = indicator.measures.iter().map(of).sum();
                assert_eq!(figure.value, sum, "{engine:?}: {} {}", task.number, figure.label);
                let row = [figure.label.clone(), figure.unit.clone(), grouped(figure.value)];
                let found = lines.windows(3).any(|cells| *cells == row);
                assert!(found, "{engine:?}: {row:?} is not in the file");
                told += 1;
            }
        }
        assert!(told >= 8, "{engine:?}: {told}");
        assert_eq!(document.task("II.2").unwrap().figures[1].value, 500, "{engine:?}");

        // What is missing: by task and agency, in the text and in the annex.
        let annex = lines.iter().position(|line| line == "Phụ lục I").unwrap();
        assert_eq!(lines[annex + 1], "THUYẾT MINH CÒN THIẾU");
        assert!(lines[annex + 2].starts_with("(Kèm theo Báo cáo số ……/"));
        for task in &document.tasks {
            let names: Vec<&str> = task.absent.iter().map(|one| one.name.as_str()).collect();
            assert!(
                names.contains(&"Huyện B tỉnh Thử"),
                "{engine:?}: {}: {names:?}",
                task.number
            );
            assert_eq!(
                names.contains(&"Sở A tỉnh Thử"),
                !["II.1", "II.4"].contains(&task.number.as_str()),
                "{engine:?}: {}",
                task.number
            );
            for one in &task.absent {
                let row = [task.number.as_str(), one.name.as_str(), one.why.label()];
                let found = lines[annex..].windows(3).any(|cells| cells == row);
                assert!(found, "{engine:?}: {row:?} is not in the annex");
            }
            if task.text.is_empty() {
                let blank = format!(
                    "(Nhiệm vụ {} chưa có nội dung thuyết minh của tỉnh.)",
                    task.number
                );
                assert!(holds(&blank), "{engine:?}: {blank}");
            }
        }
        assert!(holds("(Phần này chưa có nội dung.)"), "{engine:?}");
        let unwritten = lines[annex..]
            .iter()
            .find(|line| line.starts_with("Nội dung của tỉnh chưa viết: "));
        let unwritten = unwritten.unwrap();
        assert!(unwritten.contains("Nhiệm vụ II.1") && !unwritten.contains("Nhiệm vụ II.4;"));
        for text in [
            "Toàn tỉnh đã phát hành tài liệu ở cả hai cơ quan.",
            "Các cơ quan thực hiện nghiêm túc.",
        ] {
            assert!(holds(text), "{engine:?}: {text}");
        }
        house.end().await.unwrap();
    }
}

/// NĐ 30/2020/NĐ-CP, Phụ lục I, in the parts of the file.
#[tokio::test]
async fn n_23_the_file_keeps_the_layout_of_the_decree_and_the_same_data_give_the_same_bytes() {
    for engine in BOTH {
        let house = house(engine).await;
        a_year(&house).await;
        let report = frozen(&house).await;
        let (document, file) = word(&house, Some(1)).await;
        assert_eq!(hash_of(&document.canonical().unwrap()), report.hash);
        let (_, again) = word(&house, Some(1)).await;
        assert!(file == again, "{engine:?}: the same version gives other bytes");

        let text = part(&file, "word/document.xml");
        assert!(
            text.contains("w:w=\"11906\"") && text.contains("w:h=\"16838\""),
            "A4"
        );
        assert!(
            text.contains("w:left=\"1701\"") && text.contains("w:top=\"1134\""),
            "30 mm left, 20 mm above"
        );
        assert!(
            text.contains("<w:titlePg"),
            "the first page has a header of its own"
        );
        assert!(part(&file, "word/styles.xml").contains("Times New Roman"));
        let headers = ["word/header1.xml", "word/header2.xml"].map(|name| part(&file, name));
        let numbered: Vec<bool> = headers.iter().map(|header| header.contains("PAGE")).collect();
        assert_eq!(
            numbered.iter().filter(|with| **with).count(),
            1,
            "one header numbers the pages"
        );
        let number = headers.iter().find(|header| header.contains("PAGE")).unwrap();
        assert!(number.contains("w:val=\"center\""));
        let first = numbered.iter().position(|with| !with).unwrap();
        assert!(
            text.contains(&format!(
                "<w:headerReference w:type=\"first\" r:id=\"rIdHeader{}\"",
                first + 1
            )),
            "the one without a number is the first page's"
        );

        let lines = paragraphs(&file, "word/document.xml");
        for wanted in [
            "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
            "Độc lập - Tự do - Hạnh phúc",
            "ỦY BAN NHÂN DÂN",
            "TỈNH KON TUM",
            "Số:        /BC-UBND",
            "BÁO CÁO",
            "Kính gửi: Bộ Tư pháp",
            "II. KẾT QUẢ THỰC HIỆN CÁC NHIỆM VỤ",
            "V. ĐỀ XUẤT, KIẾN NGHỊ",
            "Nơi nhận:",
            "- Lưu: VT, NCXDPL2.",
            "CHỦ TỊCH",
        ] {
            assert!(lines.iter().any(|line| line == wanted), "{engine:?}: {wanted}");
        }
        let foot = lines.iter().position(|line| line == "Nơi nhận:").unwrap();
        let end = lines[..foot].iter().rev().find(|line| !line.is_empty()).unwrap();
        assert!(end.ends_with("./."), "{engine:?}: {end}");
        assert!(lines.iter().any(|line| line.contains(&report.hash)));
        house.end().await.unwrap();
    }
}

/// Soạn, gửi, trả lại, gửi lại, tiếp nhận, chỉnh lý: what each step keeps and refuses.
#[tokio::test]
async fn rep_17_a_contribution_goes_its_way_and_what_was_sent_stays() {
    for engine in BOTH {
        let house = house(engine).await;
        let at = (&house.a, &house.in_a);
        let officer = house.province_ctx(&house.consolidator).await.unwrap();
        let reporter = house.ctx(&house.a, &house.in_a.reporter).await.unwrap();
        let refused = send(&house.app, &reporter, OF, &seen(&house, &house.a).await.hash).await;
        assert!(
            matches!(refused, Ok(Written::Refused(_))),
            "{engine:?}: nothing is written yet"
        );
        count(&house, &house.a, &house.in_a, 410).await;

        let hash = sent(&house, at, &[("II.4", "Ba tờ gấp.")]).await;
        let first = seen(&house, &house.a).await;
        assert_eq!(first.standing(), Standing::Sent);
        assert!(matches!(
            put(&house, at, &[("II.4", "Bốn.")]).await,
            Written::Refused(_)
        ));
        let body = Contribution::read(&first.sent[0].body).unwrap();
        assert_eq!(
            (hash_of(&first.sent[0].body), &first.sent[0].hash),
            (hash.clone(), &hash)
        );
        assert_eq!(body.ledger_seq, first.sent[0].ledger_seq);
        let materials = body.tasks.iter().find(|task| task.number == "II.4").unwrap();
        assert_eq!(materials.figures[0].value, 120, "{engine:?}");

        let bare = send_back(&house.province, &officer, house.a.id(), OF, 1, "  ").await;
        assert!(
            matches!(bare, Err(Error::Invalid { field: "y-kien", .. })),
            "{bare:?}"
        );
        send_back(&house.province, &officer, house.a.id(), OF, 1, "Ghi rõ tên.")
            .await
            .unwrap();
        let back = seen(&house, &house.a).await;
        assert_eq!(back.standing(), Standing::Returned);
        assert_eq!(back.returned().unwrap().remark, "Ghi rõ tên.");
        sent(&house, at, &[("II.4", "Ba tờ gấp: A, B, C.")]).await;
        let stale = accept(&house.province, &officer, house.a.id(), OF, 1).await;
        assert!(
            matches!(stale, Err(Error::Stale)),
            "{engine:?}: version 1 is not the newest"
        );
        accept(&house.province, &officer, house.a.id(), OF, 2)
            .await
            .unwrap();
        let second = seen(&house, &house.a).await;
        assert_eq!(second.standing(), Standing::Accepted);
        assert_eq!(
            second.sent[1].body, first.sent[0].body,
            "{engine:?}: version 1 stands as it was"
        );

        let bare = amend(&house.app, &reporter, OF, " ").await;
        assert!(matches!(
            bare,
            Err(pbgdpl_app::Error::Invalid { field: "ly-do", .. })
        ));
        assert_eq!(
            did(amend(&house.app, &reporter, OF, "Sót một tờ").await.unwrap()),
            3
        );
        sent(&house, at, &[("II.4", "Bốn tờ gấp.")]).await;
        let third = seen(&house, &house.a).await;
        let body = Contribution::read(&third.sent[0].body).unwrap();
        assert_eq!(
            body.amends
                .as_ref()
                .map(|amends| (amends.version, amends.reason.as_str())),
            Some((2, "Sót một tờ"))
        );
        // Until it is accepted, the accepted one counts.
        let drawn = read(&house.province, &officer, OF).await.unwrap();
        let texts: Vec<&str> = drawn
            .document
            .task("II.4")
            .unwrap()
            .contributions
            .iter()
            .map(|one| one.text.as_str())
            .collect();
        assert_eq!(texts, ["Ba tờ gấp: A, B, C."], "{engine:?}");
        house.end().await.unwrap();
    }
}

/// Nobody overwrites what they did not read, and nobody sends or freezes what they did not see.
#[tokio::test]
async fn rep_17_what_another_saved_is_not_overwritten_and_what_moved_is_not_sent() {
    for engine in BOTH {
        let house = house(engine).await;
        let at = (&house.a, &house.in_a);
        did(put(&house, at, &[("II.4", "Bản một")]).await);
        let reporter = house.ctx(&house.a, &house.in_a.reporter).await.unwrap();
        let opened = seen(&house, &house.a).await;
        did(put(&house, at, &[("II.4", "Bản hai")]).await);
        let late = write(
            &house.app,
            &reporter,
            order(opened.read(), &[("II.4", "Bản ba"), ("II.1", "Viết thêm")]),
        )
        .await;
        let Ok(Written::Stale(now)) = late else {
            panic!("{engine:?}: {late:?}")
        };
        assert_eq!(now.texts["II.4"], "Bản hai");
        assert_eq!(now.texts["II.1"], "", "{engine:?}: all or nothing");
        // Who wrote another task, and left this one as they read it, puts nothing back.
        let whole = [("II.4", "Bản một"), ("II.1", "Viết thêm")];
        did(write(&house.app, &reporter, order(opened.read(), &whole))
            .await
            .unwrap());
        let texts = seen(&house, &house.a).await.draft.unwrap().texts;
        assert_eq!(
            (texts["II.4"].as_str(), texts["II.1"].as_str()),
            ("Bản hai", "Viết thêm"),
            "{engine:?}"
        );
        // The same text once more is no change: a form that was sent twice does no harm.
        let twice = write(
            &house.app,
            &reporter,
            order(opened.read(), &[("II.4", "Bản hai")]),
        )
        .await;
        did(twice.unwrap());

        let read_before = seen(&house, &house.a).await.hash;
        count(&house, &house.a, &house.in_a, 410).await;
        let moved = send(&house.app, &reporter, OF, &read_before).await.unwrap();
        assert!(
            matches!(moved, Written::Moved),
            "{engine:?}: the ledger moved since: {moved:?}"
        );

        told(&house, "danh-gia", "Bản một").await;
        let officer = house.province_ctx(&house.consolidator).await.unwrap();
        let other = writing::Write {
            part: "danh-gia",
            read: &hash_of(""),
            text: "Bản hai",
        };
        let stale = writing::write(&house.province, &officer, OF, other)
            .await
            .unwrap();
        assert!(
            matches!(&stale, writing::Written::Stale { theirs, .. } if theirs == "Bản một"),
            "{engine:?}: {stale:?}"
        );
        // Another part may be written meanwhile.
        told(&house, "de-xuat", "Không").await;

        let drawn = read(&house.province, &officer, OF).await.unwrap();
        assert!(drawn.waiting > 0);
        let early = freeze(&house.province, &officer, OF, &drawn.hash).await;
        assert!(
            matches!(early, Err(Error::Illegal(_))),
            "{engine:?}: days wait: {early:?}"
        );
        furnish::roll_up(&house).await.unwrap();
        let moved = freeze(&house.province, &officer, OF, &drawn.hash).await;
        assert!(
            matches!(moved, Err(Error::Stale)),
            "{engine:?}: figures moved: {moved:?}"
        );
        let drawn = read(&house.province, &officer, OF).await.unwrap();
        let again = read(&house.province, &officer, OF).await.unwrap();
        assert_eq!(drawn.hash, again.hash, "{engine:?}: drawn twice it is the same");
        freeze(&house.province, &officer, OF, &drawn.hash).await.unwrap();
        let twice = freeze(&house.province, &officer, OF, &drawn.hash).await;
        assert!(matches!(twice, Err(Error::Illegal(_))), "{engine:?}: {twice:?}");
        house.end().await.unwrap();
    }
}

/// Amendments are new versions with differences; what is frozen does not move with ledger, texts or decisions.
#[tokio::test]
async fn n_23_an_amendment_is_a_new_version_and_says_what_differs() {
    for engine in BOTH {
        let house = house(engine).await;
        a_year(&house).await;
        let first = frozen(&house).await;
        let officer = house.province_ctx(&house.consolidator).await.unwrap();
        count(&house, &house.b, &house.in_b, 25).await;
        furnish::roll_up(&house).await.unwrap();
        let kept = version(&house.province, &officer, OF, None).await.unwrap();
        assert_eq!(
            (kept.report.hash.as_str(), kept.intact),
            (first.hash.as_str(), true)
        );

        let closed = writing::Write {
            part: "de-xuat",
            read: &hash_of(""),
            text: "Mới",
        };
        let closed = writing::write(&house.province, &officer, OF, closed).await;
        assert!(matches!(closed, Err(Error::Illegal(_))), "{engine:?}: {closed:?}");
        let bare = amending::amend(&house.province, &officer, OF, "").await;
        assert!(matches!(bare, Err(Error::Invalid { field: "ly-do", .. })));
        assert_eq!(
            amending::amend(&house.province, &officer, OF, "Bổ sung huyện B")
                .await
                .unwrap(),
            2
        );
        sent(
            &house,
            (&house.b, &house.in_b),
            &[("II.6", "Phát thanh ở năm xã.")],
        )
        .await;
        accept(&house.province, &officer, house.b.id(), OF, 1)
            .await
            .unwrap();
        told(&house, "de-xuat", "Không có.").await;
        frozen(&house).await;

        let second = version(&house.province, &officer, OF, None).await.unwrap();
        assert_eq!(second.report.version, 2);
        let amends = second.document.amends.as_ref().unwrap();
        assert_eq!((amends.version, amends.reason.as_str()), (1, "Bổ sung huyện B"));
        let changed = |place: &str| {
            let found = second.changes.iter().find(|change| change.place == place);
            let found = found.unwrap_or_else(|| panic!("{engine:?}: {place}: {:?}", second.changes));
            (found.before.clone(), found.now.clone())
        };
        let attended = changed("Nhiệm vụ II.2, Số lượt người tham dự");
        assert_eq!(attended, ("500 lượt người".into(), "525 lượt người".into()));
        assert_eq!(changed("Đề xuất, kiến nghị"), (String::new(), "Không có.".into()));
        assert_eq!(
            changed("Báo cáo của Huyện B tỉnh Thử"),
            (String::new(), "bản 1".into())
        );
        let old = version(&house.province, &officer, OF, Some(1)).await.unwrap();
        assert_eq!(old.report.body, first.body, "{engine:?}");
        // B's blank tasks are named as such now.
        let blank = &second.document.task("II.4").unwrap().absent;
        assert!(
            blank
                .iter()
                .any(|one| one.name == "Huyện B tỉnh Thử" && one.why == Absence::Blank),
            "{blank:?}"
        );
        house.end().await.unwrap();
    }
}

/// The database itself keeps what was sent and what is frozen, whoever asks; and whoever sends cannot decide.
#[tokio::test]
async fn n_23_the_database_keeps_what_was_sent_and_what_is_frozen() {
    for engine in BOTH {
        let house = house(engine).await;
        a_year(&house).await;
        frozen(&house).await;
        let changes = [
            "update province_plan_report set stage = 'draft'",
            "update province_plan_report set body = '{}'",
            "delete from province_plan_report",
            "update province_contribution set body = '{}'",
            "update province_contribution set sent_name = 'Ai đó'",
            "update province_contribution set ledger_seq = ledger_seq + 1",
            "update province_contribution set sent_at = 0, decision = 'accepted'",
            "delete from province_contribution",
        ];
        for change in changes {
            let refused = match &house.ground {
                Ground::Sqlite(file) => {
                    let mut db = SqliteConnection::connect(&file.url()).await.unwrap();
                    db.execute(change).await.is_err()
                }
                Ground::Postgres(databases) => {
                    let mut db = PgConnection::connect(&databases.province_url).await.unwrap();
                    db.execute(change).await.is_err()
                }
            };
            assert!(refused, "{engine:?}: {change}");
        }
        if let Ground::Postgres(databases) = &house.ground {
            for (url, statement) in [
                (
                    &databases.app_url,
                    "update province_contribution set decision = 'accepted'",
                ),
                (&databases.province_url, "delete from province_contribution"),
            ] {
                let mut db = PgConnection::connect(url).await.unwrap();
                assert!(db.execute(statement).await.is_err(), "{statement}");
            }
        }
        house.end().await.unwrap();
    }
}
