//! What happens in the two years, decided by a seed before anything is done: activities, corrections, takings back.

use chrono::{Days, NaiveDate};
use pbgdpl_model::activity::{Content, Funding, Kind};

use crate::files::Section;
use crate::numbers::Numbers;

/// How large a history is.
#[derive(Debug, Clone)]
pub(crate) struct Size {
    /// Only these agencies of Kon Tum, or all.
    pub(crate) agencies: Option<&'static [&'static str]>,
    /// Activities that are recorded.
    pub(crate) activities: usize,
    /// Questions of structure that are asked on the way.
    pub(crate) questions: usize,
}

/// What becomes of a recorded activity later.
#[derive(Debug, Clone)]
pub(crate) enum Later {
    Nothing,
    /// So many more came than were written down; the day is another one where one is named.
    Corrected {
        on: NaiveDate,
        more: i64,
        day: Option<NaiveDate>,
    },
    /// Taken back whole.
    Reversed {
        on: NaiveDate,
    },
}

/// One activity.
#[derive(Debug, Clone)]
pub(crate) struct Planned {
    pub(crate) owner: String,
    pub(crate) kind: Kind,
    /// When it took place.
    pub(crate) day: NaiveDate,
    /// When it is recorded: days, months or a year later.
    pub(crate) recorded: NaiveDate,
    pub(crate) content: Content,
    /// Who organised it too.
    pub(crate) partners: Vec<String>,
    /// Whether a file proves it.
    pub(crate) evidence: bool,
    pub(crate) later: Later,
}

/// The last day on which anything is recorded.
pub(crate) fn end() -> NaiveDate {
    "2022-01-15".parse().unwrap()
}

/// All activities, in the order in which they are recorded.
pub(crate) fn planned(sections: &[Section], count: usize) -> Vec<Planned> {
    let mut numbers = Numbers::of(20_200_101);
    let mut all: Vec<Planned> = (0..count).map(|at| one(sections, at, &mut numbers)).collect();
    all.sort_by(|a, b| (a.recorded, &a.content.title).cmp(&(b.recorded, &b.content.title)));
    all
}

fn one(sections: &[Section], at: usize, numbers: &mut Numbers) -> Planned {
    // Every agency has its turn, then chance decides.
    let owner = sections.get(at).unwrap_or_else(|| numbers.one_of(sections));
    let kind = *numbers.one_of(&Kind::ALL);
    let day = match at % 11 {
        // The edges of years, halves and units.
        0 => owner.last,
        1 => owner.first,
        _ => numbers.day(owner.first, owner.last),
    };
    let recorded = (day + Days::new(u64::try_from(delay(numbers)).unwrap())).min(end());
    let partners = if numbers.once_in(5) {
        partners(sections, owner, recorded, numbers)
    } else {
        Vec::new()
    };
    let evidence = numbers.once_in(3);
    let mut content = Content {
        title: format!("Hoạt động {at}"),
        form: if kind == Kind::CuocThi {
            "cuoc-thi"
        } else {
            "truc-tiep"
        }
        .into(),
        place: "Nhà rông".into(),
        sessions: 1,
        language: "tieng-viet".into(),
        mode: "truc-tiep".into(),
        no_evidence_reason: if evidence {
            ""
        } else {
            "Biên bản giấy lưu tại văn thư"
        }
        .into(),
        ..Content::default()
    };
    figures(&mut content, kind, numbers);
    Planned {
        owner: owner.slug.clone(),
        kind,
        day,
        recorded,
        content,
        partners,
        evidence,
        later: later(kind, (owner, day), recorded, numbers),
    }
}

/// Days until it is recorded: mostly a few, sometimes after the quarter, sometimes for the year before.
fn delay(numbers: &mut Numbers) -> i64 {
    match numbers.within(1, 10) {
        1..=6 => numbers.within(0, 5),
        7..=9 => numbers.within(20, 120),
        _ => numbers.within(150, 380),
    }
}

/// Agencies that stand when they are invited.
fn partners(sections: &[Section], owner: &Section, on: NaiveDate, numbers: &mut Numbers) -> Vec<String> {
    let others: Vec<&Section> = sections
        .iter()
        .filter(|other| other.slug != owner.slug && other.first <= on && on <= other.last)
        .collect();
    let mut chosen: Vec<String> = Vec::new();
    for _ in 0..numbers.within(1, 2) {
        if !others.is_empty() {
            chosen.push(numbers.one_of(&others).slug.clone());
        }
    }
    chosen.dedup();
    chosen
}

fn figures(content: &mut Content, kind: Kind, numbers: &mut Numbers) {
    match kind {
        Kind::HoiNghi | Kind::LopTapHuan => {
            content.sessions = numbers.within(1, 3);
            content.attendees = numbers.within(20, 200) * content.sessions;
            content.materials = numbers.within(0, 3) * 40;
        }
        Kind::CuocThi => content.attendees = numbers.within(30, 900),
        Kind::PhatTaiLieu => {
            content.sessions = 0;
            content.materials = numbers.within(1, 40) * 25;
        }
        Kind::PhatThanh => {
            content.sessions = 0;
            content.broadcasts = numbers.within(1, 50);
        }
    }
    content.funding = Funding {
        regular: numbers.within(0, 12) * 500,
        programme: numbers.within(0, 2) * 700,
        other: numbers.within(0, 1) * 300,
    };
}

fn later(
    kind: Kind,
    (owner, day): (&Section, NaiveDate),
    recorded: NaiveDate,
    numbers: &mut Numbers,
) -> Later {
    let on = recorded + Days::new(u64::try_from(numbers.within(0, 90)).unwrap());
    let on = on.min(end());
    let counts_people = matches!(kind, Kind::HoiNghi | Kind::LopTapHuan | Kind::CuocThi);
    match numbers.within(1, 12) {
        1 => Later::Reversed { on },
        2..=3 if counts_people => Later::Corrected {
            on,
            more: numbers.within(-9, 40),
            // A day that was mistaken, over the turn of a month or of the year.
            day: numbers
                .once_in(2)
                .then(|| (day - Days::new(u64::try_from(numbers.within(1, 40)).unwrap())).max(owner.first)),
        },
        _ => Later::Nothing,
    }
}
