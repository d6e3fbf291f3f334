//! OPN-09: an item that stands elsewhere first says so; a copy word for word has that page for its one address, over all mounts; items that were
//! copied from the same page are linked, and the editor is told.

use pbgdpl_app::article::{approve, create, save, submit};
use pbgdpl_model::article::{Content, Copied, Kind, Language};
use pbgdpl_model::id::ArticleId;
use pbgdpl_scope::Tenant;
use pbgdpl_testkit::furnish;
use pbgdpl_testkit::house::{BOTH, House, People};
use pbgdpl_testkit::web::{Answer, Ask, HOSTS, Web};
use scraper::{Html, Selector};
use serde_json::Value;

use super::feeds::texts;
use super::{
    EMBED, PUBLIC, content, copies, done, got, linked, of_a, path_of, publish, published, settled, take_back,
};

const DESK: &str = HOSTS[1].1;
const ORIGINAL: &str = "https://pbgdpl.gov.vn/bai/khai-sinh?id=7";

fn copy(title: &str, verbatim: bool) -> Content {
    Content {
        copied: Some(Copied {
            from: ORIGINAL.parse().unwrap(),
            verbatim,
        }),
        ..content(Kind::Tin, title)
    }
}

/// A tin is published; what follows from it has run.
async fn told(house: &House, whose: (&Tenant, &People), content: Content) -> ArticleId {
    let id = published(house, whose, Kind::Tin, content).await;
    settled(house).await;
    id
}

fn canonical(html: &str) -> String {
    let html = Html::parse_document(html);
    let links = Selector::parse("link[rel=canonical]").unwrap();
    let found: Vec<_> = html.select(&links).filter_map(|link| link.attr("href")).collect();
    assert_eq!(found.len(), 1, "one canonical address");
    found[0].to_owned()
}

/// Where the words under "Nguồn và phê duyệt" lead.
fn origins(html: &str) -> Vec<String> {
    let html = Html::parse_document(html);
    let links = Selector::parse(".origin a[href]").unwrap();
    html.select(&links)
        .map(|link| link.attr("href").unwrap().to_owned())
        .collect()
}

#[tokio::test]
async fn opn_09_a_copy_has_one_canonical_address_over_all_mounts() {
    for engine in BOTH {
        let house = House::on(engine).await.unwrap();
        let whole = told(&house, of_a(&house), copy("Sao nguyên văn", true)).await;
        let retold = told(&house, of_a(&house), copy("Kể lại", false)).await;
        let own = publish(&house, &house.a, &house.in_a, Kind::Tin, "Bài của mình").await;
        settled(&house).await;
        let site = furnish::site(&house, &house.a, &house.in_a, "A").await.unwrap();
        house.store.machinery().poll_registry().await.unwrap();
        let web = Web::of(&house, true).unwrap();
        for (id, elsewhere) in [(whole, true), (retold, false), (own, false)] {
            let path = path_of(&web, "so-a", id).await;
            let inside = path.strip_prefix("/so-a").unwrap();
            let wanted = if elsewhere {
                ORIGINAL.to_owned()
            } else {
                format!("https://thu.example{path}")
            };
            for (host, path) in [
                (PUBLIC, path.clone()),
                ("so-a.thu.example", inside.to_owned()),
                (EMBED, format!("/k/{}{inside}", site.key)),
            ] {
                let page = web.ask(&Ask::get(host, &path)).await.unwrap();
                assert_eq!(page.status, 200, "{engine:?} {host}{path}");
                assert_eq!(canonical(&page.text()), wanted, "{engine:?} {host}{path}");
            }
            let listed = texts(&got(&web, "/so-a/sitemap.xml").await.text(), "loc");
            let ours = format!("https://thu.example{path}");
            assert_eq!(listed.contains(&ours), !elsewhere, "{engine:?}: {listed:?}");
            let listed = texts(&got(&web, "/sitemap.xml").await.text(), "loc");
            assert_eq!(listed.contains(&ours), !elsewhere, "{engine:?}: {listed:?}");
        }
        for (id, verbatim) in [(whole, true), (retold, false)] {
            let page = got(&web, &path_of(&web, "so-a", id).await).await.text();
            assert!(origins(&page).contains(&ORIGINAL.to_owned()), "{engine:?}");
            assert_eq!(page.contains("sao nguyên văn"), verbatim);
            let said = linked(&page);
            assert_eq!(said["isBasedOn"], ORIGINAL, "{engine:?}");
            assert_eq!(said["sameAs"] == ORIGINAL, verbatim, "{engine:?}: {said}");
            let item: Value =
                serde_json::from_str(&got(&web, &format!("/api/v1/bai/{id}")).await.text()).unwrap();
            assert_eq!(item["original"]["address"], ORIGINAL);
            assert_eq!(item["original"]["verbatim"], verbatim);
            let record = format!(
                "/oai?verb=GetRecord&metadataPrefix=oai_dc&identifier=urn:uuid:{}",
                id.0
            );
            let record = got(&web, &record).await.text();
            assert_eq!(texts(&record, "dc:source"), [ORIGINAL], "{engine:?}");
        }
        let page = got(&web, &path_of(&web, "so-a", own).await).await.text();
        assert_eq!(origins(&page), [""; 0], "{engine:?}");
        house.end().await.unwrap();
    }
}

#[tokio::test]
async fn opn_09_items_from_the_same_page_are_linked_and_the_editor_is_told() {
    for engine in BOTH {
        let house = House::on(engine).await.unwrap();
        let web = Web::of(&house, true).unwrap();
        let first = told(&house, of_a(&house), copy("Bài ở sở", true)).await;
        let first_path = path_of(&web, "so-a", first).await;
        let alone = got(&web, &first_path).await.text();
        assert_eq!(origins(&alone), [ORIGINAL], "{engine:?}");
        // The other agency writes the address otherwise: the same page, and the desk says who has it.
        let session = house.session(&house.in_b.editor).await.unwrap();
        let typed = [
            ("kind", "tin"),
            ("title", "Bài ở huyện"),
            ("summary", "Tóm tắt"),
            ("body", "Nội dung"),
            ("copied_from", "HTTPS://PBGDPL.gov.vn:443/bai/khai-sinh?id=7#dau"),
            ("act", "xem-truoc"),
        ];
        let ask = Ask::post(DESK, "/quan-tri/huyen-b/bai", &typed).signed_in(&session);
        let preview = web.ask(&ask).await.unwrap();
        assert_eq!(preview.status, 200, "{engine:?}");
        assert!(
            preview.text().contains("Trang này đã có ở") && preview.text().contains("Bài ở sở"),
            "{engine:?}: {}",
            preview.text()
        );
        for bad in [
            "http://pbgdpl.gov.vn/bai/1",
            "pbgdpl.gov.vn",
            "javascript:alert(1)",
        ] {
            let mut typed = typed.to_vec();
            typed.retain(|(name, _)| !matches!(*name, "copied_from" | "act"));
            typed.push(("copied_from", bad));
            let ask = Ask::post(DESK, "/quan-tri/huyen-b/bai", &typed).signed_in(&session);
            let refused = web.ask(&ask).await.unwrap();
            assert_eq!(refused.status, 422, "{engine:?} {bad}");
            assert!(
                refused.text().contains("bắt đầu bằng https://"),
                "{engine:?} {bad}"
            );
        }
        let second = told(&house, (&house.b, &house.in_b), copy("Bài ở huyện", false)).await;
        let second_path = path_of(&web, "huyen-b", second).await;
        let page = got(&web, &second_path).await.text();
        assert_eq!(
            origins(&page),
            [ORIGINAL.to_owned(), format!("https://thu.example{first_path}")],
            "{engine:?}"
        );
        let here = format!("/quan-tri/huyen-b/bai/{second}");
        let read = web.ask(&Ask::get(DESK, &here).signed_in(&session)).await.unwrap();
        assert!(read.text().contains("Đã có ở"), "{engine:?}: {}", read.text());
        // The first learns of it when its page is made anew: with the next day at the latest.
        house.clock.advance_seconds(86_400);
        let page = got(&web, &first_path).await.text();
        assert!(
            origins(&page).contains(&format!("https://thu.example{second_path}")),
            "{engine:?}: {page}"
        );
        house.end().await.unwrap();
    }
}

/// Sends the editor's form of the second agency; `more` is what is said of the original, and the act.
async fn typed(web: &Web, session: &str, path: &str, more: &[(&str, &str)]) -> Answer {
    let mut form = vec![
        ("kind", "tin"),
        ("title", "Bài của huyện"),
        ("summary", "Tóm tắt"),
        ("body", "Nội dung"),
        ("based_on", "1"),
    ];
    form.extend(more);
    let ask = Ask::post(DESK, &format!("/quan-tri/huyen-b/bai{path}"), &form).signed_in(session);
    web.ask(&ask).await.unwrap()
}

/// The item that was kept.
fn kept(answer: &Answer) -> ArticleId {
    assert_eq!(answer.status, 303, "{}", answer.text());
    let to = answer.header("location").split('?').next().unwrap();
    to.rsplit('/').next().unwrap().parse().unwrap()
}

#[tokio::test]
async fn opn_09_copies_everywhere_hide_no_sister_and_are_counted() {
    const COPY: &str = "Bài chép nhiều nơi";
    for engine in BOTH {
        let house = House::on(engine).await.unwrap();
        let original = told(&house, of_a(&house), copy("Bài ở sở", false)).await;
        let in_gia_rai = Content {
            language: Language::Jarai,
            translates: Some(original),
            ..copy("Bài tiếng Gia Rai", false)
        };
        let in_gia_rai = told(&house, of_a(&house), in_gia_rai).await;
        // In a language that comes before the original's in any order of words.
        let elsewhere = Content {
            language: Language::Bahnar,
            ..copy(COPY, false)
        };
        let elsewhere = told(&house, (&house.b, &house.in_b), elsewhere).await;
        for (more, left) in [(7, "và 3 nơi khác"), (45, "và nhiều nơi khác")] {
            copies(&house, elsewhere, more).await;
            // A node that has kept nothing.
            let web = Web::of(&house, true).unwrap();
            let original = path_of(&web, "so-a", original).await;
            let page = got(&web, &path_of(&web, "so-a", in_gia_rai).await).await.text();
            assert!(
                page.contains(&format!("hreflang=\"vi\" href=\"https://thu.example{original}\"")),
                "{engine:?}: {page}"
            );
            assert_eq!(page.matches(COPY).count(), 5, "{engine:?}: {page}");
            assert!(page.contains(left), "{engine:?} {left}: {page}");
            let session = house.session(&house.in_b.editor).await.unwrap();
            let form = typed(
                &web,
                &session,
                "",
                &[("copied_from", ORIGINAL), ("act", "xem-truoc")],
            )
            .await;
            assert_eq!(form.status, 200, "{engine:?}");
            let form = form.text();
            // Behind the name of a place: the list of originals has the titles alone.
            let named = format!(": {COPY}");
            assert_eq!(form.matches(&named).count(), 3, "{engine:?}: {form}");
            assert!(form.contains("nơi khác"), "{engine:?}: {form}");
        }
        house.end().await.unwrap();
    }
}

#[tokio::test]
async fn opn_09_an_original_of_ours_is_kept_under_its_one_address() {
    for engine in BOTH {
        let house = House::on(engine).await.unwrap();
        let first = publish(&house, &house.a, &house.in_a, Kind::Tin, "Bài của sở").await;
        settled(&house).await;
        let site = furnish::site(&house, &house.a, &house.in_a, "A").await.unwrap();
        house.store.machinery().poll_registry().await.unwrap();
        let web = Web::of(&house, true).unwrap();
        let session = house.session(&house.in_b.editor).await.unwrap();
        let path = path_of(&web, "so-a", first).await;
        let inside = path.strip_prefix("/so-a").unwrap();
        let kept_from = async |address: &str| {
            let said = [("copied_from", address), ("act", "luu")];
            let id = kept(&typed(&web, &session, "", &said).await);
            let agency = house.store.read().tenant(&house.b).await.unwrap();
            let version = agency.article_version(id, 1).await.unwrap().unwrap();
            version.content.copied.unwrap().from.as_str().to_owned()
        };
        for address in [
            format!("https://{PUBLIC}{path}"),
            format!("https://{PUBLIC}/so-a/bai/{first}?tu=thu#dau"),
            format!("https://so-a.thu.example{inside}"),
            format!("https://{EMBED}/k/{}{inside}", site.key),
            format!("https://{DESK}/quan-tri/so-a/bai/{first}"),
        ] {
            let stands = kept_from(&address).await;
            assert_eq!(
                stands,
                format!("https://thu.example{path}"),
                "{engine:?} {address}"
            );
        }
        // An item of somebody else's whose address looks like ours.
        let foreign = "https://bao.example/bai/01h00000000000000000000000-tin";
        assert_eq!(kept_from(foreign).await, foreign, "{engine:?}");
        house.end().await.unwrap();
    }
}

#[tokio::test]
async fn opn_09_no_item_is_its_own_original_nor_a_copy_of_a_copy() {
    for engine in BOTH {
        let house = House::on(engine).await.unwrap();
        let first = publish(&house, &house.a, &house.in_a, Kind::Tin, "Bài của sở").await;
        let copied = told(&house, of_a(&house), copy("Bài sao", true)).await;
        let gone = publish(&house, &house.a, &house.in_a, Kind::Tin, "Bài đã gỡ").await;
        take_back(&house, gone).await;
        let editor = house.ctx(&house.a, &house.in_a.editor).await.unwrap();
        let draft = create::create(&house.app, &editor, Kind::Tin, copy("Bài nháp", false)).await;
        let draft = done(draft.unwrap());
        let web = Web::of(&house, true).unwrap();
        let session = house.session(&house.in_b.editor).await.unwrap();
        let at = |id: ArticleId| format!("https://so-a.thu.example/bai/{id}");
        let own = kept(&typed(&web, &session, "", &[("act", "luu")]).await);
        let itself = format!("https://{PUBLIC}/huyen-b/bai/{own}");
        for (path, address, verbatim, words) in [
            (format!("/{own}/sua"), itself, "", "chính bài này"),
            (String::new(), at(copied), "1", "cũng sao nguyên văn"),
            (String::new(), at(gone), "1", "bài đó đã gỡ"),
            (String::new(), at(draft), "", "không công bố"),
        ] {
            let said = [
                ("copied_from", address.as_str()),
                ("verbatim", verbatim),
                ("act", "luu"),
            ];
            let refused = typed(&web, &session, &path, &said).await;
            assert_eq!(refused.status, 422, "{engine:?} {address}");
            assert!(
                refused.text().contains(words),
                "{engine:?} {words}: {}",
                refused.text()
            );
        }
        // Retold in own words it may name any page that is public.
        let address = at(copied);
        let said = [("copied_from", address.as_str()), ("act", "luu")];
        kept(&typed(&web, &session, "", &said).await);

        // What fitted when it was written is a copy of a copy when it is approved: the approver sees it.
        let address = at(first);
        let said = [
            ("copied_from", address.as_str()),
            ("verbatim", "1"),
            ("act", "gui"),
        ];
        let waiting = kept(&typed(&web, &session, "", &said).await);
        let session = house.session(&house.in_b.approver).await.unwrap();
        let seen = async || {
            let ask = Ask::get(DESK, &format!("/quan-tri/huyen-b/bai/{waiting}")).signed_in(&session);
            web.ask(&ask).await.unwrap().text()
        };
        assert!(!seen().await.contains("cũng sao nguyên văn"), "{engine:?}");
        let order = save::Save {
            article: first,
            based_on: 1,
            content: copy("Bài của sở", true),
            note: String::new(),
        };
        done(save::save(&house.app, &editor, order).await.unwrap());
        done(submit::submit(&house.app, &editor, first).await.unwrap());
        let approver = house.ctx(&house.a, &house.in_a.approver).await.unwrap();
        done(
            approve::approve(&house.app, &approver, first, 2, "")
                .await
                .unwrap(),
        );
        assert!(seen().await.contains("cũng sao nguyên văn"), "{engine:?}");
        house.end().await.unwrap();
    }
}
