//! The words of a policy: roles, actions and conditions, each a closed list, and the row that joins them.
//!
//! A row says: this role may do this action under this condition. Rows only allow; what no row allows is refused.

use std::fmt;
use std::str::FromStr;

/// A word that is not on its list.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("unknown {list}: {word}")]
pub struct UnknownWord {
    /// Which list: role, action or condition.
    pub list: &'static str,
    /// What was read.
    pub word: String,
}

macro_rules! words {
    ($(#[$doc:meta])* $list:literal $name:ident { $($(#[$vdoc:meta])* $variant:ident = $word:literal),* $(,)? }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[repr(u8)]
        pub enum $name { $($(#[$vdoc])* $variant),* }

        impl $name {
            /// The whole list, in order.
            pub const ALL: &'static [Self] = &[$(Self::$variant),*];

            /// The word as it stands in files and tables.
            #[must_use]
            pub const fn word(self) -> &'static str {
                match self { $(Self::$variant => $word),* }
            }

            /// The place in the list.
            #[must_use]
            #[expect(clippy::as_conversions, reason = "a field-less enum with repr(u8) to its own number")]
            pub const fn index(self) -> usize {
                self as usize
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(self.word())
            }
        }

        impl FromStr for $name {
            type Err = UnknownWord;
            fn from_str(word: &str) -> Result<Self, UnknownWord> {
                match word {
                    $($word => Ok(Self::$variant),)*
                    _ => Err(UnknownWord { list: $list, word: word.to_owned() }),
                }
            }
        }

        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
                s.serialize_str(self.word())
            }
        }

        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
                let word = <std::borrow::Cow<'de, str>>::deserialize(d)?;
                word.parse().map_err(serde::de::Error::custom)
            }
        }
    };
}

words! {
    /// What a person is, in one agency or in the province.
    "role" Role {
        /// Runs an agency's section: people, settings, embedding.
        AgencyAdmin = "agency-admin",
        /// Writes.
        Editor = "editor",
        /// Reads what others wrote and publishes it.
        Approver = "approver",
        /// Records activities and fills the forms.
        Reporter = "reporter",
        /// Runs the province's agencies.
        ProvinceAdmin = "province-admin",
        /// Follows, accepts and consolidates the forms.
        ProvinceReporter = "province-reporter",
        /// Reads everything, changes nothing.
        Auditor = "auditor",
    }
}

impl Role {
    /// Whether the role is held in the province rather than in an agency.
    #[must_use]
    pub const fn of_province(self) -> bool {
        matches!(self, Self::ProvinceAdmin | Self::ProvinceReporter | Self::Auditor)
    }

    /// The role's name on the screen.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::AgencyAdmin => "Quản trị chuyên mục",
            Self::Editor => "Biên tập viên",
            Self::Approver => "Người duyệt",
            Self::Reporter => "Người lập báo cáo",
            Self::ProvinceAdmin => "Quản trị cấp tỉnh",
            Self::ProvinceReporter => "Người tổng hợp báo cáo cấp tỉnh",
            Self::Auditor => "Người giám sát",
        }
    }

    /// Whether the role publishes, decides or counts, and so needs a second factor (IDN-03).
    #[must_use]
    pub const fn needs_second_factor(self) -> bool {
        !matches!(self, Self::Editor)
    }
}

words! {
    /// What a person may do.
    "action" Action {
        /// Read drafts and versions of the agency's items.
        ArticleRead = "article-read",
        /// Write and save an item.
        ArticleWrite = "article-write",
        /// Send an item to be approved.
        ArticleSubmit = "article-submit",
        /// Send an item back with a remark.
        ArticleReturn = "article-return",
        /// Approve and publish.
        ArticleApprove = "article-approve",
        /// Withdraw a published item with a notice.
        ArticleWithdraw = "article-withdraw",
        /// Upload a picture or a file.
        MediaUpload = "media-upload",
        /// Read the agency's activities.
        ActivityRead = "activity-read",
        /// Write an activity that is not yet counted.
        ActivityWrite = "activity-write",
        /// Put an activity into the ledger.
        ActivityRecord = "activity-record",
        /// Correct a counted activity by a reversing entry.
        ActivityCorrect = "activity-correct",
        /// Confirm or refuse the share in another agency's activity.
        ActivityConfirmShare = "activity-confirm-share",
        /// Read the agency's registers: báo cáo viên pháp luật, tổ hòa giải.
        RegisterRead = "register-read",
        /// Propose people for the register of báo cáo viên, keep tổ hòa giải, and keep what the registers say right.
        RegisterWrite = "register-write",
        /// Write decisions into the register: recognition, suspension, dismissal, another level.
        RegisterDecide = "register-decide",
        /// Read the agency's forms.
        ReportRead = "report-read",
        /// Fill a form.
        ReportFill = "report-fill",
        /// Check a form (người kiểm tra).
        ReportCheck = "report-check",
        /// Submit a form to the province.
        ReportSubmit = "report-submit",
        /// Ask the province for more time to report.
        ExtensionAsk = "extension-ask",
        /// See who has which role in the agency.
        MemberRead = "member-read",
        /// Give a role in the agency.
        MemberGrant = "member-grant",
        /// Take a role in the agency.
        MemberRevoke = "member-revoke",
        /// See the sites that embed the section.
        EmbedRead = "embed-read",
        /// Add and change them.
        EmbedWrite = "embed-write",
        /// Keep what was found on a page that shows the section: the schedule does, nobody by hand.
        EmbedWatch = "embed-watch",
        /// Change the section's facts: address, responsible person, accent.
        AgencySettings = "agency-settings",
        /// Read the agency's audit log.
        AuditRead = "audit-read",
        /// See all agencies with what administrators may know.
        AgencyList = "agency-list",
        /// Create an agency.
        AgencyCreate = "agency-create",
        /// Suspend an agency.
        AgencySuspend = "agency-suspend",
        /// Reactivate an agency.
        AgencyReactivate = "agency-reactivate",
        /// Give a role, in an agency or in the province.
        ProvinceMemberGrant = "province-member-grant",
        /// Take a role, in an agency or in the province.
        ProvinceMemberRevoke = "province-member-revoke",
        /// Add a digital signature to a form that was sent.
        ReportSign = "report-sign",
        /// Erase what is kept of a person, but for what they answered for in office.
        PersonErase = "person-erase",
        /// See who has sent which form, and who is late.
        ReportFollow = "report-follow",
        /// Return a form with a remark.
        ReportReturn = "report-return",
        /// Accept a form.
        ReportAccept = "report-accept",
        /// Answer an agency that asked for more time.
        ExtensionDecide = "extension-decide",
        /// Ask for reports out of turn, and take that back.
        ReportRequest = "report-request",
        /// Consolidate the accepted forms.
        ReportConsolidate = "report-consolidate",
        /// Freeze a consolidation.
        ReportFreeze = "report-freeze",
        /// Send frozen forms to the Ministry and compare both sides.
        ReportExchange = "report-exchange",
        /// Export forms and consolidations.
        ReportExport = "report-export",
        /// Take the Ministry's record types out of the house, over all agencies.
        RecordsExport = "records-export",
        /// Read the consolidated dashboards.
        OversightRead = "oversight-read",
        /// Share a saved view of the figures with everybody of the province.
        ViewShare = "view-share",
        /// Propose a figure to be made public.
        FigurePropose = "figure-propose",
        /// Agree that a proposed figure is public.
        FigureApprove = "figure-approve",
        /// Take a public figure back.
        FigureRevoke = "figure-revoke",
        /// Read ledger rows and their evidence over all agencies.
        EvidenceRead = "evidence-read",
        /// Verify audit chains.
        AuditVerify = "audit-verify",
        /// Take audit logs and evidence packs out of the house.
        AuditExport = "audit-export",
        /// Read alarms on odd acts.
        AlarmRead = "alarm-read",
        /// Raise alarms on odd acts: the schedule does, nobody by hand.
        AlarmRaise = "alarm-raise",
        /// Say what was found behind an alarm.
        AlarmAnswer = "alarm-answer",
        /// Apply `tenants/` to the database.
        ManifestApply = "manifest-apply",
    }
}

words! {
    /// Under which condition a row allows.
    "condition" Condition {
        /// No condition.
        Always = "always",
        /// The actor made the thing.
        OwnItem = "own-item",
        /// The actor did not touch the text since the last publication (N-19).
        NotContributor = "not-contributor",
        /// The actor's second factor was shown in this session.
        SecondFactor = "second-factor",
        /// Both of the two above.
        NotContributorSecondFactor = "not-contributor+second-factor",
    }
}

/// One allowance: role, action, condition.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
pub struct PolicyRow {
    /// Who.
    pub role: Role,
    /// What.
    pub action: Action,
    /// When.
    pub condition: Condition,
}

impl PolicyRow {
    /// Whether by this row one person may write a text and publish it alone (PUB-02: switched only with a reason).
    #[must_use]
    pub fn publishes_alone(&self) -> bool {
        let two = [Condition::NotContributor, Condition::NotContributorSecondFactor];
        self.action == Action::ArticleApprove && !two.contains(&self.condition)
    }
}

impl fmt::Display for PolicyRow {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{},{},{}", self.role, self.action, self.condition)
    }
}

/// A set of roles, as bits in the order of [`Role::ALL`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Hash)]
pub struct RoleSet(u16);

impl RoleSet {
    /// The set of these roles.
    #[must_use]
    pub fn of(roles: &[Role]) -> Self {
        roles.iter().fold(Self(0), |set, role| set.with(*role))
    }

    /// The set with this role added.
    #[must_use]
    pub const fn with(self, role: Role) -> Self {
        Self(self.0 | (1 << role.index()))
    }

    /// Whether the role is in the set.
    #[must_use]
    pub const fn has(self, role: Role) -> bool {
        self.0 & (1 << role.index()) != 0
    }

    /// Whether the two sets share a role.
    #[must_use]
    pub const fn meets(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }

    /// Whether no role is in the set.
    #[must_use]
    pub const fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// The roles in the set.
    pub fn iter(self) -> impl Iterator<Item = Role> {
        Role::ALL.iter().copied().filter(move |role| self.has(*role))
    }

    /// The bits, for storage.
    #[must_use]
    pub const fn bits(self) -> u16 {
        self.0
    }

    /// The set with these bits; unknown bits are dropped.
    #[must_use]
    pub fn from_bits(bits: u16) -> Self {
        Self::of(
            &Role::ALL
                .iter()
                .copied()
                .filter(|role| bits & (1 << role.index()) != 0)
                .collect::<Vec<_>>(),
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_word_reads_back() {
        for role in Role::ALL {
            assert_eq!(role.word().parse::<Role>().unwrap(), *role);
        }
        for action in Action::ALL {
            assert_eq!(action.word().parse::<Action>().unwrap(), *action);
        }
        for condition in Condition::ALL {
            assert_eq!(condition.word().parse::<Condition>().unwrap(), *condition);
        }
        assert!("".parse::<Role>().is_err() && "*".parse::<Action>().is_err());
    }

    #[test]
    fn role_sets_keep_what_they_were_given() {
        let set = RoleSet::of(&[Role::Editor, Role::Auditor]);
        assert!(set.has(Role::Editor) && !set.has(Role::Approver));
        assert_eq!(RoleSet::from_bits(set.bits()), set);
    }
}
