//! The province as files: what a folder of `tenants/` holds, parsed and cross-checked, with the line of every fault.
//!
//! Pure: the caller reads the files. Messages are Vietnamese, for the administrator who edits them.
//!
//! | file | becomes |
//! |---|---|
//! | `province.toml` | [`ProvinceFile`] |
//! | `agencies/{slug}.toml` | [`AgencyFile`] |
//! | `roles.csv` | [`PolicyLine`] |
//! | `forms/{id}.toml`, `forms/{id}.{valid_from}.toml` | [`FormFile`] |
//! | `indicators/{id}.toml`, `indicators/{id}.{valid_from}.toml` | [`IndicatorFile`] |
//! | `plans/{id}.toml`, `plans/{id}.{valid_from}.toml` | [`PlanFile`] |
//! | `councils/{id}.toml` | [`CouncilFile`] |
//! | `calendar.toml` | [`CalendarFile`] |
//! | `alarms.toml`, where there is one | [`AlarmsFile`] |
//! | `retention.toml`, where there is one | [`RetentionFile`] |
//! | `dashboard.toml`, where there is one | [`DashboardFile`] |
//! | `reorganisations/{id}.toml` | [`ReorganisationFile`] |
//! | `vocabulary/*.toml` | [`Vocabulary`] |

mod agency;
mod calendar;
mod check;
mod council;
mod document;
mod form;
mod indicator;
mod period_kind;
pub(crate) mod plan;
mod problem;
mod province;
mod reorganisation;
mod roles;
#[cfg(test)]
mod tests;
mod vocabulary;
mod wording;
mod words;

use chrono::NaiveDate;

pub(crate) use agency::is_false;
pub use agency::{
    AgencyFile, CodeEntry, Commune, Contact, Dissolved, KindEntry, NameEntry, ParentEntry, write_agency,
};
pub use calendar::{CalendarFile, Deadline, Holiday, MonthDay, Period, PlanDeadline, Workday};
pub use council::{CouncilFile, Seat};
pub use form::{Check, Column, FormFile, Row};
pub use indicator::{IndicatorFile, TOLERANCE};
pub use period_kind::{PeriodKind, RequestNumber};
pub use plan::{Charge, Charged, Indicator, PlanFile, PlanSection, PlanTask};
pub use problem::Problem;
pub use province::{ProvinceFile, Superior, Tile};
pub use reorganisation::{ReorganisationFile, SuccessionEntry};
pub use roles::{PolicyLine, write_roles};
pub use vocabulary::{ActivityKinds, ActivityTerm, Term, TermList, Vocabulary};
pub use words::{
    Accent, CheckKind, ColumnSource, ColumnType, Level, MediationFigure, Membership, RegisterFigure, RowKind,
    SectionPlace, SuccessionKind, UnitKind,
};

pub use crate::alarm::AlarmsFile;
pub use crate::dashboard::DashboardFile;
pub use crate::retention::RetentionFile;
use document::Parsed;

/// Everything one province's folder says.
#[derive(Debug, Clone, PartialEq)]
pub struct Manifest {
    /// The province itself.
    pub province: ProvinceFile,
    /// Its agencies, by slug.
    pub agencies: Vec<AgencyFile>,
    /// The base rows of the policy, in file order.
    pub roles: Vec<PolicyLine>,
    /// Report forms, by id and first day.
    pub forms: Vec<FormFile>,
    /// Indicators that forms name, by id and first day.
    pub indicators: Vec<IndicatorFile>,
    /// Plans whose results are reported each year, by id and first day.
    pub plans: Vec<PlanFile>,
    /// Councils whose members report, by id.
    pub councils: Vec<CouncilFile>,
    /// Periods, deadlines, holidays.
    pub calendar: CalendarFile,
    /// What the audit logs are watched for, where the file is there.
    pub alarms: Option<AlarmsFile>,
    /// What the dashboard counts, where the file is there.
    pub dashboard: Option<DashboardFile>,
    /// How long what is kept of people stays, where the file is there.
    pub retention: Option<RetentionFile>,
    /// Who followed whom, by id.
    pub reorganisations: Vec<ReorganisationFile>,
    /// Controlled words.
    pub vocabulary: Vocabulary,
}

impl Manifest {
    /// The agency with this slug.
    #[must_use]
    pub fn agency(&self, slug: &str) -> Option<&AgencyFile> {
        self.agencies.iter().find(|agency| agency.slug == slug)
    }

    /// The form with this id, `09d`, in its first wording.
    #[must_use]
    pub fn form(&self, id: &str) -> Option<&FormFile> {
        self.forms.iter().find(|form| form.id == id)
    }

    /// The parents of an agency by name: from, to, name then.
    #[must_use]
    pub fn parents_of(&self, agency: &AgencyFile) -> Vec<(NaiveDate, Option<NaiveDate>, String)> {
        agency
            .parents
            .iter()
            .map(|parent| {
                let name = self.unit_name(&parent.unit, parent.valid_from);
                (parent.valid_from, parent.valid_to, name.to_owned())
            })
            .collect()
    }

    fn unit_name<'a>(&'a self, unit: &'a str, day: NaiveDate) -> &'a str {
        self.province
            .superiors
            .iter()
            .find(|superior| superior.id == unit)
            .map(|superior| superior.name.as_str())
            .or_else(|| self.agency(unit).and_then(|agency| agency.official_on(day)))
            .unwrap_or(unit)
    }
}

/// What the files of a folder became before they were compared with each other.
struct Folder<'a> {
    province: Parsed<'a, ProvinceFile>,
    agencies: Vec<Parsed<'a, AgencyFile>>,
    roles: Vec<PolicyLine>,
    forms: Vec<Parsed<'a, FormFile>>,
    indicators: Vec<Parsed<'a, IndicatorFile>>,
    plans: Vec<Parsed<'a, PlanFile>>,
    councils: Vec<Parsed<'a, CouncilFile>>,
    calendar: Parsed<'a, CalendarFile>,
    alarms: Option<Parsed<'a, AlarmsFile>>,
    dashboard: Option<Parsed<'a, DashboardFile>>,
    retention: Option<Parsed<'a, RetentionFile>>,
    reorganisations: Vec<Parsed<'a, ReorganisationFile>>,
    vocabulary: vocabulary::Lists<'a>,
}

/// Parses a folder, given as (path inside the folder, text). All faults of one stage are returned together: first
/// those of single files, then, when every file stands, those between them.
pub fn parse<P: AsRef<str>, T: AsRef<str>>(files: &[(P, T)]) -> Result<Manifest, Vec<Problem>> {
    let folder = read(files)?;
    let problems = check::all(&folder);
    if !problems.is_empty() {
        return Err(problems);
    }
    let mut agencies: Vec<_> = folder.agencies.into_iter().map(|file| file.value).collect();
    agencies.sort_by(|a, b| a.slug.cmp(&b.slug));
    let mut forms: Vec<_> = folder.forms.into_iter().map(|file| file.value).collect();
    forms.sort_by(|a, b| a.id.cmp(&b.id).then(a.valid_from.cmp(&b.valid_from)));
    let mut indicators: Vec<_> = folder.indicators.into_iter().map(|file| file.value).collect();
    indicators.sort_by(|a, b| a.id.cmp(&b.id).then(a.valid_from.cmp(&b.valid_from)));
    let mut plans: Vec<_> = folder.plans.into_iter().map(|file| file.value).collect();
    plans.sort_by(|a, b| a.id.cmp(&b.id).then(a.valid_from.cmp(&b.valid_from)));
    let mut councils: Vec<_> = folder.councils.into_iter().map(|file| file.value).collect();
    councils.sort_by(|a, b| a.id.cmp(&b.id));
    let mut reorganisations: Vec<_> = folder
        .reorganisations
        .into_iter()
        .map(|file| file.value)
        .collect();
    reorganisations.sort_by(|a, b| a.id.cmp(&b.id));
    Ok(Manifest {
        province: folder.province.value,
        agencies,
        roles: folder.roles,
        forms,
        indicators,
        plans,
        councils,
        calendar: folder.calendar.value,
        alarms: folder.alarms.map(|file| file.value),
        dashboard: folder.dashboard.map(|file| file.value),
        retention: folder.retention.map(|file| file.value),
        reorganisations,
        vocabulary: folder.vocabulary.into_vocabulary(),
    })
}

/// Reads each file by itself.
fn read<P: AsRef<str>, T: AsRef<str>>(files: &[(P, T)]) -> Result<Folder<'_>, Vec<Problem>> {
    let mut problems = Vec::new();
    let (mut province, mut calendar, mut roles) = (None, None, None);
    let (mut alarms, mut dashboard, mut retention) = (None, None, None);
    let (mut agencies, mut forms, mut plans) = (Vec::new(), Vec::new(), Vec::new());
    let (mut reorganisations, mut indicators, mut councils) = (Vec::new(), Vec::new(), Vec::new());
    let mut lists = vocabulary::Found::default();

    for (path, text) in files {
        let (path, text) = (path.as_ref(), text.as_ref());
        match path.split_once('/').unwrap_or(("", path)) {
            ("", "province.toml") => province = keep(document::parse(path, text), &mut problems),
            ("", "calendar.toml") => calendar = keep(document::parse(path, text), &mut problems),
            ("", "alarms.toml") => alarms = keep(document::parse(path, text), &mut problems),
            ("", "dashboard.toml") => dashboard = keep(document::parse(path, text), &mut problems),
            ("", "retention.toml") => retention = keep(document::parse(path, text), &mut problems),
            ("", "roles.csv") => roles = Some(roles::parse(path, text, &mut problems)),
            ("agencies", name) if document::stem(name).is_some() => {
                agencies.extend(keep(document::parse(path, text), &mut problems));
            }
            ("forms", name) if document::stem(name).is_some() => {
                forms.extend(keep(document::parse(path, text), &mut problems));
            }
            ("indicators", name) if document::stem(name).is_some() => {
                indicators.extend(keep(document::parse(path, text), &mut problems));
            }
            ("councils", name) if document::stem(name).is_some() => {
                councils.extend(keep(document::parse(path, text), &mut problems));
            }
            ("plans", name) if document::stem(name).is_some() => {
                plans.extend(keep(document::parse(path, text), &mut problems));
            }
            ("reorganisations", name) if document::stem(name).is_some() => {
                reorganisations.extend(keep(document::parse(path, text), &mut problems));
            }
            ("vocabulary", name) if vocabulary::Found::knows(name) => {
                lists.read(path, name, text, &mut problems);
            }
            _ => problems.push(Problem::new(path, 1, "tệp lạ, không thuộc thư mục của tỉnh")),
        }
    }

    let vocabulary = lists.complete(&mut problems);
    let absent = |name: &str| Problem::new(name, 1, "thiếu tệp này");
    let missing = |found: bool, name: &str| (!found).then(|| absent(name));
    problems.extend(missing(named(files, "province.toml"), "province.toml"));
    problems.extend(missing(named(files, "calendar.toml"), "calendar.toml"));
    problems.extend(missing(named(files, "roles.csv"), "roles.csv"));

    match (province, calendar, roles, vocabulary) {
        (Some(province), Some(calendar), Some(roles), Some(vocabulary)) if problems.is_empty() => {
            Ok(Folder {
                province,
                agencies,
                roles,
                forms,
                indicators,
                plans,
                councils,
                calendar,
                alarms,
                dashboard,
                retention,
                reorganisations,
                vocabulary,
            })
        }
        _ => Err(problems),
    }
}

fn named<P: AsRef<str>, T>(files: &[(P, T)], name: &str) -> bool {
    files.iter().any(|(path, _)| path.as_ref() == name)
}

fn keep<V>(result: Result<V, Problem>, problems: &mut Vec<Problem>) -> Option<V> {
    result.map_err(|problem| problems.push(problem)).ok()
}
