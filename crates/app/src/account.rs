//! The own account: signing in and out, the second factor, the password, one-time links. Not inside any agency.
//!
//! Every value that opens something (session, ticket, link) is 32 random bytes; the database holds its SHA-256 only.

pub mod change_password;
pub mod create;
pub mod denied;
pub mod device;
pub mod enrol;
pub mod erase;
pub mod invite;
mod lockout;
pub mod password;
pub(crate) mod random;
pub mod reset_factor;
pub mod second_factor;
pub mod session;
pub mod sign_in;
pub mod sign_in_link;
pub mod sign_out;
pub mod step_up;
pub mod summary;
mod totp;
mod trail;
mod turns;

use std::net::IpAddr;

pub use device::Device;
pub use trail::By;

/// What comes with a request to sign in: the browser, and the session it had before, which ends.
#[derive(Debug, Clone)]
pub struct Visit {
    /// What the browser said of itself.
    pub device: Device,
    /// The session cookie that came with the request.
    pub old_session: Option<String>,
    /// The trace that letters continue.
    pub trace: Option<String>,
    /// The nearest peer that is not a proxy of ours.
    pub client: Option<IpAddr>,
    /// The request, as records name it.
    pub request: String,
}
