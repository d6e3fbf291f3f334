//! Actions as types, so that a permit for one cannot be used for another.

use pbgdpl_model::policy::Action;

/// A type that stands for one action.
pub trait Act: Send + Sync + 'static {
    /// The action it stands for.
    const ACTION: Action;
}

macro_rules! acts {
    ($($name:ident),* $(,)?) => {$(
        #[doc = concat!("[`Action::", stringify!($name), "`] as a type.")]
        #[derive(Debug, Clone, Copy)]
        pub struct $name;
        impl Act for $name {
            const ACTION: Action = Action::$name;
        }
    )*};
}

acts!(
    ActivityConfirmShare,
    ActivityCorrect,
    ActivityRead,
    ActivityRecord,
    ActivityWrite,
    AgencyCreate,
    AgencyList,
    AgencyReactivate,
    AgencySettings,
    AgencySuspend,
    AlarmAnswer,
    AlarmRaise,
    AlarmRead,
    ArticleApprove,
    ArticleRead,
    ArticleReturn,
    ArticleSubmit,
    ArticleWithdraw,
    ArticleWrite,
    AuditExport,
    AuditRead,
    AuditVerify,
    EmbedRead,
    EmbedWatch,
    EmbedWrite,
    EvidenceRead,
    ExtensionAsk,
    ExtensionDecide,
    FigureApprove,
    FigurePropose,
    FigureRevoke,
    ManifestApply,
    MediaUpload,
    MemberGrant,
    MemberRead,
    MemberRevoke,
    OversightRead,
    PersonErase,
    ProvinceMemberGrant,
    ProvinceMemberRevoke,
    RecordsExport,
    RegisterDecide,
    RegisterRead,
    RegisterWrite,
    ReportAccept,
    ReportCheck,
    ReportConsolidate,
    ReportExchange,
    ReportExport,
    ReportFill,
    ReportFollow,
    ReportFreeze,
    ReportRead,
    ReportRequest,
    ReportReturn,
    ReportSign,
    ReportSubmit,
    ViewShare,
);
