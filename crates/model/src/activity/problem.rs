//! What must be right before an activity is kept, and before it counts: the field and the reason, as the screen says it.

use chrono::NaiveDate;

use crate::activity::form::{FORMS, MODES};
use crate::activity::{Content, Kind};

/// Something that must be put right first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// The field's name in the form.
    pub field: &'static str,
    /// What is wrong and what to do; reads on after "label: ".
    pub reason: String,
}

impl Problem {
    /// A field and what is wrong with it.
    #[must_use]
    pub fn new(field: &'static str, reason: impl Into<String>) -> Self {
        Self {
            field,
            reason: reason.into(),
        }
    }
}

/// Longest title, in characters.
pub const TITLE_MAX: usize = 250;
/// Longest other text.
pub const TEXT_MAX: usize = 2_000;
/// Largest figure that one activity may bring.
pub const FIGURE_MAX: i64 = 1_000_000_000;

impl Content {
    /// What stops this content from being kept at all, even as a draft.
    #[must_use]
    pub fn cannot_be_saved(&self) -> Vec<Problem> {
        let mut problems = Vec::new();
        let title = self.title.trim();
        if title.is_empty() {
            problems.push(Problem::new("title", "chưa có. Ghi tên gọi của hoạt động."));
        } else if title.chars().count() > TITLE_MAX {
            problems.push(Problem::new("title", "dài quá 250 ký tự. Rút ngắn lại."));
        }
        for (field, text) in [
            ("topic", &self.topic),
            ("place", &self.place),
            ("speakers", &self.speakers),
            ("materials_kind", &self.materials_kind),
            ("no_evidence_reason", &self.no_evidence_reason),
        ] {
            if text.chars().count() > TEXT_MAX {
                problems.push(Problem::new(field, "dài quá 2.000 ký tự. Rút ngắn lại."));
            }
        }
        for (field, figure) in self.figures() {
            if figure < 0 {
                problems.push(Problem::new(field, "là số âm. Ghi từ 0 trở lên."));
            } else if figure > FIGURE_MAX {
                problems.push(Problem::new(field, "quá lớn. Kiểm tra lại số đã nhập."));
            }
        }
        self.parts_within_whole(&mut problems);
        if !self.form.is_empty() && !FORMS.iter().any(|(id, _)| *id == self.form) {
            problems.push(Problem::new(
                "form",
                "không có trong tám hình thức của Điều 11. Chọn lại.",
            ));
        }
        if !self.mode.is_empty() && !MODES.iter().any(|(id, _)| *id == self.mode) {
            problems.push(Problem::new("mode", "không có trong danh sách. Chọn lại."));
        }
        problems
    }

    /// What stops an activity with this content from being counted: the draft's faults, then what is missing.
    /// `evidence`: files attached. No figure without evidence or a signed reason (REP-03).
    #[must_use]
    pub fn cannot_be_recorded(
        &self,
        kind: Kind,
        day: NaiveDate,
        today: NaiveDate,
        evidence: usize,
    ) -> Vec<Problem> {
        let mut problems = self.cannot_be_saved();
        if day > today {
            let reason = format!("ở tương lai ({}). Ghi ngày đã diễn ra.", day.format("%d/%m/%Y"));
            problems.push(Problem::new("day", reason));
        }
        if self.form.is_empty() {
            problems.push(Problem::new("form", "chưa chọn. Chọn một trong tám hình thức."));
        }
        if self.place.trim().is_empty() {
            problems.push(Problem::new("place", "chưa có. Ghi nơi diễn ra."));
        }
        if let Some((field, reason)) = self.missing_figure(kind) {
            problems.push(Problem::new(field, reason));
        }
        if evidence == 0 && self.no_evidence_reason.trim().chars().count() < 10 {
            let reason = "chưa có tệp minh chứng nào. Gắn tệp, hoặc ghi lý do không có minh chứng.";
            problems.push(Problem::new("no_evidence_reason", reason));
        }
        problems
    }

    fn figures(&self) -> [(&'static str, i64); 9] {
        [
            ("sessions", self.sessions),
            ("attendees", self.attendees),
            ("women", self.women.unwrap_or(0)),
            ("ethnic_minorities", self.ethnic_minorities.unwrap_or(0)),
            ("materials", self.materials),
            ("broadcasts", self.broadcasts),
            ("funding_regular", self.funding.regular),
            ("funding_programme", self.funding.programme),
            ("funding_other", self.funding.other),
        ]
    }

    fn parts_within_whole(&self, problems: &mut Vec<Problem>) {
        for (field, part) in [
            ("women", self.women),
            ("ethnic_minorities", self.ethnic_minorities),
        ] {
            if part.is_some_and(|part| part > self.attendees) {
                let reason = format!("lớn hơn tổng lượt người ({}).", self.attendees);
                problems.push(Problem::new(field, reason));
            }
        }
    }

    /// An activity that raises nothing of its own kind is a mistake, not a fact.
    fn missing_figure(&self, kind: Kind) -> Option<(&'static str, &'static str)> {
        let (field, figure, reason) = match kind {
            Kind::HoiNghi | Kind::LopTapHuan if self.sessions > 0 => {
                ("attendees", self.attendees, "chưa có. Ghi số lượt người tham dự.")
            }
            Kind::HoiNghi | Kind::LopTapHuan | Kind::CuocThi => {
                ("sessions", self.sessions, "chưa có. Ghi ít nhất 1 cuộc.")
            }
            Kind::PhatTaiLieu => ("materials", self.materials, "chưa có. Ghi số bản đã phát."),
            Kind::PhatThanh => ("broadcasts", self.broadcasts, "chưa có. Ghi số lần phát."),
        };
        (figure == 0).then_some((field, reason))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(d: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(2021, 5, d).unwrap()
    }

    fn good() -> Content {
        Content {
            title: "Phổ biến Luật Đất đai tại thôn Măng Rương".into(),
            form: "truc-tiep".into(),
            place: "Xã Văn Lem".into(),
            sessions: 1,
            attendees: 58,
            women: Some(30),
            ..Content::default()
        }
    }

    fn fields(problems: &[Problem]) -> Vec<&'static str> {
        problems.iter().map(|problem| problem.field).collect()
    }

    #[test]
    fn a_good_activity_with_evidence_counts() {
        assert!(
            good()
                .cannot_be_recorded(Kind::HoiNghi, day(3), day(3), 1)
                .is_empty()
        );
    }

    #[test]
    fn rep_03_no_figure_without_evidence_or_reason() {
        let bare = good().cannot_be_recorded(Kind::HoiNghi, day(3), day(3), 0);
        assert_eq!(fields(&bare), ["no_evidence_reason"]);
        let said = Content {
            no_evidence_reason: "Biên bản bị cháy cùng trụ sở xã".into(),
            ..good()
        };
        assert!(
            said.cannot_be_recorded(Kind::HoiNghi, day(3), day(3), 0)
                .is_empty()
        );
    }

    #[test]
    fn every_fault_is_named_at_its_field_with_its_figures() {
        let wrong = Content {
            women: Some(64),
            materials: -1,
            form: "khac-nua".into(),
            ..good()
        };
        let found = wrong.cannot_be_recorded(Kind::HoiNghi, day(9), day(3), 1);
        assert_eq!(fields(&found), ["materials", "women", "form", "day"]);
        assert_eq!(found[1].reason, "lớn hơn tổng lượt người (58).");
        assert!(found[3].reason.contains("09/05/2021"));
    }

    #[test]
    fn a_kind_must_raise_its_own_measure() {
        let of = |kind| fields(&good().cannot_be_recorded(kind, day(3), day(3), 1));
        assert_eq!(of(Kind::PhatTaiLieu), ["materials"]);
        assert_eq!(of(Kind::PhatThanh), ["broadcasts"]);
        assert!(of(Kind::CuocThi).is_empty());
        let nobody = Content {
            attendees: 0,
            women: None,
            ..good()
        };
        let found = nobody.cannot_be_recorded(Kind::LopTapHuan, day(3), day(3), 1);
        assert_eq!(fields(&found), ["attendees"]);
    }
}
