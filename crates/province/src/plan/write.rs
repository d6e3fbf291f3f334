//! Writes one text of the province's report: of a task, or of a chapter. Two people may write two texts at the same time; one
//! text is never overwritten unread.

use pbgdpl_model::id::PlanReportId;
use pbgdpl_model::plan::{LONGEST, Texts};
use pbgdpl_model::report::hash_of;
use pbgdpl_scope::ProvinceCtx;
use pbgdpl_scope::action::{Act, ReportConsolidate};
use pbgdpl_store::province::{PlanReport, ProvinceRecord};
use serde_json::json;

use super::{Of, plan};
use crate::{Error, Province};

/// What is written.
#[derive(Debug, Clone, Copy)]
pub struct Write<'a> {
    /// Number of the task, or id of the chapter.
    pub part: &'a str,
    /// Hash of the text that stood there when it was read.
    pub read: &'a str,
    /// The text.
    pub text: &'a str,
}

/// What came of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Written {
    /// It stands.
    Done,
    /// Somebody wrote since: what stands now, and whose it is.
    Stale {
        /// The text.
        theirs: String,
        /// Who wrote last.
        by: String,
    },
}

/// Saves the text; the first one begins the report.
///
/// # Errors
/// [`Error::Denied`], [`Error::NotFound`] for a part that the plan does not have, [`Error::Invalid`] for a text that is too
/// long, [`Error::Illegal`] where the newest version is frozen, or a fault of the store.
#[tracing::instrument(name = "province.plan.write", skip_all)]
pub async fn write(
    province: &Province,
    ctx: &ProvinceCtx,
    of: Of<'_>,
    order: Write<'_>,
) -> Result<Written, Error> {
    let warrant = ctx.warrant::<ReportConsolidate>()?;
    let mut store = province.store().province(&warrant).await?;
    store.hold().await?;
    let plan = plan(&store, of).await?;
    let known =
        plan.task(order.part).is_some() || plan.sections.iter().any(|section| section.id == order.part);
    if !known {
        return Err(Error::NotFound);
    }
    let text = order.text.trim().replace("\r\n", "\n");
    if text.chars().count() > LONGEST {
        return Err(Error::invalid(
            "noi-dung",
            format!("dài quá {LONGEST} ký tự; rút gọn rồi lưu lại"),
        ));
    }
    let newest = store.plan_reports(&plan.id, of.1).await?.into_iter().next();
    let before = newest.unwrap_or_else(|| PlanReport {
        id: PlanReportId::fresh(ctx.now()),
        plan: plan.id.clone(),
        year: of.1,
        version: 1,
        texts: Texts::new(),
        reason: String::new(),
        frozen: None,
        body: String::new(),
        hash: String::new(),
        by: (ctx.actor().account(), ctx.actor().name().to_owned()),
        at: ctx.now(),
    });
    if before.frozen.is_some() {
        return Err(Error::Illegal(
            "Báo cáo đã chốt. Muốn sửa, mở bản chỉnh lý.".to_owned(),
        ));
    }
    let there = before.texts.get(order.part).cloned().unwrap_or_default();
    if there == text {
        return Ok(Written::Done);
    }
    if hash_of(&there) != order.read {
        return Ok(Written::Stale {
            theirs: there,
            by: before.by.1,
        });
    }
    let mut texts = before.texts.clone();
    texts.insert(order.part.to_owned(), text.clone());
    let report = PlanReport {
        texts,
        by: (ctx.actor().account(), ctx.actor().name().to_owned()),
        at: ctx.now(),
        ..before
    };
    store.put_plan_report(&report).await?;
    let record = ProvinceRecord {
        action: ReportConsolidate::ACTION,
        object_kind: "plan-report",
        object_id: report.id.0,
        reason: "",
        detail: json!({
            "plan": report.plan, "year": report.year, "version": report.version, "part": order.part,
            "before": hash_of(&there), "after": hash_of(&text),
        }),
    };
    store.record(ctx, record).await?;
    store.save().await?;
    Ok(Written::Done)
}
