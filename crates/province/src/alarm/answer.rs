//! Says what was found behind an alarm: once, with a note, never by somebody whom it is about.

use pbgdpl_model::alarm::Answer;
use pbgdpl_model::id::AlarmId;
use pbgdpl_model::report::hash_of;
use pbgdpl_scope::ProvinceCtx;
use pbgdpl_scope::action::{Act, AlarmAnswer};
use pbgdpl_store::province::ProvinceRecord;
use serde_json::json;

use crate::{Error, Province};

/// Longest note, in characters.
const LONGEST: usize = 2_000;

/// Answers.
///
/// # Errors
/// [`Error::Denied`] also to whom it is about, [`Error::NotFound`], [`Error::Invalid`] of `ghi-chu`, [`Error::Stale`] where somebody
/// answered before, or a fault of the store.
#[tracing::instrument(name = "province.alarm.answer", skip_all)]
pub async fn answer(province: &Province, ctx: &ProvinceCtx, id: AlarmId, note: &str) -> Result<(), Error> {
    let note = note.trim();
    let warrant = ctx.warrant::<AlarmAnswer>()?;
    let mut store = province.store().province(&warrant).await?;
    // As the watch does, before any alarm is touched: whoever it is just adding to the alarm cannot answer it.
    store.hold().await?;
    let alarm = store.alarm(id).await?.ok_or(Error::NotFound)?;
    ctx.warrant_for::<AlarmAnswer>(&alarm)?;
    if note.is_empty() {
        return Err(Error::invalid(
            "ghi-chu",
            "còn trống; ghi đã hỏi ai, thấy gì, đã làm gì",
        ));
    }
    if note.chars().count() > LONGEST {
        return Err(Error::invalid(
            "ghi-chu",
            format!("dài quá; nhiều nhất {LONGEST} chữ"),
        ));
    }
    let said = Answer {
        by: ctx.actor().account(),
        by_name: ctx.actor().name().to_owned(),
        at: ctx.now(),
        note: note.to_owned(),
    };
    if !store.answer_alarm(id, &said).await? {
        return Err(Error::Stale);
    }
    let record = ProvinceRecord {
        action: AlarmAnswer::ACTION,
        object_kind: "alarm",
        object_id: id.0,
        // It may name people: the chain holds its hash, the alarm itself its words.
        reason: "",
        detail: json!({ "rule": alarm.rule, "note": hash_of(note) }),
    };
    store.record(ctx, record).await?;
    store.save().await?;
    Ok(())
}
