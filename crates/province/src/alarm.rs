//! Alarms on odd acts (AUD-07): the logs are looked through on a schedule, by rules of the province; auditors read what was raised, an
//! administrator whom it is not about says what was found.

pub mod answer;
pub mod list;
mod seen;
pub mod watch;

pub use seen::Seen;
