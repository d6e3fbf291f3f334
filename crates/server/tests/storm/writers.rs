//! Sixteen people who record, correct and take back over the web, each keeping a book of what was acknowledged.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use chrono::NaiveDate;

use crate::books::{Book, Figures, Line};
use crate::wire::{Answered, Desk};

/// Small, repeatable chance.
pub(crate) struct Chance(pub u64);

impl Chance {
    /// One of so many.
    pub fn among(&mut self, count: usize) -> usize {
        usize::try_from(self.below(count.try_into().unwrap())).unwrap()
    }

    pub fn below(&mut self, bound: u64) -> u64 {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % bound
    }
}

/// Somebody who writes.
pub(crate) struct Writer {
    pub number: u64,
    /// Which storm, so that titles differ.
    pub storm: u64,
    pub desk: Desk,
    pub agency: String,
    /// The other agency's id.
    pub partner: String,
    pub ports: Vec<u16>,
    pub today: NaiveDate,
    pub stop: Arc<AtomicBool>,
}

/// What became of an act.
enum Done {
    Yes(String),
    Unknown,
    Stopped,
}

impl Writer {
    /// Writes until the storm is over.
    pub fn write(self) -> Book {
        let mut chance = Chance(self.storm * 1_000 + self.number);
        let mut book = Book::default();
        let mut count = 0;
        while !self.stop.load(Ordering::Relaxed) {
            count += 1;
            let title = format!("Cơn bão {} người {} việc {count}", self.storm, self.number);
            if let Some(line) = self.one(&title, &mut chance, &mut book) {
                book.lines.push(line);
            }
        }
        book
    }

    /// One activity, and what happens to it.
    fn one(&self, title: &str, chance: &mut Chance, book: &mut Book) -> Option<Line> {
        let joint = chance.below(3) == 0;
        let figures = self.figures(chance);
        let here = format!("/quan-tri/{}/hoat-dong", self.agency);
        let mut line = Line {
            agency: self.agency.clone(),
            title: title.to_owned(),
            may_stand: vec![Some(figures.clone())],
            joint,
            acknowledged: 1,
            in_doubt: false,
        };
        let typed = self.typed(title, &figures, joint);
        let path = match self.act(
            chance,
            &here,
            &[&typed[..], &[field("act", "ghi")]].concat(),
            book,
        ) {
            Done::Yes(path) => path,
            Done::Stopped => return None,
            Done::Unknown => {
                // Not saved, saved as a draft, or recorded.
                line.may_stand.insert(0, None);
                line.acknowledged = 0;
                line.in_doubt = true;
                return Some(line);
            }
        };
        let next = match chance.below(4) {
            0 => {
                let right = self.figures(chance);
                let mut typed = self.typed(title, &right, joint);
                typed.extend([field("based_on", "1"), field("reason", "gõ nhầm số")]);
                (Some(right), format!("{path}/dinh-chinh"), typed)
            }
            1 => (
                None,
                format!("{path}/huy"),
                vec![field("reason", "ghi trùng với cuộc khác")],
            ),
            _ => return Some(line),
        };
        match self.act(chance, &next.1, &next.2, book) {
            Done::Yes(_) => {
                line.may_stand = vec![next.0];
                line.acknowledged += 1;
            }
            Done::Unknown => {
                line.may_stand.push(next.0);
                line.in_doubt = true;
            }
            Done::Stopped => {}
        }
        Some(line)
    }

    fn figures(&self, chance: &mut Chance) -> Figures {
        // Few days, so that writers meet on them.
        let back = chrono::Days::new(chance.below(4));
        Figures {
            day: self.today.checked_sub_days(back).unwrap(),
            attendees: i64::try_from(chance.below(90)).unwrap() + 1,
            materials: i64::try_from(chance.below(40)).unwrap() + 1,
        }
    }

    fn typed(&self, title: &str, figures: &Figures, joint: bool) -> Vec<(String, String)> {
        let mut typed = vec![
            field("kind", "hoi-nghi"),
            field("form", "truc-tiep"),
            field("title", title),
            field("day", &figures.day.format("%d/%m/%Y").to_string()),
            field("place", "Xã Văn Lem"),
            field("sessions", "1"),
            field("attendees", &figures.attendees.to_string()),
            field("materials", &figures.materials.to_string()),
            field("no_evidence_reason", "Biên bản bị thất lạc khi chuyển trụ sở"),
        ];
        if joint {
            typed.push(field("partners", &self.partner));
        }
        typed
    }

    /// Sends a form until somebody takes it.
    fn act(&self, chance: &mut Chance, path: &str, form: &[(String, String)], book: &mut Book) -> Done {
        let form: Vec<(&str, &str)> = form.iter().map(|(k, v)| (k.as_str(), v.as_str())).collect();
        loop {
            let port = self.ports[chance.among(self.ports.len())];
            match self.desk.post(port, path, &form) {
                Answered::With(303, to, _) if !to.starts_with("/dang-nhap") => return Done::Yes(to),
                // Faults of the storm: the database was gone, or the node was.
                Answered::With(status @ 500..=599, ..) => return book.fault(status),
                Answered::Broken => return book.fault(0),
                Answered::With(status, to, page) => {
                    book.strange.push(format!("{path}: {status} {to} {page:.2000}"));
                    return Done::Unknown;
                }
                Answered::NotTaken if self.stop.load(Ordering::Relaxed) => return Done::Stopped,
                Answered::NotTaken => std::thread::sleep(Duration::from_millis(20)),
            }
        }
    }
}

impl Book {
    fn fault(&mut self, status: u16) -> Done {
        *self.faults.entry(status).or_default() += 1;
        Done::Unknown
    }
}

fn field(name: &str, value: &str) -> (String, String) {
    (name.to_owned(), value.to_owned())
}
