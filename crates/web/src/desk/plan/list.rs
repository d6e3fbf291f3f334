//! The rows of the agency's list of reports: every plan that asks it, with its years.

use pbgdpl_app::plan::plans;
use pbgdpl_model::plan::{may_contribute, standing};
use pbgdpl_pages::part::{Cell, Column, Row, Table};
use pbgdpl_store::province::SentContribution;
use pbgdpl_store::tenant::TenantReader;
use pbgdpl_vietnamese::date::dmy;

use super::{address, standing_state, term};
use crate::error::Error;
use crate::extract::Staff;

/// The reports on plans; nothing where no plan asks this agency.
pub(crate) async fn table(staff: &Staff, reader: &TenantReader) -> Result<Option<Table>, Error> {
    let plans = plans(reader).await?;
    let tenant = staff.ctx.tenant();
    let drafts = reader.contributions().await?;
    let mut rows = Vec::new();
    for (plan, year) in plans.years_until(staff.today()) {
        if !may_contribute(plan, tenant.agency(), year) {
            continue;
        }
        let draft = drafts
            .iter()
            .find(|draft| draft.plan == plan.id && draft.year == year);
        let sent = reader.sent_contributions(&plan.id, year).await?;
        let stands = standing(
            draft.map_or(1, |draft| draft.version),
            sent.first().map(SentContribution::stands),
        );
        rows.push(Row {
            cells: vec![
                Cell::link(term(&plan.term, year), address(tenant, &plan.id, year)),
                plan.title.clone().into(),
                plans
                    .due(&plan.id, year)
                    .map_or_else(|| "–".to_owned(), dmy)
                    .into(),
                match draft {
                    Some(_) => Cell::state(standing_state(stands)),
                    None => "Chưa viết".into(),
                },
            ],
        });
    }
    Ok((!rows.is_empty()).then(|| Table {
        caption: "Báo cáo kết quả thực hiện kế hoạch, năm mới nhất ở trên".into(),
        caption_hidden: true,
        columns: ["Kỳ", "Kế hoạch", "Hạn gửi", "Tình trạng"]
            .map(Column::words)
            .into(),
        rows,
        total: None,
    }))
}
