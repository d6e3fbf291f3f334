//! An administrator signs in with a password and a code from the telephone, is refused once, sees the place, and signs out.

use pbgdpl_testkit::browser::Window;
use totp_rs::{Builder, Secret};

use crate::demo::{Account, agency, demo};
use crate::walk::Walk;

#[tokio::test]
async fn a_password_and_a_code_open_the_desk() {
    for window in Window::BOTH {
        let (demo, slug) = (demo(), agency(window));
        let who = demo.account("agency-admin", slug);
        let walk = Walk::begin("signing-in", window).await;
        walk.go(&format!("{}/quan-tri/{slug}/thanh-vien", demo.desk()))
            .await;
        walk.arrive("/dang-nhap").await;
        walk.look("password").await;

        walk.fill("#email", who.email).await;
        walk.fill("#password", "không phải mật khẩu này").await;
        walk.press("main form button.btn").await;
        walk.see(".sum").await;
        assert_eq!(walk.value("#email").await, who.email, "what was typed is kept");
        assert_eq!(walk.value("#password").await, "");
        walk.look_at("refused", "422").await;

        walk.fill("#password", who.password).await;
        walk.press("main form button.btn").await;
        walk.arrive("/dang-nhap/ma").await;
        walk.look("code").await;
        walk.fill("#code", &code(who.totp_secret)).await;
        walk.press("main form button.btn").await;
        // Back to the page that was asked for.
        walk.arrive(&format!("/quan-tri/{slug}/thanh-vien")).await;
        walk.look("people").await;

        walk.press("form[action='/dang-xuat'] button").await;
        walk.arrive("/dang-nhap").await;
        walk.go(&format!("{}/quan-tri/{slug}", demo.desk())).await;
        walk.arrive("/dang-nhap").await;
        walk.end().await;
    }
}

/// Signs in with what one knows and what one has, where the way in is used already.
pub async fn sign_in(walk: &Walk, who: &Account<'_>) {
    walk.go(&format!("{}/dang-nhap", demo().desk())).await;
    walk.fill("#email", who.email).await;
    walk.fill("#password", who.password).await;
    walk.press("main form button.btn").await;
    walk.arrive("/dang-nhap/ma").await;
    walk.fill("#code", &code(who.totp_secret)).await;
    walk.press("main form button.btn").await;
    walk.see("form[action='/dang-xuat']").await;
}

fn code(secret: &str) -> String {
    let secret = Secret::try_from_base32(secret).unwrap();
    let totp = Builder::new().with_secret(secret).build().unwrap();
    totp.generate_current().to_string()
}
