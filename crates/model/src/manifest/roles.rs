//! The policy's base rows: `roles.csv`, one allowance per line.

use crate::policy::{Action, Condition, PolicyRow, Role, UnknownWord};

use super::problem::Problem;

/// The first line that is not a comment.
const HEADER: &str = "role,action,condition";

/// One row and where it stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PolicyLine {
    /// Who.
    pub role: Role,
    /// What.
    pub action: Action,
    /// When.
    pub condition: Condition,
    /// Line in the file.
    pub line: usize,
}

impl PolicyLine {
    /// The row without its place.
    #[must_use]
    pub const fn row(self) -> PolicyRow {
        PolicyRow {
            role: self.role,
            action: self.action,
            condition: self.condition,
        }
    }
}

pub(super) fn parse(file: &str, text: &str, problems: &mut Vec<Problem>) -> Vec<PolicyLine> {
    let mut rows = text
        .lines()
        .zip(1..)
        .map(|(text, line)| (text.trim(), line))
        .filter(|(text, _)| !text.is_empty() && !text.starts_with('#'));
    match rows.next() {
        Some((HEADER, _)) => {}
        Some((_, line)) => problems.push(Problem::new(file, line, format!("dòng đầu phải là `{HEADER}`"))),
        None => problems.push(Problem::new(
            file,
            1,
            format!("tệp trống; dòng đầu phải là `{HEADER}`"),
        )),
    }
    let mut lines: Vec<PolicyLine> = Vec::new();
    for (text, line) in rows {
        match parse_line(text, line) {
            Ok(parsed) => {
                let twin = lines.iter().find(|known| known.row() == parsed.row());
                if let Some(twin) = twin {
                    let message = format!("dòng này đã có ở dòng {}", twin.line);
                    problems.push(Problem::new(file, line, message));
                }
                problems.extend(misplaced(&parsed).map(|message| Problem::new(file, line, message)));
                lines.push(parsed);
            }
            Err(message) => problems.push(Problem::new(file, line, message)),
        }
    }
    lines
}

fn parse_line(text: &str, line: usize) -> Result<PolicyLine, String> {
    let fields: Vec<&str> = text.split(',').map(str::trim).collect();
    let [role, action, condition] = fields.as_slice() else {
        let count = fields.len();
        return Err(format!(
            "cần đúng 3 cột vai trò, hành động, điều kiện; dòng này có {count}"
        ));
    };
    let said = |list: &'static str| move |unknown: UnknownWord| format!("{list} lạ: `{}`", unknown.word);
    Ok(PolicyLine {
        role: role.parse().map_err(said("vai trò"))?,
        action: action.parse().map_err(said("hành động"))?,
        condition: condition.parse().map_err(said("điều kiện"))?,
        line,
    })
}

/// An agency's role acts inside its agency, a province's role above them; an auditor changes nothing.
fn misplaced(line: &PolicyLine) -> Option<String> {
    let PolicyLine { role, action, .. } = line;
    if *role == Role::Auditor && !READING.contains(action) {
        return Some(format!(
            "vai trò `{role}` chỉ được đọc và kiểm tra, không được `{action}`"
        ));
    }
    if role.of_province() && !is_of_province(*action) && *action != Action::AuditRead {
        return Some(format!(
            "`{action}` là việc trong một cơ quan, vai trò cấp tỉnh `{role}` không có"
        ));
    }
    if !role.of_province() && is_of_province(*action) {
        return Some(format!(
            "`{action}` là việc của cấp tỉnh, vai trò `{role}` của cơ quan không có"
        ));
    }
    None
}

const READING: [Action; 8] = [
    Action::OversightRead,
    Action::EvidenceRead,
    Action::AuditRead,
    Action::AuditVerify,
    Action::AuditExport,
    Action::AlarmRead,
    Action::AgencyList,
    Action::ReportFollow,
];

const fn is_of_province(action: Action) -> bool {
    matches!(
        action,
        Action::AgencyList
            | Action::AgencyCreate
            | Action::AgencySuspend
            | Action::AgencyReactivate
            | Action::ProvinceMemberGrant
            | Action::ProvinceMemberRevoke
            | Action::PersonErase
            | Action::ReportFollow
            | Action::ExtensionDecide
            | Action::ReportRequest
            | Action::ReportReturn
            | Action::ReportAccept
            | Action::ReportConsolidate
            | Action::ReportFreeze
            | Action::ReportExchange
            | Action::ReportExport
            | Action::RecordsExport
            | Action::OversightRead
            | Action::ViewShare
            | Action::FigurePropose
            | Action::FigureApprove
            | Action::FigureRevoke
            | Action::EvidenceRead
            | Action::AuditVerify
            | Action::AuditExport
            | Action::AlarmRead
            | Action::AlarmRaise
            | Action::AlarmAnswer
            | Action::ManifestApply
    )
}

/// Writes policy rows as a file that parses back equal.
#[must_use]
pub fn write_roles(rows: &[PolicyRow]) -> String {
    rows.iter()
        .fold(format!("{HEADER}\n"), |text, row| text + &format!("{row}\n"))
}
