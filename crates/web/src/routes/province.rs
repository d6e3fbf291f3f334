//! Routes of the province's administration.

use pbgdpl_model::policy::Action;

use super::{Audience::Officer, Route};
use crate::arrival::Table::Desk;
use crate::oversight::alarm;
use crate::province::{agency, dataset, figure, home, own_host, place};

/// The routes.
pub(super) fn routes() -> Vec<Route> {
    vec![
        Route::get(
            Desk,
            "/tinh/du-lieu",
            Officer(Action::ReportFollow),
            dataset::show,
        ),
        Route::get(
            Desk,
            "/tinh/du-lieu/{dataset}/{year}/csv",
            Officer(Action::RecordsExport),
            dataset::csv,
        ),
        Route::get(
            Desk,
            "/tinh/du-lieu/{dataset}/{year}/json",
            Officer(Action::RecordsExport),
            dataset::json,
        ),
        Route::get(Desk, "/tinh", Officer(Action::AgencyList), home::show),
        Route::get(Desk, "/tinh/trang-gan", Officer(Action::AgencyList), place::all),
        Route::get(Desk, "/tinh/ten-mien", Officer(Action::AgencyList), own_host::all),
        Route::get(
            Desk,
            "/tinh/trang-gan/{agency}/{place}/anh",
            Officer(Action::AgencyList),
            place::picture,
        ),
        Route::post(
            Desk,
            "/tinh/vai-tro",
            Officer(Action::ProvinceMemberGrant),
            home::roles,
        ),
        Route::get(Desk, "/tinh/co-quan", Officer(Action::AgencyList), agency::all),
        Route::get(
            Desk,
            "/tinh/co-quan/moi",
            Officer(Action::AgencyCreate),
            agency::new,
        ),
        Route::post(
            Desk,
            "/tinh/co-quan/moi",
            Officer(Action::AgencyCreate),
            agency::create,
        ),
        Route::get(
            Desk,
            "/tinh/co-quan/{agency}",
            Officer(Action::AgencyList),
            agency::one,
        ),
        Route::post(
            Desk,
            "/tinh/co-quan/{agency}/tam-dung",
            Officer(Action::AgencySuspend),
            agency::rest,
        ),
        Route::post(
            Desk,
            "/tinh/co-quan/{agency}/mo-lai",
            Officer(Action::AgencyReactivate),
            agency::reopen,
        ),
        Route::post(
            Desk,
            "/tinh/co-quan/{agency}/vai-tro",
            Officer(Action::ProvinceMemberGrant),
            agency::roles,
        ),
        Route::post(
            Desk,
            "/tinh/canh-bao/{alarm}/tra-loi",
            Officer(Action::AlarmAnswer),
            alarm::answer,
        ),
        Route::get(
            Desk,
            "/tinh/cong-khai",
            Officer(Action::OversightRead),
            figure::all,
        ),
        Route::post(
            Desk,
            "/tinh/cong-khai",
            Officer(Action::FigurePropose),
            figure::propose,
        ),
        Route::post(
            Desk,
            "/tinh/cong-khai/{figure}/duyet",
            Officer(Action::FigureApprove),
            figure::approve,
        ),
        Route::get(
            Desk,
            "/tinh/cong-khai/{figure}/thoi",
            Officer(Action::FigureRevoke),
            figure::revoking_form,
        ),
        Route::post(
            Desk,
            "/tinh/cong-khai/{figure}/thoi",
            Officer(Action::FigureRevoke),
            figure::revoke,
        ),
    ]
}
