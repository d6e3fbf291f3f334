//! A sign-in from a device not seen before.

use askama::Template;
use pbgdpl_model::clock::Moment;

use crate::filters;
use crate::letter::Words;

/// A sign-in from a new device: to the person.
#[derive(Debug, Clone, Template)]
#[template(path = "new_device/body.txt")]
pub struct NewDevice<'a> {
    /// What the browser said of itself, shortened.
    pub device: &'a str,
    /// When.
    pub at: Moment,
    /// The sessions of the account.
    pub link: &'a str,
}

impl Words for NewDevice<'_> {
    fn subject(&self) -> String {
        "Tài khoản của bạn vừa đăng nhập trên thiết bị mới".to_owned()
    }
}
