//! Routes of reports on plans: on the agency's desk, on the province's, and for whoever oversees.

use pbgdpl_model::policy::Action;

use super::Audience::{Officer, Staff};
use super::Route;
use crate::arrival::Table::Desk;
use crate::desk::plan as desk;
use crate::oversight::plan as oversight;
use crate::province::plan::{contribution, list, paper, part, report};

/// The texts of an agency's report, all tasks of it.
const TEXTS: usize = 1024 * 1024;

/// The routes.
pub(super) fn routes() -> Vec<Route> {
    [agency(), province(), overseen()].into_iter().flatten().collect()
}

fn agency() -> Vec<Route> {
    vec![
        Route::get(
            Desk,
            "/quan-tri/{agency}/bao-cao-ke-hoach/{plan}/{year}",
            Staff(Action::ReportRead),
            desk::show::show,
        ),
        Route::post(
            Desk,
            "/quan-tri/{agency}/bao-cao-ke-hoach/{plan}/{year}",
            Staff(Action::ReportFill),
            desk::write::save,
        )
        .body(TEXTS),
        Route::post(
            Desk,
            "/quan-tri/{agency}/bao-cao-ke-hoach/{plan}/{year}/chinh-ly",
            Staff(Action::ReportFill),
            desk::write::amend,
        ),
    ]
}

fn province() -> Vec<Route> {
    let follows = Officer(Action::ReportFollow);
    let exports = Officer(Action::ReportExport);
    vec![
        Route::get(Desk, "/tinh/ke-hoach", follows, list::show),
        Route::get(Desk, "/tinh/ke-hoach/{plan}/{year}", follows, report::show),
        Route::get(
            Desk,
            "/tinh/ke-hoach/{plan}/{year}/phan/{part}",
            follows,
            part::show,
        ),
        Route::post(
            Desk,
            "/tinh/ke-hoach/{plan}/{year}/phan/{part}",
            Officer(Action::ReportConsolidate),
            part::save,
        )
        .body(TEXTS),
        Route::post(
            Desk,
            "/tinh/ke-hoach/{plan}/{year}/chot",
            Officer(Action::ReportFreeze),
            report::freeze,
        ),
        Route::post(
            Desk,
            "/tinh/ke-hoach/{plan}/{year}/chinh-ly",
            Officer(Action::ReportConsolidate),
            report::amend,
        ),
        Route::get(Desk, "/tinh/ke-hoach/{plan}/{year}/in", exports, paper::print),
        Route::get(
            Desk,
            "/tinh/ke-hoach/{plan}/{year}/xuat.docx",
            exports,
            paper::docx,
        ),
        Route::get(Desk, "/tinh/ke-hoach/{plan}/{year}/xuat.pdf", exports, paper::pdf),
        Route::get(
            Desk,
            "/tinh/ke-hoach/{plan}/{year}/co-quan/{agency}",
            follows,
            contribution::show,
        ),
        Route::post(
            Desk,
            "/tinh/ke-hoach/{plan}/{year}/co-quan/{agency}/tiep-nhan",
            Officer(Action::ReportAccept),
            contribution::accept,
        ),
        Route::post(
            Desk,
            "/tinh/ke-hoach/{plan}/{year}/co-quan/{agency}/tra-lai",
            Officer(Action::ReportReturn),
            contribution::send_back,
        ),
    ]
}

fn overseen() -> Vec<Route> {
    let reads = Officer(Action::OversightRead);
    vec![
        Route::get(Desk, "/giam-sat/ke-hoach", reads, oversight::list),
        Route::get(Desk, "/giam-sat/ke-hoach/{plan}/{year}", reads, oversight::show),
        Route::get(
            Desk,
            "/giam-sat/ke-hoach/{plan}/{year}/xuat.docx",
            reads,
            oversight::docx,
        ),
        Route::get(
            Desk,
            "/giam-sat/ke-hoach/{plan}/{year}/xuat.pdf",
            reads,
            oversight::pdf,
        ),
    ]
}
