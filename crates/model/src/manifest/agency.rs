//! An agency's file: permanent id, dated names, parents and codes, contact, chosen information groups, communes.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::words::{Accent, Membership, UnitKind};
use crate::agency::{DatedKind, DatedName, Profile, ReportRow, name_on, valid_on};
use crate::id::TenantId;

/// `agencies/{slug}.toml`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AgencyFile {
    /// Permanent; made once at random.
    pub id: Uuid,
    /// Kind and name without marks; also the file's name.
    pub slug: String,
    /// Subordinate or voluntary.
    pub membership: Membership,
    /// Colour of its section.
    pub accent: Accent,
    /// Its place in the province's form.
    pub report_row: ReportRow,
    /// Chosen information groups (ids of the vocabulary).
    pub information_groups: Vec<String>,
    /// `[[kind]]`.
    #[serde(rename = "kind")]
    pub kinds: Vec<KindEntry>,
    /// `[[name]]`.
    #[serde(rename = "name")]
    pub names: Vec<NameEntry>,
    /// `[[parent]]`.
    #[serde(rename = "parent", default, skip_serializing_if = "Vec::is_empty")]
    pub parents: Vec<ParentEntry>,
    /// `[[code]]`.
    #[serde(rename = "code", default, skip_serializing_if = "Vec::is_empty")]
    pub codes: Vec<CodeEntry>,
    /// `[dissolved]`, once it has ended.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub dissolved: Option<Dissolved>,
    /// `[contact]`.
    #[serde(default, skip_serializing_if = "Contact::is_empty")]
    pub contact: Contact,
    /// `[[commune]]`, of districts only.
    #[serde(rename = "commune", default, skip_serializing_if = "Vec::is_empty")]
    pub communes: Vec<Commune>,
}

/// What the agency is, and the days it is that.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct KindEntry {
    /// What it is.
    pub value: UnitKind,
    /// First day.
    pub valid_from: NaiveDate,
    /// Last day, if it ended.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub valid_to: Option<NaiveDate>,
    /// Not yet checked against an official source.
    #[serde(default, skip_serializing_if = "is_false")]
    pub verify: bool,
}

/// A name and the days it was valid.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NameEntry {
    /// In full.
    pub official: String,
    /// In lists and mastheads.
    pub short: String,
    /// Other spellings and abbreviations people search by.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub aliases: Vec<String>,
    /// First day.
    pub valid_from: NaiveDate,
    /// Last day, if it ended.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub valid_to: Option<NaiveDate>,
    /// Not yet checked against an official source.
    #[serde(default, skip_serializing_if = "is_false")]
    pub verify: bool,
}

/// The body above, and since when.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ParentEntry {
    /// Id of a `[[superior]]` of the province, or slug of an agency.
    pub unit: String,
    /// First day.
    pub valid_from: NaiveDate,
    /// Last day, if it ended.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub valid_to: Option<NaiveDate>,
    /// Not yet checked against an official source.
    #[serde(default, skip_serializing_if = "is_false")]
    pub verify: bool,
}

/// An official code and the days it was valid.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CodeEntry {
    /// Which decision defines it.
    pub scheme: String,
    /// The code; at most 35 characters (QĐ 20/2020/QĐ-TTg).
    pub value: String,
    /// First day.
    pub valid_from: NaiveDate,
    /// Last day, if it ended.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub valid_to: Option<NaiveDate>,
    /// Not yet checked against an official source.
    #[serde(default, skip_serializing_if = "is_false")]
    pub verify: bool,
}

/// How an agency ended. What follows it stands in `reorganisations/`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Dissolved {
    /// The last day on which it stood.
    pub last_day: NaiveDate,
    /// Number of the decision; unknown where absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub decision: Option<String>,
    /// Day of the decision.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub decided_on: Option<NaiveDate>,
    /// Not yet checked against an official source.
    #[serde(default, skip_serializing_if = "is_false")]
    pub verify: bool,
}

/// How to reach the agency; what is unknown is absent.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Contact {
    /// Chịu trách nhiệm chính (TT 32/2017/TT-BTTTT).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub responsible: Option<String>,
    /// Address.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub address: Option<String>,
    /// Telephone.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub phone: Option<String>,
    /// E-mail.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub email: Option<String>,
    /// The agency's own site.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub website: Option<String>,
    /// Not yet checked against an official source.
    #[serde(default, skip_serializing_if = "is_false")]
    pub verify: bool,
}

/// A commune of a district, for declared rows.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Commune {
    /// Code of QĐ 124/2004/QĐ-TTg.
    pub code: String,
    /// Name alone.
    pub name: String,
    /// With its kind: Xã, Phường, Thị trấn.
    pub official: String,
    /// Other spellings.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub aliases: Vec<String>,
    /// Sources spell it differently.
    #[serde(default, skip_serializing_if = "is_false")]
    pub verify: bool,
}

pub(crate) const fn is_false(value: &bool) -> bool {
    !*value
}

impl Contact {
    /// Whether nothing is known.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

impl AgencyFile {
    /// The id as the rest of the program knows it.
    #[must_use]
    pub const fn tenant(&self) -> TenantId {
        TenantId(self.id)
    }

    /// Its first day: of the first name it is known by.
    #[must_use]
    pub fn first_day(&self) -> Option<NaiveDate> {
        self.names.iter().map(|name| name.valid_from).min()
    }

    /// Its last day, if it ended.
    #[must_use]
    pub fn last_day(&self) -> Option<NaiveDate> {
        self.dissolved.as_ref().map(|dissolved| dissolved.last_day)
    }

    /// What it is on a day; the nearest kind if none is valid then.
    #[must_use]
    pub fn kind_on(&self, day: NaiveDate) -> Option<UnitKind> {
        valid_on(&self.kinds, day, |kind| (kind.valid_from, kind.valid_to)).map(|kind| kind.value)
    }

    /// What it was, as the registry keeps it.
    #[must_use]
    pub fn dated_kinds(&self) -> Vec<DatedKind> {
        self.kinds
            .iter()
            .map(|kind| DatedKind {
                valid_from: kind.valid_from,
                valid_to: kind.valid_to,
                kind: kind.value.word().to_owned(),
            })
            .collect()
    }

    /// Its names.
    #[must_use]
    pub fn dated_names(&self) -> Vec<DatedName> {
        self.names.iter().map(NameEntry::dated).collect()
    }

    /// The official name on a day; the nearest one if none is.
    #[must_use]
    pub fn official_on(&self, day: NaiveDate) -> Option<&str> {
        let names = self.dated_names();
        let wanted = name_on(&names, day)?.valid_from;
        self.names
            .iter()
            .find(|name| name.valid_from == wanted)
            .map(|name| name.official.as_str())
    }

    /// What everybody may know of its section.
    #[must_use]
    pub fn profile(&self) -> Profile {
        let text = |value: &Option<String>| value.clone().unwrap_or_default();
        Profile {
            responsible: text(&self.contact.responsible),
            address: text(&self.contact.address),
            phone: text(&self.contact.phone),
            email: text(&self.contact.email),
            website: text(&self.contact.website),
            information_groups: self.information_groups.clone(),
            verify: self.unverified(),
        }
    }

    /// The facts still to be checked, by name; shown to administrators only ("cần đối chiếu").
    #[must_use]
    pub fn unverified(&self) -> Vec<String> {
        let kinds = self.kinds.iter().filter(|k| k.verify);
        let names = self.names.iter().filter(|n| n.verify);
        let parents = self.parents.iter().filter(|p| p.verify);
        let codes = self.codes.iter().filter(|c| c.verify);
        let communes = self.communes.iter().filter(|c| c.verify);
        let ended = self.dissolved.as_ref().is_some_and(|d| d.verify);
        names
            .map(|n| format!("Tên gọi: {}", n.official))
            .chain(kinds.map(|k| format!("Loại cơ quan: {}", k.value.label())))
            .chain(parents.map(|_| "Cơ quan chủ quản".to_owned()))
            .chain(codes.map(|c| format!("Mã {} ({})", c.value, c.scheme)))
            .chain(ended.then(|| "Ngày kết thúc hoạt động".to_owned()))
            .chain(self.contact.verify.then(|| "Thông tin liên hệ".to_owned()))
            .chain(communes.map(|c| format!("Cách viết tên: {}", c.official)))
            .collect()
    }
}

impl NameEntry {
    fn dated(&self) -> DatedName {
        DatedName {
            valid_from: self.valid_from,
            valid_to: self.valid_to,
            official: self.official.clone(),
            short: self.short.clone(),
        }
    }
}

/// Writes an agency's file in its canonical form: what it gives parses back equal.
pub fn write_agency(agency: &AgencyFile) -> Result<String, toml::ser::Error> {
    toml::to_string(agency)
}
