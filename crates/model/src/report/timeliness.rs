//! Whether a report came in time, and under which extension (REP-08, N-07): frozen with its figures, said in every output.

use pbgdpl_vietnamese::date::dmy;
use serde::{Deserialize, Serialize};

use super::extension::Extended;
use crate::manifest::is_false;

/// How a report came.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Timeliness {
    /// After the last day, in place of nothing that had come in time.
    #[serde(default, skip_serializing_if = "is_false")]
    pub late: bool,
    /// The extension without which it would have been late, or could not have been sent at all.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub extended: Option<Extended>,
}

impl Timeliness {
    /// In a few words, for a cell or a list; empty where there is nothing to say.
    #[must_use]
    pub fn words(&self) -> String {
        match (self.late, &self.extended) {
            (false, None) => String::new(),
            (true, None) => "gửi sau hạn".to_owned(),
            (true, Some(extended)) => format!("gửi sau hạn, được gia hạn đến {}", dmy(extended.until)),
            (false, Some(extended)) => {
                format!("gửi khi kỳ đã khóa, được gia hạn đến {}", dmy(extended.until))
            }
        }
    }

    /// The whole of it, for the foot of the report: who asked and why, who granted it and why.
    #[must_use]
    pub fn sentence(&self) -> Option<String> {
        let head = match (self.late, &self.extended) {
            (false, None) => return None,
            (true, None) => return Some("Gửi sau hạn của kỳ báo cáo, không có gia hạn.".to_owned()),
            (true, Some(_)) => "Gửi sau hạn.",
            (false, Some(_)) => "Gửi khi kỳ đã khóa.",
        };
        let how = self.extended.as_ref().map(Extended::sentence).unwrap_or_default();
        Some(format!("{head} {how}"))
    }
}
