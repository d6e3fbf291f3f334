//! Routes of oversight: all of them read.

use pbgdpl_model::policy::Action;

use super::{Audience::Officer, Route};
use crate::arrival::Table::Desk;
use crate::oversight::{
    alarm, checkpoint, csv, dashboard, evidence, figure, indicator, log, peers, quality, retention, rows,
    take, trace, verification, views,
};

/// The routes.
pub(super) fn routes() -> Vec<Route> {
    vec![
        Route::get(Desk, "/giam-sat", Officer(Action::OversightRead), dashboard::show),
        Route::get(Desk, "/giam-sat/xuat.csv", Officer(Action::OversightRead), csv),
        Route::get(
            Desk,
            "/giam-sat/cach-xem",
            Officer(Action::OversightRead),
            views::list,
        ),
        Route::get(
            Desk,
            "/giam-sat/cach-xem/{view}",
            Officer(Action::OversightRead),
            views::open,
        ),
        Route::get(
            Desk,
            "/giam-sat/cach-xem/{view}/xuat.csv",
            Officer(Action::OversightRead),
            views::csv,
        ),
        Route::get(
            Desk,
            "/giam-sat/so-sanh/{measure}/{year}",
            Officer(Action::OversightRead),
            peers::show,
        ),
        Route::get(
            Desk,
            "/giam-sat/so-sanh/{measure}/{year}/xuat.csv",
            Officer(Action::OversightRead),
            peers::csv,
        ),
        Route::get(
            Desk,
            "/giam-sat/so-lieu/{measure}/{year}",
            Officer(Action::OversightRead),
            figure::show,
        ),
        Route::get(
            Desk,
            "/giam-sat/so-lieu/{measure}/{year}/{agency}",
            Officer(Action::EvidenceRead),
            rows::show,
        ),
        Route::get(
            Desk,
            "/giam-sat/minh-chung/{agency}/{media}",
            Officer(Action::EvidenceRead),
            evidence::show,
        ),
        Route::get(
            Desk,
            "/giam-sat/chi-tieu",
            Officer(Action::OversightRead),
            indicator::list,
        ),
        Route::get(
            Desk,
            "/giam-sat/chi-tieu/{indicator}",
            Officer(Action::OversightRead),
            indicator::one,
        ),
        Route::get(
            Desk,
            "/giam-sat/bieu",
            Officer(Action::OversightRead),
            trace::list::show,
        ),
        Route::get(
            Desk,
            "/giam-sat/bieu/{form}/{period}/{year}",
            Officer(Action::OversightRead),
            trace::sum::show,
        ),
        Route::get(
            Desk,
            "/giam-sat/bieu/{form}/{period}/{year}/cot/{column}",
            Officer(Action::OversightRead),
            trace::cell::show,
        ),
        Route::get(
            Desk,
            "/giam-sat/bieu/{form}/{period}/{year}/{agency}",
            Officer(Action::OversightRead),
            trace::report::show,
        ),
        Route::get(
            Desk,
            "/giam-sat/bieu/{form}/{period}/{year}/{agency}/cot/{column}",
            Officer(Action::EvidenceRead),
            trace::records::show,
        ),
        Route::get(Desk, "/giam-sat/nhat-ky", Officer(Action::AuditRead), log::show),
        Route::get(
            Desk,
            "/giam-sat/nhat-ky/xuat",
            Officer(Action::AuditExport),
            take::show,
        ),
        Route::get(
            Desk,
            "/giam-sat/nhat-ky/xuat/tai",
            Officer(Action::AuditExport),
            take::take,
        ),
        Route::get(
            Desk,
            "/giam-sat/chat-luong",
            Officer(Action::AuditRead),
            quality::show,
        ),
        Route::get(
            Desk,
            "/giam-sat/chat-luong/{agency}/{year}",
            Officer(Action::EvidenceRead),
            quality::agency,
        ),
        Route::get(
            Desk,
            "/giam-sat/luu-giu",
            Officer(Action::AuditRead),
            retention::show,
        ),
        Route::get(Desk, "/giam-sat/canh-bao", Officer(Action::AlarmRead), alarm::all),
        Route::get(
            Desk,
            "/giam-sat/canh-bao/{alarm}",
            Officer(Action::AlarmRead),
            alarm::show,
        ),
        Route::get(
            Desk,
            "/giam-sat/kiem-chung",
            Officer(Action::AuditVerify),
            verification,
        ),
        Route::get(
            Desk,
            "/giam-sat/kiem-chung/dau-moc.json",
            Officer(Action::AuditVerify),
            checkpoint,
        ),
    ]
}
