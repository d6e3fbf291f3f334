//! An account was opened for somebody, who chooses the first password.

use askama::Template;

use crate::letter::Words;

/// An account was opened: to its owner.
#[derive(Debug, Clone, Template)]
#[template(path = "account_invited/body.txt")]
pub struct AccountInvited<'a> {
    /// The province.
    pub province: &'a str,
    /// The one-time link.
    pub link: &'a str,
}

impl Words for AccountInvited<'_> {
    fn subject(&self) -> String {
        "Mời bạn đặt mật khẩu cho tài khoản phổ biến, giáo dục pháp luật".to_owned()
    }
}
