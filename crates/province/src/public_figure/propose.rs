//! Proposes a figure: what it counts, of which year, whose, in which words, since when.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use pbgdpl_model::figure::{PublicFigure, Scope, Stage};
use pbgdpl_model::id::{FigureId, TenantId};
use pbgdpl_model::ledger::Measure;
use pbgdpl_scope::ProvinceCtx;
use pbgdpl_scope::action::{Act, FigurePropose};
use pbgdpl_store::province::{ProvinceRecord, ProvinceStore};
use serde_json::json;

use super::draw::drawn;
use super::{by, needs_approval, opened};
use crate::oversight::drill::is_year;
use crate::{Error, Province};

/// Longest title, in characters.
const LONGEST_TITLE: usize = 160;
/// Longest note.
const LONGEST_NOTE: usize = 600;
/// Fewer agencies are no comparison but a word about one of them (N-25).
const LEAST_AGENCIES: usize = 3;

/// What is proposed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Propose {
    /// What is counted.
    pub measure: Measure,
    /// Whose.
    pub scope: Scope,
    /// Of which year; of the present one, whichever it is, without one.
    pub year: Option<i32>,
    /// What it is called.
    pub title: String,
    /// A word beside it.
    pub note: String,
    /// The first day on which it is shown.
    pub from: NaiveDate,
}

/// Proposes; where no role agrees, it is public at once.
///
/// # Errors
/// [`Error::Denied`], [`Error::Invalid`] of `ten`, `ghi-chu`, `ky`, `co-quan` or `tu-ngay`, or a fault of the store.
#[tracing::instrument(name = "province.public_figure.propose", skip_all)]
pub async fn propose(province: &Province, ctx: &ProvinceCtx, order: Propose) -> Result<FigureId, Error> {
    let warrant = ctx.warrant::<FigurePropose>()?;
    let scope = checked(ctx, &order)?;
    let needs_approval = needs_approval(ctx);
    let figure = PublicFigure {
        id: FigureId::fresh(ctx.now()),
        measure: order.measure,
        scope,
        year: order.year,
        title: order.title.trim().to_owned(),
        note: order.note.trim().to_owned(),
        from: order.from,
        stage: if needs_approval {
            Stage::Proposed
        } else {
            Stage::Public
        },
        proposed: by(ctx),
        approved: None,
        revoked: None,
        reason: String::new(),
    };
    let mut store = province.store().province(&warrant).await?;
    if needs_approval {
        store.hold().await?;
    } else {
        opened(&mut store, ctx).await?;
    }
    if told_beside(&store, &figure).await? {
        return Err(Error::invalid(
            "co-quan",
            "có cơ quan đã đứng trong một số liệu khác của cùng chỉ tiêu, cùng năm; đặt cạnh nhau thì đọc ra được số đã giấu. \
             Thôi công khai số liệu kia trước",
        ));
    }
    store.add_public_figure(&figure).await?;
    if !needs_approval {
        let body = drawn(&store, ctx, &figure).await?;
        store.put_published_figure(&body, ctx.now()).await?;
    }
    let record = ProvinceRecord {
        action: FigurePropose::ACTION,
        object_kind: "figure",
        object_id: figure.id.0,
        reason: "",
        detail: json!({
            "measure": figure.measure, "scope": figure.scope, "year": figure.year, "title": figure.title,
            "from": figure.from, "stage": figure.stage.word()
        }),
    };
    store.record(ctx, record).await?;
    store.save().await?;
    Ok(figure.id)
}

/// Whether an agency of the figure stands in another one of the same measure and year: what one of them hides, both together tell.
async fn told_beside(store: &ProvinceStore, figure: &PublicFigure) -> Result<bool, Error> {
    let Scope::Agencies { agencies } = &figure.scope else {
        return Ok(false);
    };
    let shares = |other: &PublicFigure| match &other.scope {
        Scope::Agencies { agencies: others } => others.iter().any(|one| agencies.contains(one)),
        Scope::Province => false,
    };
    let others = store.public_figures(None).await?;
    Ok(others.iter().any(|other| {
        other.stage != Stage::Revoked
            && (other.measure, other.year) == (figure.measure, figure.year)
            && shares(other)
    }))
}

/// The scope with each agency once; agencies that nobody knows are refused.
fn checked(ctx: &ProvinceCtx, order: &Propose) -> Result<Scope, Error> {
    let title = order.title.trim();
    if title.is_empty() {
        return Err(Error::invalid("ten", "còn trống; ghi tên công chúng sẽ đọc"));
    }
    if title.chars().count() > LONGEST_TITLE {
        return Err(Error::invalid(
            "ten",
            format!("dài quá; nhiều nhất {LONGEST_TITLE} chữ"),
        ));
    }
    if order.note.trim().chars().count() > LONGEST_NOTE {
        return Err(Error::invalid(
            "ghi-chu",
            format!("dài quá; nhiều nhất {LONGEST_NOTE} chữ"),
        ));
    }
    let today = ctx.now().day();
    if order.year.is_some_and(|year| !is_year(year, today)) {
        return Err(Error::invalid("ky", "năm này chưa tới hoặc chưa có số liệu"));
    }
    if order.from < today {
        return Err(Error::invalid(
            "tu-ngay",
            "đã qua; chọn hôm nay hoặc một ngày sau đó",
        ));
    }
    let Scope::Agencies { agencies } = &order.scope else {
        return Ok(Scope::Province);
    };
    let chosen: BTreeSet<TenantId> = agencies.iter().copied().collect();
    if chosen
        .iter()
        .any(|agency| ctx.snapshot().by_id(*agency).is_none())
    {
        return Err(Error::invalid("co-quan", "có cơ quan không còn trong danh mục"));
    }
    if chosen.len() < LEAST_AGENCIES {
        return Err(Error::invalid(
            "co-quan",
            format!("chọn ít nhất {LEAST_AGENCIES} cơ quan để không nêu riêng một cơ quan"),
        ));
    }
    Ok(Scope::Agencies {
        agencies: chosen.into_iter().collect(),
    })
}
