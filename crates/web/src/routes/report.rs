//! Routes of statistical forms: on the agency's desk, and on the province's.

use pbgdpl_model::policy::Action;

use super::Audience::{Officer, Staff};
use super::{FILE_BYTES, Route};
use crate::arrival::Table::Desk;
use crate::desk::indicator;
use crate::desk::report::{
    acts, extension as asking, fill, list, offline, records, show, signature, workbook,
};
use crate::province::report::{
    exchange, extension as answering, follow, one, send_back, sum, workbook as sheet,
};
use crate::province::request;

/// A signature, and what surrounds it in a form.
const SIGNATURE_BYTES: usize = pbgdpl_app::report::sign::LARGEST + 16 * 1024;

/// The routes.
pub(super) fn routes() -> Vec<Route> {
    [agency(), province()].into_iter().flatten().collect()
}

fn agency() -> Vec<Route> {
    let read = Staff(Action::ReportRead);
    vec![
        Route::get(Desk, "/quan-tri/{agency}/chi-tieu", read, indicator::list),
        Route::get(
            Desk,
            "/quan-tri/{agency}/chi-tieu/{indicator}",
            read,
            indicator::one,
        ),
        Route::get(Desk, "/quan-tri/{agency}/bieu", read, list::show),
        Route::get(
            Desk,
            "/quan-tri/{agency}/bieu/{form}/{period}/{year}",
            read,
            show::show,
        ),
        Route::get(
            Desk,
            "/quan-tri/{agency}/bieu/{form}/{period}/{year}/xuat.json",
            read,
            show::json,
        ),
        Route::get(
            Desk,
            "/quan-tri/{agency}/bieu/{form}/{period}/{year}/xuat.xlsx",
            read,
            workbook::xlsx,
        ),
        Route::get(
            Desk,
            "/quan-tri/{agency}/bieu/{form}/{period}/{year}/xuat.pdf",
            read,
            workbook::pdf,
        ),
        Route::get(
            Desk,
            "/quan-tri/{agency}/bieu/{form}/{period}/{year}/cot/{column}",
            read,
            records::show,
        ),
        Route::post(
            Desk,
            "/quan-tri/{agency}/bieu/{form}/{period}/{year}/mo",
            Staff(Action::ReportFill),
            acts::open,
        ),
        Route::post(
            Desk,
            "/quan-tri/{agency}/bieu/{form}/{period}/{year}/khai",
            Staff(Action::ReportFill),
            fill::fill,
        ),
        Route::get(
            Desk,
            "/quan-tri/{agency}/bieu/{form}/{period}/{year}/mau-excel",
            Staff(Action::ReportFill),
            offline::download,
        ),
        Route::post(
            Desk,
            "/quan-tri/{agency}/bieu/{form}/{period}/{year}/nhap-excel",
            Staff(Action::ReportFill),
            offline::preview,
        )
        .body(FILE_BYTES),
        Route::post(
            Desk,
            "/quan-tri/{agency}/bieu/{form}/{period}/{year}/nhap-excel/ghi",
            Staff(Action::ReportFill),
            offline::take,
        )
        // A letter of Vietnamese takes nine bytes in a form: as much as the file may hold.
        .body(FILE_BYTES),
        Route::post(
            Desk,
            "/quan-tri/{agency}/bieu/{form}/{period}/{year}/kiem-tra",
            Staff(Action::ReportCheck),
            acts::check,
        ),
        Route::post(
            Desk,
            "/quan-tri/{agency}/bieu/{form}/{period}/{year}/gui",
            Staff(Action::ReportSubmit),
            acts::submit,
        ),
        Route::get(
            Desk,
            "/quan-tri/{agency}/bieu/{form}/{period}/{year}/tep-ky",
            read,
            signature::content,
        ),
        Route::post(
            Desk,
            "/quan-tri/{agency}/bieu/{form}/{period}/{year}/chu-ky",
            Staff(Action::ReportSign),
            signature::add,
        )
        .body(SIGNATURE_BYTES),
        Route::post(
            Desk,
            "/quan-tri/{agency}/bieu/{form}/{period}/{year}/gia-han",
            Staff(Action::ExtensionAsk),
            asking::post,
        ),
    ]
}

fn province() -> Vec<Route> {
    let follows = Officer(Action::ReportFollow);
    let exports = Officer(Action::ReportExport);
    vec![
        Route::get(Desk, "/tinh/dot-xuat", follows, request::show),
        Route::post(
            Desk,
            "/tinh/dot-xuat",
            Officer(Action::ReportRequest),
            request::open,
        ),
        Route::post(
            Desk,
            "/tinh/dot-xuat/{year}/{number}/rut",
            Officer(Action::ReportRequest),
            request::withdraw,
        ),
        Route::get(Desk, "/tinh/bao-cao", follows, follow::now),
        Route::get(
            Desk,
            "/tinh/bao-cao/{form}/{period}/{year}",
            follows,
            follow::show,
        ),
        Route::post(
            Desk,
            "/tinh/bao-cao/{form}/{period}/{year}/tiep-nhan",
            Officer(Action::ReportAccept),
            follow::accept,
        ),
        Route::get(
            Desk,
            "/tinh/bao-cao/{form}/{period}/{year}/{agency}/gia-han",
            follows,
            answering::show,
        ),
        Route::post(
            Desk,
            "/tinh/bao-cao/{form}/{period}/{year}/{agency}/gia-han",
            Officer(Action::ExtensionDecide),
            answering::answer,
        ),
        Route::get(
            Desk,
            "/tinh/bao-cao/{form}/{period}/{year}/{agency}",
            follows,
            one::show,
        ),
        Route::post(
            Desk,
            "/tinh/bao-cao/{form}/{period}/{year}/{agency}/tra-lai",
            Officer(Action::ReportReturn),
            send_back::post,
        ),
        Route::post(
            Desk,
            "/tinh/bao-cao/{form}/{period}/{year}/{agency}/tiep-nhan",
            Officer(Action::ReportAccept),
            one::accept,
        ),
        Route::get(Desk, "/tinh/tong-hop/{form}/{period}/{year}", follows, sum::show),
        Route::post(
            Desk,
            "/tinh/tong-hop/{form}/{period}/{year}",
            Officer(Action::ReportConsolidate),
            sum::make,
        ),
        Route::post(
            Desk,
            "/tinh/tong-hop/{form}/{period}/{year}/chot",
            Officer(Action::ReportFreeze),
            sum::freeze,
        ),
        Route::post(
            Desk,
            "/tinh/tong-hop/{form}/{period}/{year}/gui-bo",
            Officer(Action::ReportExchange),
            exchange::send,
        ),
        Route::get(Desk, "/tinh/trao-doi/{period}/{year}", follows, exchange::show),
        Route::post(
            Desk,
            "/tinh/trao-doi/{period}/{year}/doi-chieu",
            Officer(Action::ReportExchange),
            exchange::reconcile,
        ),
        Route::get(
            Desk,
            "/tinh/tong-hop/{form}/{period}/{year}/xuat.json",
            exports,
            sum::json,
        ),
        Route::get(
            Desk,
            "/tinh/tong-hop/{form}/{period}/{year}/xuat.xlsx",
            exports,
            sheet::xlsx,
        ),
        Route::get(
            Desk,
            "/tinh/tong-hop/{form}/{period}/{year}/xuat.pdf",
            exports,
            sheet::pdf,
        ),
        Route::get(
            Desk,
            "/tinh/tong-hop/{form}/{period}/{year}/xuat.csv",
            exports,
            sum::csv,
        ),
        Route::get(
            Desk,
            "/tinh/tong-hop/{form}/{period}/{year}/in",
            exports,
            sum::print,
        ),
    ]
}
