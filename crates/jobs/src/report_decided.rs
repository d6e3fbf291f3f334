//! The province decided on a form: a returned one is told by letter to the agency's reporters.

use pbgdpl_mail::letter::ReportReturned;
use pbgdpl_model::policy::Role;
use pbgdpl_store::machinery::outbox::Header;
use pbgdpl_store::province::Decision;

use crate::failure::Failure;
use crate::letter::{members, post};
use crate::work::Work;

/// Left by the province, which writes no tenant row: the subject is `form/period/year/version`.
pub(crate) async fn run(work: &Work, header: &Header) -> Result<(), Failure> {
    let tenant = work.tenant_of(header)?;
    let malformed = || Failure::never("the subject names no report");
    let mut parts = header.subject.split('/');
    let (Some(form), Some(period), Some(year), Some(version), None) = (
        parts.next(),
        parts.next(),
        parts.next(),
        parts.next(),
        parts.next(),
    ) else {
        return Err(malformed());
    };
    let year: i32 = year.parse().map_err(|_| malformed())?;
    let version: i32 = version.parse().map_err(|_| malformed())?;
    let decided = {
        let reader = work.app.store().read().tenant(&tenant).await?;
        let sent = reader.sent_reports(period, year).await?;
        sent.into_iter()
            .find(|report| report.form == form && report.version == version)
    };
    let Some(report) = decided.filter(|report| report.decision == Decision::Returned) else {
        return Ok(());
    };
    let agency = tenant.official(work.app.now().day());
    let words = ReportReturned {
        agency,
        form: &form_words(form),
        period: &period_words(period, year),
        remark: &report.remark,
        link: &work.desk_link(&tenant, &format!("bieu/{form}/{period}/{year}")),
    };
    let readers = members(work, &tenant, Role::Reporter).await?;
    post(work, header, "Sở Tư pháp", &words, &readers).await
}

/// As people call it: `biểu 09c`.
pub(crate) fn form_words(form: &str) -> String {
    format!("biểu {form}")
}

/// As people say it: `năm 2021`.
pub(crate) fn period_words(period: &str, year: i32) -> String {
    match period {
        "6-thang" => format!("6 tháng năm {year}"),
        "nam-chinh-thuc" => format!("năm {year} (chính thức)"),
        _ => format!("năm {year}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn periods_read_as_people_say_them() {
        assert_eq!(period_words("nam", 2021), "năm 2021");
        assert_eq!(period_words("6-thang", 2021), "6 tháng năm 2021");
        assert_eq!(form_words("09d"), "biểu 09d");
    }
}
