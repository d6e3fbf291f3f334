//! Sign-in: address and password, then the code of the second factor; setting that factor up.

use askama::Template;

use crate::form::{ErrorSummary, Field};
use crate::part::Notice;
use crate::{Bare, CachePolicy, Page};

mod qr;

pub use qr::QrCode;

/// First step: address and password.
#[derive(Debug, Clone, Template)]
#[template(path = "sign_in/password.html")]
pub struct Password {
    /// Surroundings.
    pub frame: Bare,
    /// Where the form goes.
    pub action: String,
    /// Where to go after, checked by the handler; sent back as `next`.
    pub next: Option<String>,
    /// Why one is here: signed out, time ran out, wrong password.
    pub notice: Option<Notice>,
    /// What was typed, and its error.
    pub email: Field,
    /// Never filled; its error.
    pub password: Field,
}

impl Password {
    /// The fields of this step, empty.
    #[must_use]
    pub fn fields() -> (Field, Field) {
        let email = Field {
            autocomplete: "username",
            longest: 254,
            ..Field::line("email", "Thư điện tử công vụ", "email")
        };
        let password = Field {
            autocomplete: "current-password",
            longest: 200,
            ..Field::line("password", "Mật khẩu", "password")
        };
        (email, password)
    }

    fn errors(&self) -> ErrorSummary {
        ErrorSummary {
            kept: String::new(),
            ..ErrorSummary::of("Chưa đăng nhập được", [&self.email, &self.password])
        }
    }
}

/// Name of the code's field where the form of an act is kept beside it: no act has such a field.
pub const CODE_AGAIN: &str = "ma-xac-nhan-lai";

/// Second step: the code of six digits.
#[derive(Debug, Clone, Template)]
#[template(path = "sign_in/code.html")]
pub struct Code {
    /// Surroundings.
    pub frame: Bare,
    /// Where the form goes.
    pub action: String,
    /// The account, as typed before.
    pub account: String,
    /// First step again.
    pub restart: String,
    /// As in [`Password::next`].
    pub next: Option<String>,
    /// Why one is here again.
    pub notice: Option<Notice>,
    /// The code and its error.
    pub code: Field,
    /// This is a second look before a weighty act, not a sign-in.
    pub step_up: bool,
    /// What was typed for that act, sent on with the code.
    pub kept: Vec<(String, String)>,
}

impl Code {
    /// The field of this step, empty.
    #[must_use]
    pub fn field() -> Field {
        let field = Field {
            autocomplete: "one-time-code",
            longest: 7,
            ..Field::figure("code", "Mã 6 số")
        };
        field.with_hint("Mã đổi sau mỗi 30 giây.")
    }

    /// The same beside the fields of an act.
    #[must_use]
    pub fn field_again() -> Field {
        Field {
            name: CODE_AGAIN.into(),
            ..Self::field()
        }
    }

    fn errors(&self) -> ErrorSummary {
        ErrorSummary {
            kept: String::new(),
            ..ErrorSummary::of(
                if self.step_up {
                    "Chưa xác thực được"
                } else {
                    "Chưa đăng nhập được"
                },
                [&self.code],
            )
        }
    }
}

/// Setting up the second factor: picture or letters into the app, then a first code as proof.
#[derive(Debug, Clone, Template)]
#[template(path = "sign_in/enrol.html")]
pub struct Enrol {
    /// Surroundings.
    pub frame: Bare,
    /// Where the form goes.
    pub action: String,
    /// The account that the app will show.
    pub account: String,
    /// The picture.
    pub qr: QrCode,
    /// The same in letters, in groups of four.
    pub secret: String,
    /// The code and its error.
    pub code: Field,
    /// As in [`Password::next`].
    pub next: Option<String>,
}

impl Enrol {
    /// A secret in groups of four, as people copy it.
    #[must_use]
    pub fn grouped(secret: &str) -> String {
        let mut out = String::with_capacity(secret.len() + secret.len() / 4);
        for (at, c) in secret.chars().enumerate() {
            if at > 0 && at % 4 == 0 {
                out.push(' ');
            }
            out.push(c);
        }
        out
    }

    fn errors(&self) -> ErrorSummary {
        ErrorSummary {
            kept: String::new(),
            ..ErrorSummary::of("Chưa bật được", [&self.code])
        }
    }
}

macro_rules! never_kept {
    ($($page:ty),+) => { $(impl Page for $page {
        fn cache(&self) -> CachePolicy {
            CachePolicy::Never
        }
    })+ };
}
never_kept!(Password, Code, Enrol);
