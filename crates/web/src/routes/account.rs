//! Routes of signing in and of the own account.

use super::{Audience, FORM_BYTES, Route, TEXT_BYTES};
use crate::account::{link, own, password, second_factor, sign_in, step_up};
use crate::arrival::Table::Desk;
use crate::csp::Csp;
use crate::oversight::views;

/// The routes.
pub(super) fn routes() -> Vec<Route> {
    use Audience::{Person, SigningIn};
    vec![
        Route::get(Desk, "/dang-nhap", SigningIn, sign_in::form).csp(Csp::SignIn),
        Route::post(Desk, "/dang-nhap", SigningIn, sign_in::send).csp(Csp::SignIn),
        Route::get(Desk, "/dang-nhap/ma", SigningIn, second_factor::form).csp(Csp::SignIn),
        Route::post(Desk, "/dang-nhap/ma", SigningIn, second_factor::send).csp(Csp::SignIn),
        Route::get(Desk, "/dang-nhap/lien-ket/{link}", SigningIn, link::follow).csp(Csp::SignIn),
        Route::post(Desk, "/dang-nhap/lien-ket/{link}", SigningIn, link::accept).csp(Csp::SignIn),
        Route::post(Desk, "/dang-xuat", SigningIn, sign_in::sign_out).csp(Csp::SignIn),
        Route::get(Desk, "/tai-khoan", Person, own::show),
        Route::get(Desk, "/tai-khoan/hai-lop", Person, second_factor::set_up).csp(Csp::SignIn),
        Route::post(Desk, "/tai-khoan/hai-lop", Person, second_factor::turn_on).csp(Csp::SignIn),
        Route::get(Desk, "/tai-khoan/mat-khau", Person, password::form),
        Route::post(Desk, "/tai-khoan/mat-khau", Person, password::change),
        Route::post(Desk, "/tai-khoan/thu-tom-tat", Person, own::summary),
        Route::post(Desk, "/tai-khoan/cach-xem", Person, views::add),
        Route::get(Desk, "/tai-khoan/cach-xem/{view}", Person, views::edit),
        Route::post(Desk, "/tai-khoan/cach-xem/{view}", Person, views::change),
        Route::post(Desk, "/tai-khoan/cach-xem/{view}/xoa", Person, views::remove),
        Route::post(Desk, "/tai-khoan/cach-xem/{view}/hoan-tac", Person, views::undo),
        // Carries the form of any act along with the code.
        Route::post(Desk, "/xac-nhan-lai", Person, step_up::confirm)
            .csp(Csp::SignIn)
            .body(TEXT_BYTES + FORM_BYTES),
        Route::get(Desk, "/quan-tri", Person, own::choose),
    ]
}
