//! Something is the matter with a host name of the agency's own.

use askama::Template;

use crate::letter::Words;

/// A host name is ill: to those who answer for the section.
#[derive(Debug, Clone, Template)]
#[template(path = "host_troubled/body.txt")]
pub struct HostTroubled<'a> {
    /// The agency.
    pub agency: &'a str,
    /// The name.
    pub host: &'a str,
    /// How its claim stands.
    pub standing: &'a str,
    /// What is the matter, and what to do, the gravest first.
    pub matters: Vec<(String, &'static str)>,
    /// When it will show the section no longer; nothing where it goes on.
    pub until: Option<String>,
    /// It shows the section no longer.
    pub off: bool,
    /// Where it is read.
    pub link: &'a str,
}

impl Words for HostTroubled<'_> {
    fn subject(&self) -> String {
        if self.off {
            format!("Tên miền riêng tạm ngừng: {}", self.host)
        } else {
            format!("Tên miền riêng cần xem lại: {}", self.host)
        }
    }
}
