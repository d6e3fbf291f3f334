//! Pages of agencies' own sites that show a section, or should: what is found there (EMB-07), and what is kept of it (N-30).

mod finding;

pub use finding::{Finding, Weight};

use serde::{Deserialize, Serialize};

use crate::clock::Moment;
use crate::closed_list::closed_lists;

closed_lists! {
    /// How a page shows a section.
    Shows {
        /// A frame.
        Frame = "khung", "khung";
        /// The loader's own element.
        Element = "the-rieng", "thẻ riêng";
        /// A fragment in the page itself.
        Fragment = "manh", "mảnh HTML";
        /// The whole section under a path of the page's site.
        Mount = "duong-dan", "cả chuyên mục dưới một đường dẫn";
        /// A link.
        Link = "lien-ket", "liên kết";
        /// Not at all.
        Nothing = "khong", "không thấy chuyên mục";
    }

    /// How a page stands.
    Health {
        /// Everything as it should be.
        Good = "tot", "hiện đúng";
        /// It shows, and something should be mended.
        Poor = "can-sua", "cần chỉnh";
        /// It does not show the section.
        Broken = "khong-hien", "không hiện";
        /// Somebody else put something there.
        Tampered = "bi-chen", "nghi bị chèn liên kết lạ";
        /// Not looked at yet.
        Unknown = "chua-kiem-tra", "chưa kiểm tra";
    }
}

/// What was found on a page at one moment.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Inspection {
    /// When.
    pub at: Moment,
    /// How the page shows the section.
    pub shows: Shows,
    /// What is to be said of it, the gravest first.
    pub findings: Vec<Finding>,
}

impl Inspection {
    /// The same in order.
    #[must_use]
    pub fn new(at: Moment, shows: Shows, mut findings: Vec<Finding>) -> Self {
        findings.sort_by_key(|finding| std::cmp::Reverse(finding.weight()));
        Self { at, shows, findings }
    }

    /// How the page stands.
    #[must_use]
    pub fn health(&self) -> Health {
        let gravest = self.findings.first().map_or(Weight::Fine, Finding::weight);
        match gravest {
            Weight::Alarm => Health::Tampered,
            Weight::Broken => Health::Broken,
            Weight::Mend => Health::Poor,
            Weight::Fine if self.shows == Shows::Nothing => Health::Broken,
            Weight::Fine => Health::Good,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_gravest_finding_says_how_a_page_stands() {
        let at = Moment::from_millis(0);
        let of = |shows, findings| Inspection::new(at, shows, findings).health();
        assert_eq!(of(Shows::Frame, vec![]), Health::Good);
        assert_eq!(of(Shows::Nothing, vec![]), Health::Broken);
        assert_eq!(of(Shows::Frame, vec![Finding::NoTitle]), Health::Poor);
        let strange = Finding::StrangeLinks {
            hosts: vec!["nha-cai.example".into()],
        };
        assert_eq!(
            of(Shows::Frame, vec![Finding::NoTitle, strange]),
            Health::Tampered
        );
    }
}
