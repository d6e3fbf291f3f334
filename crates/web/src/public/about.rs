//! About a section, and how to reach its agency.

use axum::extract::State;
use axum::response::Response;
use pbgdpl_pages::linked;
use pbgdpl_pages::part::Link;
use pbgdpl_pages::public::{About, Contact, Fact};

use crate::error::Error;
use crate::extract::Visitor;
use crate::page;
use crate::public::surroundings;
use crate::state::AppState;

/// `GET {mount}/gioi-thieu`
pub async fn about(State(state): State<AppState>, visitor: Visitor) -> Result<Response, Error> {
    let mut frame = surroundings::section(&state, &visitor, "gioi-thieu")
        .await?
        .at("gioi-thieu");
    let who = surroundings::organization(&state, &visitor, &frame);
    frame.linked = Some(linked::about(&who, "Giới thiệu", &frame.canonical));
    let mut facts = vec![
        Fact::new("Cơ quan", &frame.speaker.official),
        Fact::new("Loại cơ quan", &frame.speaker.line),
    ];
    if let Some(responsible) = &frame.footer.responsible {
        facts.push(Fact::new("Chịu trách nhiệm chính", responsible));
    }
    let listed = state
        .read
        .public()
        .register_count(visitor.tenant.id(), visitor.now.day())
        .await?;
    let page = About {
        register: (listed > 0).then(|| {
            Link::new(
                format!("Báo cáo viên, tuyên truyền viên pháp luật ({listed} người)"),
                frame.link("bao-cao-vien"),
            )
        }),
        paragraphs: vec![
            format!(
                "Đây là chuyên mục phổ biến, giáo dục pháp luật của {}. Mỗi bài ghi rõ căn cứ pháp lý, người soạn và người duyệt.",
                frame.speaker.official
            ),
            "Nội dung giúp bạn hiểu quy định. Khi áp dụng, hãy đọc văn bản chính thức.".into(),
        ],
        facts,
        bases: vec![
            "Luật Phổ biến, giáo dục pháp luật số 14/2012/QH13, Điều 13".into(),
            "Quyết định số 471/QĐ-TTg ngày 26/4/2019 của Thủ tướng Chính phủ".into(),
        ],
        frame,
    };
    page::html(&page)
}

/// `GET {mount}/lien-he`
pub async fn contact(State(state): State<AppState>, visitor: Visitor) -> Result<Response, Error> {
    let frame = surroundings::section(&state, &visitor, "lien-he")
        .await?
        .at("lien-he");
    page::html(&Contact { frame })
}
