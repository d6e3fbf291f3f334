//! Items in several languages: each names its sisters to readers, search engines and programs; what cannot be a translation is refused.

use std::collections::BTreeSet;

use pbgdpl_app::article::{Outcome, approve, create, save, submit, withdraw};
use pbgdpl_model::article::{Content, Copied, Kind, Language};
use pbgdpl_model::id::ArticleId;
use pbgdpl_testkit::furnish;
use pbgdpl_testkit::house::{BOTH, House};
use pbgdpl_testkit::web::{Ask, HOSTS, Web};
use scraper::{Html, Selector};
use serde_json::Value;

use super::feeds::texts;
use super::{EMBED, content, done, got, linked, of_a, path_of, publish, published, settled, take_back};

const DESK: &str = HOSTS[1].1;
const ELSEWHERE: &str = "https://pbgdpl.gov.vn/bai/khai-sinh?id=7";
const BAHNAR: &str = "Ƀơngai Ƀahnar ơ̆";

/// What an item in a language says that translates another.
fn translation(language: Language, translates: Option<ArticleId>) -> Content {
    Content {
        language,
        translates,
        ..content(Kind::Tin, BAHNAR)
    }
}

/// (language, address) of each alternate of a page.
fn alternates(html: &str) -> BTreeSet<(String, String)> {
    let html = Html::parse_document(html);
    let links = Selector::parse("link[rel=alternate][hreflang]").unwrap();
    html.select(&links)
        .map(|link| {
            let said = |name| link.attr(name).unwrap().to_owned();
            (said("hreflang"), said("href"))
        })
        .collect()
}

#[tokio::test]
async fn sisters_name_each_other_to_readers_and_to_search_engines() {
    for engine in BOTH {
        let house = House::on(engine).await.unwrap();
        let vi = publish(&house, &house.a, &house.in_a, Kind::Tin, "Khai sinh cho con").await;
        let web = Web::of(&house, true).unwrap();
        let vi_path = path_of(&web, "so-a", vi).await;
        let alone = got(&web, &vi_path).await.text();
        assert!(alternates(&alone).is_empty() && !alone.contains("tiếng khác"));
        let bdq = published(
            &house,
            of_a(&house),
            Kind::Tin,
            translation(Language::Bahnar, Some(vi)),
        )
        .await;
        let jra = published(
            &house,
            of_a(&house),
            Kind::Tin,
            translation(Language::Jarai, Some(vi)),
        )
        .await;
        settled(&house).await;
        let bdq_path = path_of(&web, "so-a", bdq).await;
        let jra_path = path_of(&web, "so-a", jra).await;
        let all: BTreeSet<(String, String)> = [("vi", &vi_path), ("bdq", &bdq_path), ("jra", &jra_path)]
            .into_iter()
            .map(|(language, path)| (language.to_owned(), format!("https://thu.example{path}")))
            .collect();
        for (path, language) in [(&vi_path, "vi"), (&bdq_path, "bdq"), (&jra_path, "jra")] {
            let page = got(&web, path).await.text();
            assert_eq!(alternates(&page), all, "{engine:?} {path}");
            let html = Html::parse_document(&page);
            let mut seen = BTreeSet::new();
            for link in html.select(&Selector::parse("main dl a[hreflang]").unwrap()) {
                assert_eq!(got(&web, link.attr("href").unwrap()).await.status, 200);
                seen.insert(link.attr("hreflang").unwrap().to_owned());
            }
            assert_eq!(seen.len(), 2, "{engine:?} {path}: {seen:?}");
            assert!(!seen.contains(language));
            let heading = html.select(&Selector::parse("h1").unwrap()).next().unwrap();
            assert_eq!(heading.attr("lang").unwrap_or("vi"), language);
            let said = linked(&page);
            assert_eq!(said["inLanguage"], language, "{engine:?}");
            let original = &said["translationOfWork"]["@id"];
            let wanted = (language != "vi").then(|| format!("https://thu.example{vi_path}"));
            assert_eq!(original.as_str().map(str::to_owned), wanted, "{engine:?}");
        }
        // A list of a Vietnamese page says which of its lines are in another language.
        let list = got(&web, "/so-a/loai/tin").await.text();
        assert!(list.contains("lang=\"bdq\"") && list.contains("lang=\"jra\""));

        let sitemap = got(&web, "/so-a/sitemap.xml").await.text();
        assert_eq!(
            sitemap.matches("<xhtml:link ").count(),
            9,
            "{engine:?}: {sitemap}"
        );
        assert_eq!(
            got(&web, "/sitemap.xml")
                .await
                .text()
                .matches("<xhtml:link ")
                .count(),
            9
        );
        let site = furnish::site(&house, &house.a, &house.in_a, "A").await.unwrap();
        house.store.machinery().poll_registry().await.unwrap();
        let framed = vi_path.replace("/so-a/", &format!("/k/{}/", site.key));
        let framed = web.ask(&Ask::get(EMBED, &framed)).await.unwrap();
        assert_eq!(framed.status, 200);
        assert!(alternates(&framed.text()).is_empty());

        // What was taken back is named no more.
        let approver = house.ctx(&house.a, &house.in_a.approver).await.unwrap();
        withdraw::withdraw(&house.app, &approver, jra, "Dịch sai.")
            .await
            .unwrap();
        settled(&house).await;
        let left = alternates(&got(&web, &vi_path).await.text());
        assert_eq!(left.len(), 2, "{engine:?}: {left:?}");
        let sitemap = got(&web, "/so-a/sitemap.xml").await.text();
        assert_eq!(
            sitemap.matches("<xhtml:link ").count(),
            4,
            "{engine:?}: {sitemap}"
        );
        house.end().await.unwrap();
    }
}

#[tokio::test]
async fn programs_are_told_the_language_and_may_ask_for_one() {
    for engine in BOTH {
        let house = House::on(engine).await.unwrap();
        let vi = publish(&house, &house.a, &house.in_a, Kind::Tin, "Khai sinh cho con").await;
        let bdq = published(
            &house,
            of_a(&house),
            Kind::Tin,
            translation(Language::Bahnar, Some(vi)),
        )
        .await;
        settled(&house).await;
        let web = Web::of(&house, true).unwrap();
        for feed in ["/feed", "/so-a/feed", "/so-a/loai/tin/feed"] {
            let asked = async |file: &str, language: &str| {
                let answer = got(&web, &format!("{feed}.{file}?tieng={language}")).await;
                assert_eq!(answer.status, 200, "{engine:?} {feed}.{file} {language}");
                answer.text()
            };
            let whole: Value =
                serde_json::from_str(&got(&web, &format!("{feed}.json")).await.text()).unwrap();
            assert_eq!(whole["items"].as_array().unwrap().len(), 2, "{engine:?} {feed}");
            for (language, entries) in [("bdq", 1), ("vi", 1), ("jra", 0)] {
                let json: Value = serde_json::from_str(&asked("json", language).await).unwrap();
                assert_eq!(json["language"], language);
                assert!(
                    json["feed_url"]
                        .as_str()
                        .unwrap()
                        .ends_with(&format!("?tieng={language}"))
                );
                let items = json["items"].as_array().unwrap();
                assert_eq!(items.len(), entries, "{engine:?} {feed} {language}");
                assert!(items.iter().all(|item| item["language"] == language));
                let rss = asked("rss", language).await;
                assert_eq!(texts(&rss, "language"), [language]);
                assert_eq!(texts(&rss, "dc:language").len(), entries);
                let atom = asked("atom", language).await;
                assert!(atom.contains(&format!("xml:lang=\"{language}\"")), "{atom}");
                assert_eq!(atom.matches("<entry").count(), entries);
            }
            let mixed = got(&web, &format!("{feed}.atom")).await.text();
            assert!(mixed.contains("<entry xml:lang=\"bdq\">"), "{engine:?}: {mixed}");
            assert_eq!(got(&web, &format!("{feed}.rss?tieng=en")).await.status, 404);
        }
        let item: Value =
            serde_json::from_str(&got(&web, &format!("/api/v1/bai/{bdq}")).await.text()).unwrap();
        assert_eq!(item["language"], "bdq", "{engine:?}: {item}");
        assert_eq!(item["translation_of"], format!("urn:uuid:{}", vi.0));
        let item: Value =
            serde_json::from_str(&got(&web, &format!("/api/v1/bai/{vi}")).await.text()).unwrap();
        assert_eq!(
            (&item["language"], &item["translation_of"]),
            (&"vi".into(), &Value::Null)
        );
        let record = format!(
            "/oai?verb=GetRecord&metadataPrefix=oai_dc&identifier=urn:uuid:{}",
            bdq.0
        );
        let record = got(&web, &record).await.text();
        assert_eq!(texts(&record, "dc:language"), ["bdq"], "{engine:?}: {record}");
        let rows = got(&web, "/du-lieu/bai.csv").await.text();
        assert!(
            rows.contains(",bdq,") && rows.contains(",vi,"),
            "{engine:?}: {rows}"
        );
        house.end().await.unwrap();
    }
}

/// Which field stops this content from being kept as a new item.
async fn stopped(house: &House, content: Content) -> Option<&'static str> {
    let editor = house.ctx(&house.a, &house.in_a.editor).await.unwrap();
    match create::create(&house.app, &editor, Kind::Tin, content)
        .await
        .unwrap()
    {
        Outcome::Unmet(problems) => Some(problems[0].field),
        Outcome::Done(_) => None,
        Outcome::Stale(_) => panic!("nobody else writes"),
    }
}

#[tokio::test]
async fn what_cannot_be_a_translation_is_refused() {
    for engine in BOTH {
        let house = House::on(engine).await.unwrap();
        let vi = publish(&house, &house.a, &house.in_a, Kind::Tin, "Khai sinh cho con").await;
        let other = publish(&house, &house.b, &house.in_b, Kind::Tin, "Tin của huyện").await;
        let bdq = published(
            &house,
            of_a(&house),
            Kind::Tin,
            translation(Language::Bahnar, Some(vi)),
        )
        .await;
        let editor = house.ctx(&house.a, &house.in_a.editor).await.unwrap();
        let draft = translation(Language::Jarai, Some(vi));
        let draft = done(
            create::create(&house.app, &editor, Kind::Tin, draft)
                .await
                .unwrap(),
        );
        for (language, original, field) in [
            // Its own language, one that is there already, a translation, another agency's, one that is not public.
            (Language::Vietnamese, vi, "language"),
            (Language::Bahnar, vi, "language"),
            (Language::Sedang, bdq, "translates"),
            (Language::Sedang, other, "translates"),
            (Language::Sedang, draft, "translates"),
        ] {
            let refused = stopped(&house, translation(language, Some(original))).await;
            assert_eq!(refused, Some(field), "{engine:?} {language:?} of {original}");
        }
        let fits = stopped(&house, translation(Language::Sedang, Some(vi))).await;
        assert_eq!(fits, None, "{engine:?}");
        // An original stays one, and is not in the language of its own translation.
        let saved = async |content: Content| {
            let order = save::Save {
                article: vi,
                based_on: 1,
                content,
                note: String::new(),
            };
            match save::save(&house.app, &editor, order).await.unwrap() {
                Outcome::Unmet(problems) => problems[0].field,
                other => panic!("{other:?}"),
            }
        };
        assert_eq!(saved(translation(Language::Jeh, Some(bdq))).await, "translates");
        assert_eq!(saved(translation(Language::Jeh, Some(vi))).await, "translates");
        assert_eq!(saved(translation(Language::Bahnar, None)).await, "language");
        // Asked again when it is published: meanwhile another one took its place.
        done(submit::submit(&house.app, &editor, draft).await.unwrap());
        published(
            &house,
            of_a(&house),
            Kind::Tin,
            translation(Language::Jarai, Some(vi)),
        )
        .await;
        let approver = house.ctx(&house.a, &house.in_a.approver).await.unwrap();
        let refused = approve::approve(&house.app, &approver, draft, 1, "")
            .await
            .unwrap();
        assert!(
            matches!(&refused, Outcome::Unmet(problems) if problems[0].field == "language"),
            "{refused:?}"
        );
        house.end().await.unwrap();
    }
}

/// An item of the first agency that was sent to be approved.
async fn sent(house: &House, content: Content) -> ArticleId {
    let editor = house.ctx(&house.a, &house.in_a.editor).await.unwrap();
    let made = create::create(&house.app, &editor, Kind::Tin, content).await;
    let id = done(made.unwrap());
    done(submit::submit(&house.app, &editor, id).await.unwrap());
    id
}

async fn saved(house: &House, article: ArticleId, based_on: i32, content: Content) -> Outcome<i32> {
    let editor = house.ctx(&house.a, &house.in_a.editor).await.unwrap();
    let order = save::Save {
        article,
        based_on,
        content,
        note: String::new(),
    };
    save::save(&house.app, &editor, order).await.unwrap()
}

/// (words, address) of the links beside an item on the desk, and what was checked.
fn beside(html: &str) -> (Vec<(String, String)>, String) {
    let html = Html::parse_document(html);
    let links = Selector::parse("#kiem-tra a[href]").unwrap();
    let links: Vec<(String, String)> = html
        .select(&links)
        .map(|link| {
            let words = link.text().collect::<String>();
            (words, link.attr("href").unwrap().to_owned())
        })
        .collect();
    let checks = Selector::parse("#kiem-tra li").unwrap();
    let checks: Vec<String> = html.select(&checks).map(|check| check.text().collect()).collect();
    (links, checks.join("\n"))
}

#[tokio::test]
async fn an_approver_sees_original_and_source_before_the_first_publication() {
    for engine in BOTH {
        let house = House::on(engine).await.unwrap();
        let vi = publish(&house, &house.a, &house.in_a, Kind::Tin, "Khai sinh cho con").await;
        let waiting = Content {
            copied: Some(Copied {
                from: ELSEWHERE.parse().unwrap(),
                verbatim: true,
            }),
            ..translation(Language::Bahnar, Some(vi))
        };
        let waiting = sent(&house, waiting).await;
        let web = Web::of(&house, true).unwrap();
        let session = house.session(&house.in_a.approver).await.unwrap();
        let desk = async |path: String| {
            let ask = Ask::get(DESK, &format!("/quan-tri/so-a/bai/{path}")).signed_in(&session);
            let answer = web.ask(&ask).await.unwrap();
            assert_eq!(answer.status, 200, "{engine:?} {path}");
            answer.text()
        };
        let (links, checks) = beside(&desk(waiting.to_string()).await);
        assert!(
            checks.contains("Tiếng Ba Na, bản dịch, đăng lại từ pbgdpl.gov.vn"),
            "{engine:?}: {checks}"
        );
        let of = |start: &str| {
            let found = links.iter().find(|(words, _)| words.starts_with(start));
            found.unwrap_or_else(|| panic!("{engine:?}: no {start} in {links:?}"))
        };
        let original = of("Dịch từ bài: Khai sinh cho con");
        assert_eq!(original.1, format!("https://thu.example/so-a/bai/{vi}"));
        assert_eq!(
            of("Bản gốc ở pbgdpl.gov.vn (sao nguyên văn").1,
            ELSEWHERE,
            "{engine:?}"
        );

        // What differs between versions is said by title.
        let other = publish(&house, &house.a, &house.in_a, Kind::Tin, "Đăng ký kết hôn").await;
        let jra = translation(Language::Jarai, Some(vi));
        let editor = house.ctx(&house.a, &house.in_a.editor).await.unwrap();
        let made = create::create(&house.app, &editor, Kind::Tin, jra).await;
        let jra = done(made.unwrap());
        done(saved(&house, jra, 1, translation(Language::Jarai, Some(other))).await);
        let compared = desk(format!("{jra}/so-sanh?cu=1&moi=2")).await;
        assert!(
            compared.contains("Khai sinh cho con") && compared.contains("Đăng ký kết hôn"),
            "{engine:?}: {compared}"
        );
        assert!(!compared.contains(&vi.to_string()), "{engine:?}: {compared}");

        take_back(&house, vi).await;
        let (links, checks) = beside(&desk(waiting.to_string()).await);
        assert!(
            checks.contains("Bài gốc không còn công bố"),
            "{engine:?}: {checks}"
        );
        assert!(
            !links.iter().any(|(words, _)| words.starts_with("Dịch từ bài")),
            "{engine:?}: {links:?}"
        );
        house.end().await.unwrap();
    }
}

#[tokio::test]
async fn a_translation_whose_original_was_taken_back_can_be_put_right() {
    for engine in BOTH {
        let house = House::on(engine).await.unwrap();
        let vi = publish(&house, &house.a, &house.in_a, Kind::Tin, "Khai sinh cho con").await;
        let bdq = published(
            &house,
            of_a(&house),
            Kind::Tin,
            translation(Language::Bahnar, Some(vi)),
        )
        .await;
        take_back(&house, vi).await;
        let mended = Content {
            body: "Đã sửa.".into(),
            ..translation(Language::Bahnar, Some(vi))
        };
        assert_eq!(done(saved(&house, bdq, 1, mended).await), 2, "{engine:?}");
        let editor = house.ctx(&house.a, &house.in_a.editor).await.unwrap();
        let approver = house.ctx(&house.a, &house.in_a.approver).await.unwrap();
        done(submit::submit(&house.app, &editor, bdq).await.unwrap());
        done(approve::approve(&house.app, &approver, bdq, 2, "").await.unwrap());
        let web = Web::of(&house, true).unwrap();
        let page = got(&web, &path_of(&web, "so-a", bdq).await).await.text();
        assert!(page.contains("Đã sửa."), "{engine:?}: {page}");
        // Nothing new begins with what was taken back, and no other public item comes to it.
        let refused = stopped(&house, translation(Language::Jarai, Some(vi))).await;
        assert_eq!(refused, Some("translates"), "{engine:?}");
        let alone = published(&house, of_a(&house), Kind::Tin, translation(Language::Jeh, None)).await;
        let refused = saved(&house, alone, 1, translation(Language::Jeh, Some(vi))).await;
        assert!(
            matches!(&refused, Outcome::Unmet(problems) if problems[0].field == "translates"),
            "{engine:?}: {refused:?}"
        );
        house.end().await.unwrap();
    }
}

#[tokio::test]
async fn of_two_translations_into_one_language_approved_at_once_one_stands() {
    for engine in BOTH {
        let house = House::on(engine).await.unwrap();
        let vi = publish(&house, &house.a, &house.in_a, Kind::Tin, "Khai sinh cho con").await;
        let approver = house.ctx(&house.a, &house.in_a.approver).await.unwrap();
        for language in Language::ALL {
            if language.is_usual() {
                continue;
            }
            let first = sent(&house, translation(language, Some(vi))).await;
            let second = sent(&house, translation(language, Some(vi))).await;
            let approved = |id| approve::approve(&house.app, &approver, id, 1, "");
            let (first, second) = tokio::join!(approved(first), approved(second));
            let outcomes = [first.unwrap(), second.unwrap()];
            let stand = outcomes.iter().filter(|one| matches!(one, Outcome::Done(())));
            assert_eq!(stand.count(), 1, "{engine:?} {language:?}: {outcomes:?}");
            let refused = outcomes
                .iter()
                .filter(|one| matches!(one, Outcome::Unmet(problems) if problems[0].field == "language"));
            assert_eq!(refused.count(), 1, "{engine:?} {language:?}: {outcomes:?}");
        }
        house.end().await.unwrap();
    }
}
