//! What an outsider may have of the two years: the exports as JSON, the files as they were exported, the answers that were
//! given on the way. The recount reads nothing else.

use chrono::NaiveDate;
use pbgdpl_app::report::export;
use pbgdpl_model::structure::View;
use pbgdpl_province::manifest::export::export as files;
use pbgdpl_province::report::export::ConsolidationExport;
use pbgdpl_province::report::{Term, consolidate};
use pbgdpl_scope::{ProvinceCtx, RequestId};
use serde_json::{Value, json};

use crate::province::Place;
use crate::questions::Answered;
use crate::reports::rounds;

/// The exports.
#[derive(Debug)]
pub(crate) struct Taken {
    /// `ledger export` of all agencies and days.
    pub(crate) ledger: Vec<Value>,
    /// `report export` of every version of every form of every agency.
    pub(crate) reports: Vec<Value>,
    /// `report export … tinh`: every version of the province's forms.
    pub(crate) sums: Vec<Value>,
    /// The same at the moment they were frozen.
    pub(crate) frozen: Vec<Value>,
    /// The sums read by the structure of a day.
    pub(crate) redrawn: Vec<Value>,
    /// Form files by their id: TOML.
    pub(crate) forms: Vec<(String, String)>,
    /// The indicators that they name, by id.
    pub(crate) indicators: Vec<(String, String)>,
    /// Since when which reorganisations were written down: RFC 3339, TOML of each.
    pub(crate) structure: Vec<(String, Vec<String>)>,
    /// Questions with the product's answers.
    pub(crate) answers: Vec<Answered>,
}

impl Taken {
    /// The two years hold what they are said to hold.
    pub(crate) fn is_rich(&self) {
        let any = |what: &str, holds: &dyn Fn(&Value) -> bool| {
            assert!(self.ledger.iter().any(holds), "no {what} in the ledger");
        };
        any("reversal", &|row| row["reverses"].is_number());
        any("joint activity", &|row| {
            !row["partners"].as_array().unwrap().is_empty()
        });
        any("late entry for the year before", &|row| {
            row["day"].as_str() < Some("2021-01-01") && row["at"].as_str() > Some("2021-01-01")
        });
        for slug in [crate::files::NEW, crate::files::HEIR] {
            any(slug, &|row| row["agency"] == slug);
        }
        assert!(
            self.reports.iter().any(|report| report["version"] == 3),
            "nothing was returned and amended"
        );
        assert!(
            self.sums
                .iter()
                .any(|sum| !sum["missing"].as_array().unwrap().is_empty())
        );
        let gathered = self.answers.iter().filter(|answer| answer.on.is_some());
        assert!(gathered.count() > self.answers.len() / 2);
        let past = self.answers.iter().filter(|answer| answer.known.is_some());
        assert!(past.count() > self.answers.len() / 4);
        // A unit that ended told of its own days, and stands in the sum of its year; by the structure of later it is a part.
        let told = |sum: &Value| {
            let last = sum["period"] == "nam-chinh-thuc" && sum["year"] == 2021;
            let sources = sum["sources"].as_array().unwrap();
            last && sources
                .iter()
                .any(|source| source["agency"]["slug"] == crate::files::TRANSPORT)
        };
        assert!(self.sums.iter().any(told), "the last report of a unit that ended");
        let part = format!("{}/{}", crate::files::HEIR, crate::files::TRANSPORT);
        let drawn = self
            .redrawn
            .iter()
            .flat_map(|drawn| drawn["rows"].as_array().unwrap());
        assert!(
            drawn.into_iter().any(|row| row["key"] == part),
            "no line was gathered"
        );
        // What was frozen is what it was, whatever was reorganised and recorded since.
        assert!(!self.frozen.is_empty());
        for frozen in &self.frozen {
            assert!(
                self.sums.contains(frozen),
                "changed after it was frozen: {} {}",
                frozen["form"],
                frozen["period"]
            );
        }
    }

    /// As if nobody had ever followed anybody.
    pub(crate) fn forget_successions(&mut self) {
        self.structure.clear();
    }
}

/// The files of successions as they are exported now.
pub(crate) async fn reorganisations(place: &Place) -> Vec<String> {
    let exported = exported(place).await;
    let texts = exported
        .into_iter()
        .filter(|(name, _)| name.starts_with("reorganisations/"));
    texts.map(|(_, text)| text).collect()
}

async fn exported(place: &Place) -> Vec<(String, String)> {
    let snapshot = place.app.store().registry().now();
    let ctx = ProvinceCtx::of_system(
        snapshot,
        "pbgdpl tenants",
        place.now(),
        RequestId::new("history".into()),
    );
    files(&place.province, &ctx).await.unwrap()
}

/// Takes everything out.
pub(crate) async fn taken(
    place: &Place,
    structure: Vec<(String, Vec<String>)>,
    frozen: Vec<Value>,
    answers: Vec<Answered>,
) -> Taken {
    let day = |text: &str| -> NaiveDate { text.parse().unwrap() };
    let (mut ledger, mut reports) = (Vec::new(), Vec::new());
    for tenant in place.tenants() {
        let ctx = place.reporter(&tenant);
        let rows = export::ledger(&place.app, &ctx, day("2019-01-01"), day("2030-01-01"))
            .await
            .unwrap();
        ledger.extend(rows.iter().map(|row| serde_json::to_value(row).unwrap()));
        let reader = place.app.store().read().tenant(&tenant).await.unwrap();
        let kept = reader.reports().await.unwrap();
        drop(reader);
        for report in kept {
            let report = export::report(&place.app, &ctx, report.id).await.unwrap();
            reports.push(serde_json::to_value(&report).unwrap());
        }
    }
    let (mut sums, mut redrawn) = (Vec::new(), Vec::new());
    for (round, _) in rounds() {
        let term = Term {
            kind: round.kind,
            year: round.year,
        };
        for form in ["09c", "10c"] {
            versions(place, form, term, &mut sums, &mut redrawn).await;
        }
    }
    let files = exported(place).await;
    let of = |folder: &str| -> Vec<(String, String)> {
        let named = files.iter().filter_map(|(name, text)| {
            let id = name.strip_prefix(folder)?.strip_suffix(".toml")?;
            Some((id.to_owned(), text.clone()))
        });
        named.collect()
    };
    Taken {
        ledger,
        reports,
        sums,
        frozen,
        redrawn,
        forms: of("forms/"),
        indicators: of("indicators/"),
        structure,
        answers,
    }
}

/// All versions of a form of the province, each also by the structure of three days.
async fn versions(place: &Place, form: &str, term: Term, sums: &mut Vec<Value>, redrawn: &mut Vec<Value>) {
    let ctx = place.officer();
    let Ok(newest) = consolidate::read(&place.province, &ctx, form, term, None).await else {
        return;
    };
    for version in 1..=newest.consolidation.version {
        let made = consolidate::read(&place.province, &ctx, form, term, Some(version))
            .await
            .unwrap();
        for on in ["2020-09-30", "2020-10-01", "2022-01-01"] {
            let view = View::On(on.parse().unwrap());
            let drawn = consolidate::redraw(&place.province, &ctx, &made, view)
                .await
                .unwrap();
            assert!(drawn.is_equal(), "{form} {} on {on}", term.word());
            redrawn.push(json!({
                "form": form, "period": term.word(), "year": term.year, "version": version, "on": on,
                "rows": drawn.lines,
            }));
        }
        sums.push(serde_json::to_value(ConsolidationExport::of(made)).unwrap());
    }
}
