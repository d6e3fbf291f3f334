//! Typed ids: one newtype per noun, shown as Crockford base32, lower case, permanent and opaque.

use std::fmt;
use std::str::FromStr;
use std::sync::LazyLock;

use data_encoding::{Encoding, Specification};
use uuid::Uuid;

use crate::clock::Moment;

/// Crockford's alphabet, lower case; reading also accepts upper case and the letters it leaves out (o, i, l).
static CROCKFORD: LazyLock<Option<Encoding>> = LazyLock::new(|| {
    let mut specification = Specification::new();
    specification.symbols.push_str("0123456789abcdefghjkmnpqrstvwxyz");
    specification
        .translate
        .from
        .push_str("ABCDEFGHJKMNPQRSTVWXYZoOiIlL");
    specification
        .translate
        .to
        .push_str("abcdefghjkmnpqrstvwxyz001111");
    specification.encoding().ok()
});

/// Writes 128 bits as 26 characters.
#[must_use]
pub fn to_base32(id: Uuid) -> String {
    CROCKFORD
        .as_ref()
        .map_or_else(|| id.simple().to_string(), |e| e.encode(id.as_bytes()))
}

/// Reads what [`to_base32`] wrote; also the usual form of a UUID.
#[must_use]
pub fn from_base32(text: &str) -> Option<Uuid> {
    match text.len() {
        26 => {
            let bytes = CROCKFORD.as_ref()?.decode(text.as_bytes()).ok()?;
            Uuid::from_slice(&bytes).ok()
        }
        36 => Uuid::parse_str(text).ok(),
        _ => None,
    }
}

/// A text that is not an id.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not an id")]
pub struct NotAnId;

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident),* $(,)?) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(pub Uuid);

        impl $name {
            /// A new id: sortable by the time it was made (UUIDv7, RFC 9562).
            #[must_use]
            pub fn fresh(now: Moment) -> Self {
                Self(fresh(now))
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&to_base32(self.0))
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, concat!(stringify!($name), "({})"), self.0)
            }
        }

        impl FromStr for $name {
            type Err = NotAnId;
            fn from_str(text: &str) -> Result<Self, NotAnId> {
                from_base32(text).map(Self).ok_or(NotAnId)
            }
        }

        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
                s.serialize_str(&to_base32(self.0))
            }
        }

        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
                let text = <std::borrow::Cow<'de, str>>::deserialize(d)?;
                text.parse().map_err(serde::de::Error::custom)
            }
        }
    )*};
}

// Alphabetical; append only.
ids! {
    /// A person, over all agencies.
    AccountId,
    /// An offline activity (cuộc PBGDPL, cuộc thi, …).
    ActivityId,
    /// An alarm on an odd act.
    AlarmId,
    /// An item of content, over all its versions.
    ArticleId,
    /// One province-wide consolidation of a form.
    ConsolidationId,
    /// What an agency writes of its results under a plan in a year, over all versions.
    ContributionId,
    /// The domain of a policy: an agency, or the province.
    DomainId,
    /// A site that embeds a section.
    EmbedId,
    /// A person in the register of báo cáo viên pháp luật.
    EntryId,
    /// A figure that the province chose to make public.
    FigureId,
    /// A tổ hòa giải ở cơ sở.
    GroupId,
    /// A host name that an agency claims.
    HostId,
    /// An uploaded file.
    MediaId,
    /// A letter or effect waiting to leave.
    OutboxId,
    /// A page of an agency's site that shows its section.
    PlaceId,
    /// One version of the province's report on a plan.
    PlanReportId,
    /// The province.
    ProvinceId,
    /// A form of one agency for one period.
    ReportId,
    /// An agency.
    TenantId,
    /// One line of a timeline.
    TimelineId,
    /// A saved view of figures.
    ViewId,
}

impl From<TenantId> for DomainId {
    fn from(id: TenantId) -> Self {
        Self(id.0)
    }
}

impl From<ProvinceId> for DomainId {
    fn from(id: ProvinceId) -> Self {
        Self(id.0)
    }
}

/// A new sortable id.
#[must_use]
pub fn fresh(now: Moment) -> Uuid {
    let millis = u64::try_from(now.millis()).unwrap_or(0);
    let nanos = u32::try_from((millis % 1000) * 1_000_000).unwrap_or(0);
    Uuid::new_v7(uuid::Timestamp::from_unix(uuid::NoContext, millis / 1000, nanos))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_survives_its_text() {
        let id = ArticleId(Uuid::from_u128(0x0192_aaaa_bbbb_7ccc_8ddd_eeee_ffff_0001));
        let text = id.to_string();
        assert_eq!(text.len(), 26);
        assert_eq!(text.parse::<ArticleId>().unwrap(), id);
        assert_eq!(text.to_uppercase().parse::<ArticleId>().unwrap(), id);
        assert!("../etc".parse::<ArticleId>().is_err());
    }

    #[test]
    fn later_ids_sort_later() {
        let (a, b) = (
            fresh(Moment::from_millis(1_000)),
            fresh(Moment::from_millis(2_000)),
        );
        assert!(a < b);
    }
}
