//! `pbgdpl report open|status|consolidate|export FORM AGENCY PERIOD`: statistical forms, of an agency or of the province.

use std::path::Path;
use std::process::ExitCode;
use std::sync::Arc;

use anyhow::{Context, anyhow, bail};
use clap::Subcommand;
use pbgdpl_app::report::open::{Open, open};
use pbgdpl_app::report::{Outcome, View, export as agency_export, view};
use pbgdpl_model::clock::SystemClock;
use pbgdpl_model::id::ReportId;
use pbgdpl_model::report::period_of;
use pbgdpl_province::report::export::{ConsolidationExport, csv, table, take};
use pbgdpl_province::report::{Term, consolidate, follow};
use pbgdpl_scope::Tenant;
use serde_json::json;

use crate::screen;
use crate::wiring::{self, House};

/// Options of `report`.
#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, Subcommand)]
enum What {
    /// Lập biểu của một cơ quan, hoặc cho biết bản đang lập
    Open(Which),
    /// Biểu của một cơ quan đang ở bước nào; với «tinh»: ai đã gửi, ai còn thiếu
    Status(Which),
    /// Tổng hợp biểu của tỉnh từ các biểu đã tiếp nhận
    Consolidate(Which),
    /// Xuất biểu ra JSON hoặc CSV
    Export {
        #[command(flatten)]
        which: Which,
        /// Xuất CSV thay cho JSON
        #[arg(long, conflicts_with = "json")]
        csv: bool,
    },
}

#[derive(Debug, clap::Args)]
struct Which {
    /// Biểu, ví dụ 09b, 09c, 09d
    #[arg(value_name = "BIỂU")]
    form: String,
    /// Cơ quan, ví dụ so-tu-phap; «tinh» là biểu của tỉnh
    #[arg(value_name = "CƠ_QUAN")]
    agency: String,
    /// Kỳ và năm, ví dụ nam-2020, nam-chinh-thuc-2020, 6-thang-2020
    #[arg(value_name = "KỲ", value_parser = term)]
    period: Term,
    /// In một dòng JSON
    #[arg(long)]
    json: bool,
}

fn term(text: &str) -> Result<Term, String> {
    let wrong = || "viết kỳ rồi năm, ví dụ nam-2020, nam-chinh-thuc-2020, 6-thang-2020".to_owned();
    let (word, year) = text.rsplit_once(['-', '/']).ok_or_else(wrong)?;
    Ok(Term {
        kind: period_of(word).ok_or_else(wrong)?,
        year: year.parse().map_err(|_| wrong())?,
    })
}

/// Opens, tells, adds up or exports.
///
/// # Errors
/// Where there is no such form, agency or period, or of the database.
pub async fn run(config: Option<&Path>, args: Args) -> anyhow::Result<ExitCode> {
    let settings = wiring::settings(config)?;
    wiring::refuse_old_schema(&settings).await?;
    let house = House::open(&settings, Arc::new(SystemClock)).await?;
    let (What::Open(which) | What::Status(which) | What::Consolidate(which) | What::Export { which, .. }) =
        &args.what;
    // The province's own form belongs to no agency.
    let tenant = match which.agency.as_str() {
        "tinh" => None,
        slug => Some(house.agency(slug)?),
    };
    match (&args.what, tenant) {
        (What::Open(which), Some(tenant)) => opened(&house, which, &tenant).await?,
        (What::Open(_), None) => bail!("biểu của tỉnh được tổng hợp, không lập; dùng `report consolidate`"),
        (What::Status(which), Some(tenant)) => status(&house, which, &tenant).await?,
        (What::Status(which), None) => following(&house, which).await?,
        (What::Consolidate(which), None) => consolidated(&house, which).await?,
        (What::Consolidate(_), Some(_)) => bail!("chỉ biểu của tỉnh được tổng hợp; ghi «tinh» ở chỗ cơ quan"),
        (What::Export { which, csv }, Some(tenant)) => exported(&house, which, &tenant, *csv).await?,
        (What::Export { which, csv: as_csv }, None) => {
            let ctx = house.province_ctx();
            let made = take(&house.province, &ctx, &which.form, which.period, None);
            let made = made.await.context("chưa có bản tổng hợp nào của biểu này")?;
            if *as_csv {
                screen::say_text(&csv(&made.form, &made.figures)?);
            } else {
                screen::say_json(&ConsolidationExport::of(made))?;
            }
        }
    }
    house.database.clone().close().await;
    Ok(ExitCode::SUCCESS)
}

async fn opened(house: &House, which: &Which, tenant: &Tenant) -> anyhow::Result<()> {
    let order = Open {
        form: which.form.clone(),
        period: which.period.kind,
        year: which.period.year,
        amend: None,
    };
    let report = match open(&house.app, &house.ctx(tenant), order).await? {
        Outcome::Done(report) => report,
        Outcome::Refused(why) => bail!(why),
        Outcome::Unmet(findings) => return Err(anyhow!("{findings:?}")),
        Outcome::Moved(moved) => return Err(anyhow!("{moved:?}")),
    };
    let seen = seen(house, tenant, report).await?;
    if which.json {
        return screen::say_json(&json!({
            "report": report.to_string(), "version": seen.report.version, "stage": seen.stage().word(),
        }));
    }
    screen::say(format!(
        "Biểu {}, bản {}: {}.",
        which.form,
        seen.report.version,
        seen.stage().label()
    ));
    Ok(())
}

async fn status(house: &House, which: &Which, tenant: &Tenant) -> anyhow::Result<()> {
    let report = newest(house, which, tenant).await?;
    let seen = seen(house, tenant, report).await?;
    if which.json {
        // As in the export: no hash while the figures may change.
        let hash = Some(&seen.report.hash).filter(|hash| !hash.is_empty());
        return screen::say_json(&json!({
            "report": report.to_string(), "version": seen.report.version, "stage": seen.stage().word(),
            "hash": hash, "ledger_seq": seen.ledger_seq, "due": seen.due,
            "findings": seen.findings.len(),
        }));
    }
    screen::say(format!(
        "Biểu {}, bản {}: {}.",
        which.form,
        seen.report.version,
        seen.stage().label()
    ));
    for step in &seen.walk {
        let day = pbgdpl_vietnamese::date::dmy(step.at.day());
        screen::say(format!("  {day}  {}  {}  {}", step.step, step.by_name, step.note));
    }
    Ok(())
}

async fn following(house: &House, which: &Which) -> anyhow::Result<()> {
    let following = follow::follow(&house.province, &house.province_ctx(), &which.form, which.period).await?;
    if which.json {
        let lines: Vec<_> = following
            .agencies
            .iter()
            .map(|agency| {
                json!({
                    "agency": agency.slug, "form": agency.form, "standing": agency.standing.word(),
                    "due": agency.due, "days_late": agency.days_late,
                })
            })
            .collect();
        return screen::say_json(&json!({ "agencies": lines }));
    }
    for agency in &following.agencies {
        let late = match agency.days_late {
            days if days > 0 => format!(" (muộn {days} ngày)"),
            _ => String::new(),
        };
        screen::say(format!("{:50} {}{late}", agency.name, agency.standing.label()));
    }
    Ok(())
}

async fn consolidated(house: &House, which: &Which) -> anyhow::Result<()> {
    let ctx = house.province_ctx();
    let made = consolidate::consolidate(&house.province, &ctx, &which.form, which.period).await?;
    if which.json {
        let whole = consolidate::read(&house.province, &ctx, &which.form, which.period, None).await?;
        return screen::say_json(&ConsolidationExport::of(whole));
    }
    screen::say(format!(
        "Biểu {}, bản tổng hợp {}, mã băm {}.",
        made.form, made.version, made.hash
    ));
    Ok(())
}

async fn exported(house: &House, which: &Which, tenant: &Tenant, as_csv: bool) -> anyhow::Result<()> {
    let report = newest(house, which, tenant).await?;
    let seen = seen(house, tenant, report).await?;
    if !as_csv {
        return screen::say_json(&agency_export::report(&house.app, &house.ctx(tenant), report).await?);
    }
    let late = seen.sent.as_ref().is_some_and(|sent| sent.late);
    let note = if late { "gửi sau hạn" } else { "" };
    let rows = seen.lines.iter().map(|line| {
        (
            line.key.as_str(),
            line.label.as_str(),
            &line.cells,
            note.to_owned(),
        )
    });
    screen::say_text(&table(&seen.form, rows)?);
    Ok(())
}

async fn newest(house: &House, which: &Which, tenant: &Tenant) -> anyhow::Result<ReportId> {
    let reader = house.store.read().tenant(tenant).await?;
    let versions = reader
        .report_versions(&which.form, which.period.word(), which.period.year)
        .await?;
    let newest = versions
        .first()
        .with_context(|| format!("{} chưa lập biểu {} của kỳ này", tenant.slug(), which.form))?;
    Ok(newest.id)
}

async fn seen(house: &House, tenant: &Tenant, report: ReportId) -> anyhow::Result<View> {
    let reader = house.store.read().tenant(tenant).await?;
    Ok(view(&reader, tenant.agency(), report).await?)
}

#[cfg(test)]
mod tests {
    use pbgdpl_model::manifest::PeriodKind;

    use super::term;

    #[test]
    fn a_period_is_its_word_and_its_year() {
        for (text, kind) in [
            ("nam-2020", PeriodKind::Year),
            ("nam-chinh-thuc-2020", PeriodKind::OfficialYear),
            ("6-thang/2020", PeriodKind::SixMonths),
        ] {
            let read = term(text).unwrap();
            assert_eq!((read.kind, read.year), (kind, 2020));
        }
        for wrong in ["2020", "quy-2020", "nam-", "nam"] {
            assert!(term(wrong).is_err(), "{wrong}");
        }
    }
}
