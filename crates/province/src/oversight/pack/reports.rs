//! The frozen reports and sums of a pack: those whose period ends in it, and those that were sent or frozen in it.

use chrono::{Datelike, NaiveDate};
use pbgdpl_model::id::TenantId;
use pbgdpl_model::manifest::ColumnSource;
use pbgdpl_model::report::{Body, Consolidated, Forms, period_of};
use pbgdpl_scope::Recency;
use pbgdpl_store::province::ProvinceReader;

use super::Pack;
use super::archive::{Archive, Stop};
use super::contents::{LIST, ReportLine, SumLine};
use crate::Error;
use crate::report::unreadable;

/// The days of a report's figures.
pub(super) struct Days {
    pub from: NaiveDate,
    pub to: NaiveDate,
}

impl Pack {
    /// Years whose periods may end in the pack's days: an official year may end in the year before the one it is sent in.
    fn years(&self) -> (i32, i32) {
        (self.asked.from.year() - 1, self.asked.to.year() + 1)
    }

    fn covers(&self, last_day: NaiveDate) -> bool {
        self.asked.from <= last_day && last_day <= self.asked.to
    }

    /// Writes what an agency sent; returns the days that its figures speak of.
    pub(super) async fn reports(
        &self,
        archive: &mut Archive,
        slug: &str,
        agency: TenantId,
    ) -> Result<Vec<Days>, Stop> {
        let (from, until) = self.asked.moments();
        let read = async |store: ProvinceReader| -> Result<_, Error> {
            let sent = store.reports_about(agency, self.years(), (from, until)).await?;
            Ok((sent, store.catalogue_of(&Forms::KINDS).await?))
        };
        let store = self.province.store();
        let (sent, entries) = store.look_over(&self.warrant, Recency::Now, read).await?;
        let forms = Forms::read(&entries).map_err(unreadable)?;
        let (mut lines, mut days) = (Vec::new(), Vec::new());
        for report in sent {
            let body = Body::read(&report.body).map_err(unreadable)?;
            let sent_then = from <= report.submitted_at && report.submitted_at < until;
            if !self.covers(body.to) && !sent_then {
                continue;
            }
            let form = period_of(&report.period)
                .and_then(|kind| forms.span(kind, report.year))
                .and_then(|span| forms.form(&report.form, &span));
            let columns = form.into_iter().flat_map(|form| &form.columns);
            let file = format!(
                "bao-cao/{slug}/{}-{}-{}-v{}.json",
                report.form, report.period, report.year, report.version
            );
            archive.file(&file, report.body.as_bytes()).await?;
            days.push(Days {
                from: body.from,
                to: body.actual_to,
            });
            lines.push(ReportLine {
                agency,
                form: report.form,
                period: report.period,
                year: report.year,
                version: report.version,
                report: report.report,
                file,
                hash: report.hash,
                submitted_at: report.submitted_at,
                submitted_name: report.submitted_name,
                decision: report.decision.word().to_owned(),
                columns: columns
                    .filter(|column| column.source == ColumnSource::Ledger)
                    .map(|column| (column.number, column.measures.clone()))
                    .collect(),
                ledger: ledger_of(slug),
            });
        }
        if !lines.is_empty() {
            archive.begin(&format!("bao-cao/{slug}/{LIST}"))?;
            archive.lines(&lines).await?;
            archive.end();
        }
        Ok(days)
    }

    /// Writes what the province froze.
    pub(super) async fn sums(&self, archive: &mut Archive) -> Result<(), Stop> {
        let (from, until) = self.asked.moments();
        let read = async |store: ProvinceReader| -> Result<_, Error> {
            Ok(store.frozen_about(self.years(), (from, until)).await?)
        };
        let store = self.province.store();
        let frozen = store.look_over(&self.warrant, Recency::Now, read).await?;
        let mut lines = Vec::new();
        for sum in frozen {
            let figures = Consolidated::read(&sum.body).map_err(unreadable)?;
            let at = sum.frozen.as_ref().map(|frozen| frozen.at);
            let frozen_then = at.is_some_and(|at| from <= at && at < until);
            if !self.covers(figures.to) && !frozen_then {
                continue;
            }
            let file = format!(
                "tong-hop/{}-{}-{}-v{}.json",
                sum.form, sum.period, sum.year, sum.version
            );
            archive.file(&file, sum.body.as_bytes()).await?;
            lines.push(SumLine {
                form: sum.form,
                period: sum.period,
                year: sum.year,
                version: sum.version,
                file,
                hash: sum.hash,
                frozen_at: at,
                frozen_name: sum.frozen.map(|frozen| frozen.name).unwrap_or_default(),
            });
        }
        if !lines.is_empty() {
            archive.begin(&format!("tong-hop/{LIST}"))?;
            archive.lines(&lines).await?;
            archive.end();
        }
        Ok(())
    }
}

/// The file of an agency's ledger.
pub(super) fn ledger_of(slug: &str) -> String {
    format!("so/{slug}.jsonl")
}
