//! Errors at the edge: a status, what to say, what to log. Handlers never draw an error; one layer does, for every origin.

use axum::body::Body;
use axum::response::{IntoResponse, Response};
use http::StatusCode;
use pbgdpl_pages::part::Link;
use pbgdpl_press::PressError;
use pbgdpl_scope::Denied;
use pbgdpl_store::StoreError;

/// Why a request was not answered with its page.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// No such thing, or none that the caller may know of.
    #[error("not found")]
    NotFound,
    /// Sign in first; afterwards go on here.
    #[error("sign in")]
    SignIn,
    /// Not allowed, among colleagues: says which rule would be needed.
    #[error(transparent)]
    Denied(#[from] Denied),
    /// A second factor is needed.
    #[error("a second factor is needed")]
    SecondFactor,
    /// The section is suspended.
    #[error("suspended")]
    Suspended,
    /// A step that cannot be taken from here, or a row that changed.
    #[error("conflict: {0}")]
    Conflict(String),
    /// What was sent cannot be taken: field and reason.
    #[error("invalid {0}: {1}")]
    Invalid(&'static str, String),
    /// A parameter of the address that cannot be taken: its name and the reason.
    #[error("parameter {0}: {1}")]
    Parameter(String, String),
    /// Asked more than one caller may; seconds until the next request is answered.
    #[error("too many requests")]
    TooMany(u64),
    /// What was sent cannot be read at all.
    #[error("{1}")]
    Refused(StatusCode, String),
    /// No connection was free.
    #[error("busy")]
    Busy,
    /// The database went away while something was being kept.
    #[error("in doubt")]
    InDoubt,
    /// There is no PDF file; where the same is to be had otherwise.
    #[error("no PDF file: {0}")]
    NoPdf(PressError, Vec<Link>),
    /// A fault of ours.
    #[error("internal")]
    Internal(#[source] Box<dyn std::error::Error + Send + Sync>),
}

/// What the drawing layer needs to know of an error; travels as an extension of the response.
#[derive(Debug, Clone)]
pub struct ErrorInfo {
    /// What to say besides the usual words of the status.
    pub detail: Option<String>,
    /// The parameter or the field that is wrong.
    pub field: Option<String>,
    /// The rule that would be needed.
    pub code: Option<String>,
    /// Seconds after which to try again.
    pub retry_after: Option<u64>,
    /// Sign in, then come back.
    pub sign_in: bool,
    /// Showing the second factor again is all that is missing.
    pub step_up: bool,
    /// What leads on.
    pub links: Vec<Link>,
}

impl From<StoreError> for Error {
    fn from(error: StoreError) -> Self {
        match error {
            StoreError::Busy(_) => Self::Busy,
            StoreError::InDoubt(_) => Self::InDoubt,
            StoreError::Stale => Self::Conflict("Có người vừa sửa trước bạn.".into()),
            StoreError::Exists(_) => {
                Self::Conflict("Có người vừa tạo đúng mục này trước bạn. Mở lại trang để làm tiếp.".into())
            }
            other => Self::Internal(Box::new(other)),
        }
    }
}

impl From<pbgdpl_app::Error> for Error {
    fn from(error: pbgdpl_app::Error) -> Self {
        use pbgdpl_app::Error as App;
        match error {
            App::NotFound => Self::NotFound,
            App::Denied(denied) => Self::Denied(denied),
            App::SecondFactorNeeded => Self::SecondFactor,
            App::Suspended => Self::Suspended,
            App::Illegal(illegal) => Self::Conflict(format!(
                "Mục này đang ở bước “{}”, chưa làm được việc đó.",
                illegal.from.label()
            )),
            App::Invalid { field, reason } => Self::Invalid(field, reason),
            App::Overload => Self::Busy,
            App::Stale => Self::Conflict("Có người vừa sửa trước bạn.".into()),
            App::Store(store) => store.into(),
        }
    }
}

impl IntoResponse for Error {
    fn into_response(self) -> Response {
        let mut info = ErrorInfo {
            detail: None,
            field: None,
            code: None,
            retry_after: None,
            sign_in: false,
            step_up: false,
            links: Vec::new(),
        };
        if let Self::NoPdf(_, links) = &self {
            info.links.clone_from(links);
        }
        let status = match &self {
            Self::NotFound => StatusCode::NOT_FOUND,
            Self::SignIn => {
                info.sign_in = true;
                StatusCode::FORBIDDEN
            }
            Self::Denied(denied) => {
                info.code = Some(denied.code());
                info.step_up = denied.step_up;
                info.detail = denied_in_words(denied);
                StatusCode::FORBIDDEN
            }
            Self::SecondFactor => {
                info.detail = Some("Việc này cần xác thực hai lớp. Hãy bật xác thực hai lớp ở trang tài khoản rồi đăng nhập lại.".into());
                StatusCode::FORBIDDEN
            }
            Self::Suspended => {
                info.detail =
                    Some("Chuyên mục đang tạm dừng nên chưa ghi được gì. Hãy hỏi quản trị cấp tỉnh.".into());
                StatusCode::CONFLICT
            }
            Self::Conflict(detail) => {
                info.detail = Some(detail.clone());
                StatusCode::CONFLICT
            }
            Self::Invalid(_, reason) => {
                info.detail = Some(reason.clone());
                StatusCode::UNPROCESSABLE_ENTITY
            }
            Self::Parameter(name, reason) => {
                info.detail = Some(reason.clone());
                info.field = Some(name.clone());
                StatusCode::BAD_REQUEST
            }
            Self::TooMany(seconds) => {
                info.retry_after = Some(*seconds);
                info.detail = Some(format!(
                    "Bạn gọi nhiều quá trong một lúc. Hãy đợi {seconds} giây rồi gọi tiếp."
                ));
                StatusCode::TOO_MANY_REQUESTS
            }
            Self::Refused(status, detail) => {
                info.detail = Some(detail.clone());
                *status
            }
            Self::Busy => {
                info.retry_after = Some(5);
                StatusCode::SERVICE_UNAVAILABLE
            }
            // No Retry-After: what sends it again by itself might do it twice.
            Self::InDoubt => {
                info.detail = Some(
                    "Đường nối với cơ sở dữ liệu đứt đúng lúc lưu, nên chưa rõ việc vừa rồi đã lưu hay chưa. Mở lại trang để xem trước khi gửi lần nữa."
                        .into(),
                );
                StatusCode::SERVICE_UNAVAILABLE
            }
            Self::NoPdf(PressError::Busy, _) => {
                info.retry_after = Some(5);
                info.detail = Some(
                    "Đang lập nhiều tệp PDF cùng lúc. Tải lại sau giây lát, hoặc dùng cách khác dưới đây."
                        .into(),
                );
                StatusCode::SERVICE_UNAVAILABLE
            }
            Self::NoPdf(PressError::TooLong, _) => {
                info.detail =
                    Some("Nội dung quá dài để lập một tệp PDF. Lấy cùng nội dung theo cách dưới đây.".into());
                StatusCode::UNPROCESSABLE_ENTITY
            }
            Self::NoPdf(..) => {
                info.detail = Some(
                    "Chưa lập được tệp PDF. Số liệu không bị ảnh hưởng; có thể lấy cùng nội dung theo cách dưới đây."
                        .into(),
                );
                StatusCode::INTERNAL_SERVER_ERROR
            }
            Self::Internal(error) => {
                tracing::error!(error = %chain(error.as_ref()), "request failed");
                StatusCode::INTERNAL_SERVER_ERROR
            }
        };
        let mut response = Response::new(Body::empty());
        *response.status_mut() = status;
        response.extensions_mut().insert(info);
        response
    }
}

/// What a refusal means for the person who meets it.
fn denied_in_words(denied: &Denied) -> Option<String> {
    use pbgdpl_model::policy::Condition;
    let words = match denied.failed? {
        Condition::NotContributor => {
            "Bạn đã sửa văn bản này sau lần công bố gần nhất nên không thể tự duyệt. Hãy để người khác duyệt."
        }
        Condition::SecondFactor => {
            "Việc này cần xác thực hai lớp. Hãy bật ở trang tài khoản rồi đăng nhập lại."
        }
        Condition::NotContributorSecondFactor => {
            "Người duyệt phải là người chưa sửa văn bản này và đã xác thực hai lớp. Hãy để người khác duyệt, hoặc bật xác thực hai lớp."
        }
        Condition::OwnItem => "Chỉ người tạo mục này mới làm được việc đó.",
        Condition::Always => return None,
    };
    Some(words.to_owned())
}

/// An error with everything below it.
fn chain(error: &dyn std::error::Error) -> String {
    let mut text = error.to_string();
    let mut below = error.source();
    while let Some(cause) = below {
        text.push_str(": ");
        text.push_str(&cause.to_string());
        below = cause.source();
    }
    text
}
