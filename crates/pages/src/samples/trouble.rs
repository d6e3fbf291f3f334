//! Errors, rests and refusals.

use super::{Sample, draw, frames};
use crate::Bare;
use crate::part::Link;
use crate::public::{ErrorPage, Problem, Stopped, Suspended, UnlistedOrigin};

pub(super) fn add(samples: &mut Vec<Sample>) {
    for problem in Problem::ALL {
        let nobody = problem == Problem::WrongHost;
        let page = ErrorPage {
            frame: if nobody {
                Bare {
                    brand: None,
                    ..frames::bare()
                }
            } else {
                frames::bare()
            },
            problem,
            detail: (problem == Problem::BadRequest).then(|| "Cột 9: “mười hai” không phải là số.".into()),
            retry_after: (problem == Problem::Overloaded).then_some(30),
            links: if problem == Problem::Overloaded {
                vec![Link::new("Thử lại", "/thu")]
            } else {
                vec![]
            },
            request_id: "7h3q-2mzk-9v4d".into(),
            at: "12/11/2020, 9 giờ 41".into(),
        };
        draw(samples, &format!("loi-{}", problem.status()), &page);
    }
    let frame = Bare {
        embed: true,
        ..frames::bare()
    };
    let section = Some(Link::new("Sở Tư pháp", "/so-tu-phap/"));
    draw(
        samples,
        "khung-khong-co-ten",
        &UnlistedOrigin {
            frame: frame.clone(),
            origin: Some("https://www.kontum.gov.vn".into()),
            section,
            why: Stopped::Unlisted,
        },
    );
    draw(
        samples,
        "khung-khong-co-ten-trong",
        &UnlistedOrigin {
            frame: frame.clone(),
            origin: None,
            section: None,
            why: Stopped::Unlisted,
        },
    );
    draw(
        samples,
        "khung-tat",
        &UnlistedOrigin {
            frame: frame.clone(),
            origin: None,
            section: None,
            why: Stopped::Off,
        },
    );
    draw(
        samples,
        "tam-dung",
        &Suspended {
            frame: frame.clone(),
            province: Some(Link::new("Xem chuyên mục của các cơ quan khác", "/")),
        },
    );
    draw(
        samples,
        "tam-dung-trong",
        &Suspended {
            frame,
            province: None,
        },
    );
}
