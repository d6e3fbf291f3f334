//! Báo cáo viên, tuyên truyền viên pháp luật, for everybody (TT 10/2016/TT-BTP Đ.8.2b): the list and the decisions.

use askama::Template;

use crate::frame::Frame;
use crate::part::{Column, Empty, Link, Pager, Row, Table};
use crate::{CachePolicy, Page};

/// One person on the list.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct RegisteredRow {
    /// Họ và tên.
    pub name: String,
    /// Post and office.
    pub work: String,
    /// Level.
    pub level: String,
    /// Fields of law.
    pub fields: String,
    /// The decision of recognition.
    pub decision: String,
}

/// The list.
#[derive(Debug, Clone, Template)]
#[template(path = "public/register.html")]
pub struct PublicRegister {
    /// Surroundings.
    pub frame: Frame,
    /// How many there are over all pages.
    pub total: usize,
    /// This page of them.
    pub rows: Vec<RegisteredRow>,
    /// The other pages.
    pub pager: Pager,
}

impl PublicRegister {
    fn crumbs(&self) -> Vec<Link> {
        vec![Link::new("Báo cáo viên pháp luật", "")]
    }

    fn table(&self) -> Table {
        Table {
            caption: "Danh sách báo cáo viên, tuyên truyền viên pháp luật và quyết định công nhận".into(),
            caption_hidden: true,
            columns: [
                "Họ và tên",
                "Chức vụ, cơ quan",
                "Cấp",
                "Lĩnh vực",
                "Quyết định công nhận",
            ]
            .map(Column::words)
            .into(),
            rows: self
                .rows
                .iter()
                .map(|row| Row {
                    cells: [&row.name, &row.work, &row.level, &row.fields, &row.decision]
                        .map(|text| text.clone().into())
                        .into(),
                })
                .collect(),
            total: None,
        }
    }

    fn nothing(&self) -> Empty {
        Empty {
            title: format!(
                "{} chưa công bố báo cáo viên nào ở đây.",
                self.frame.speaker.short
            ),
            text: "Bạn có thể hỏi cơ quan về người phổ biến pháp luật theo lĩnh vực bạn cần.".into(),
            links: vec![Link::new("Liên hệ", self.frame.link("lien-he"))],
        }
    }
}

impl Page for PublicRegister {
    fn cache(&self) -> CachePolicy {
        CachePolicy::Public
    }
}
