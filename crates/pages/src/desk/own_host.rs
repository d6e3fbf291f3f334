//! Host names of the agency's own: which records prove and lead them, and how they stand (EMB-20, TEN-22).

use askama::Template;

use crate::desk::DeskFrame;
use crate::desk::embed::Found;
use crate::form::{ErrorSummary, Field};
use crate::part::{Empty, State};
use crate::{CachePolicy, Page};

/// A record to be added where the domain is managed.
#[derive(Debug, Clone)]
pub struct DnsRecord {
    /// TXT, CNAME, or what stands in for it.
    pub kind: &'static str,
    /// Under which name.
    pub name: String,
    /// What it holds.
    pub value: String,
    /// What it is for.
    pub why: &'static str,
}

/// A name that the agency claims or claimed.
#[derive(Debug, Clone)]
pub struct HostRow {
    /// Its id, for the names of its fields.
    pub id: String,
    /// The name, as people read it.
    pub host: String,
    /// The same as an address, where it shows the section.
    pub href: Option<String>,
    /// How it stands.
    pub state: State,
    /// The records that it needs.
    pub records: Vec<DnsRecord>,
    /// What was found.
    pub found: Vec<Found>,
    /// When its record was last seen, "08:15 ngày 01/02/2026"; nothing: never.
    pub proved: Option<String>,
    /// When it was last looked at; nothing: not yet.
    pub looked: Option<String>,
    /// Until when it leads to no other agency, dd/mm/yyyy.
    pub held: Option<String>,
    /// Last day of the registration, as typed.
    pub registered_until: String,
    /// What is wrong with what was typed there.
    pub error: Option<String>,
    /// Where its form goes.
    pub action: String,
    /// Given back, or given up.
    pub released: bool,
}

/// All names of an agency, and a form for another.
#[derive(Debug, Clone, Template)]
#[template(path = "desk/own_hosts.html")]
pub struct HostsPage {
    /// Surroundings.
    pub frame: DeskFrame,
    /// The names; those that were given back last.
    pub hosts: Vec<HostRow>,
    /// Where a new one goes.
    pub action: String,
    /// The reader may change.
    pub may_change: bool,
    /// The name.
    pub host: Field,
}

impl HostsPage {
    fn errors(&self) -> ErrorSummary {
        let mut summary = ErrorSummary::of("Chưa lưu được", [&self.host]);
        let dates = self.hosts.iter().filter_map(|one| {
            let error = one.error.as_ref()?;
            Some((
                format!("registered_until-{}", one.id),
                format!("Hạn đăng ký của {}: {error}", one.host),
            ))
        });
        summary.errors.extend(dates);
        summary
    }

    fn empty(&self) -> Empty {
        Empty {
            title: "Chưa có tên miền riêng.".into(),
            text: "Chuyên mục vẫn có địa chỉ ở hệ thống của tỉnh. Tên miền riêng chỉ cần khi cơ quan muốn địa chỉ mang tên mình.".into(),
            links: Vec::new(),
        }
    }
}

/// The name to be claimed, filled.
#[must_use]
pub fn host_field(typed: &str) -> Field {
    let field = Field {
        longest: 253,
        ..Field::text("host", "Tên miền")
    };
    field
        .with_hint("Ví dụ phapluat.coquan.gov.vn. Không dùng tên của trang đang chạy.")
        .with_value(typed)
}

crate::desk::never_kept!(HostsPage);
