//! The second factor was taken away by an operator.

use askama::Template;
use pbgdpl_model::clock::Moment;

use crate::filters;
use crate::letter::Words;

/// The second factor was taken away: to the person, who asked for it, or did not.
#[derive(Debug, Clone, Template)]
#[template(path = "factor_reset/body.txt")]
pub struct FactorReset<'a> {
    /// When.
    pub at: Moment,
    /// Where the person signs in afterwards.
    pub link: &'a str,
}

impl Words for FactorReset<'_> {
    fn subject(&self) -> String {
        "Mã xác thực của tài khoản bạn vừa được đặt lại".to_owned()
    }
}
