//! The second factor was taken away by an operator.

use askama::Template;
use pbgdpl_model::clock::Moment;

use crate::filters;
use crate::letter::Words;

/// The second factor was taken away: to the person, who asked for it, or did not.
#[derive(Debug, Clone, Template)]
#[template(path = "factor_reset/body.txt")]
pub struct FactorReset {
    /// When.
    pub at: Moment,
}

impl Words for FactorReset {
    fn subject(&self) -> String {
        "Mã xác thực của tài khoản bạn vừa được đặt lại".to_owned()
    }
}
