//! G5: what each role may do under which condition, as text that is reviewed as a difference.

use std::path::PathBuf;

use pbgdpl_model::policy::{Action, Condition, Role};
use pbgdpl_scope::compile;
use pbgdpl_testkit::house::kon_tum_policy;

/// Actions that no role of Kon Tum has, each with its reason. May only shrink.
const NOBODYS: &[(Action, &str)] = &[
    (
        Action::AlarmRaise,
        "alarms come of the logs by the schedule alone; who could raise one by hand could bury another",
    ),
    (
        Action::EmbedWatch,
        "what a page shows is looked at by the schedule alone; who could write it by hand could call a broken page well",
    ),
    (
        Action::PersonErase,
        "whoever runs the machine erases on paper, and the schedule after the term; whom the log names cannot silence it",
    ),
];

/// Kon Tum's rows through the compiled table: a line for every role and action, also where nothing is allowed.
#[tokio::test]
async fn g5_the_policy_is_the_one_that_was_reviewed() {
    let rows = kon_tum_policy().unwrap();
    let table = compile(&rows).await.unwrap();
    let mut lines = Vec::new();
    for role in Role::ALL {
        for action in Action::ALL {
            let conditions: Vec<&str> = Condition::ALL
                .iter()
                .filter(|condition| table.roles(*action, **condition).iter().any(|r| r == *role))
                .map(|condition| condition.word())
                .collect();
            let may = if conditions.is_empty() {
                "-".to_owned()
            } else {
                conditions.join(" | ")
            };
            lines.push(format!("{:<18} {:<24} {may}", role.word(), action.word()));
        }
    }
    let text = lines.join("\n") + "\n";
    let file = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/guards/policy-matrix.txt");
    if std::env::var_os("PBGDPL_REVIEW").is_some() {
        std::fs::write(&file, &text).unwrap();
    }
    let reviewed = std::fs::read_to_string(&file).unwrap_or_default();
    assert_eq!(
        text, reviewed,
        "the policy changed: run with PBGDPL_REVIEW=1 and review the difference of policy-matrix.txt"
    );
    for action in Action::ALL {
        let covered = rows.iter().any(|row| row.action == *action);
        let exempt = NOBODYS.iter().any(|(nobodys, _)| nobodys == action);
        assert!(
            covered != exempt,
            "{action}: give it to a role in tenants/kon-tum/roles.csv, or say in NOBODYS why nobody has it (not both)"
        );
    }
}

/// Whoever writes does not publish, whoever checks figures does not fill them, an auditor changes nothing.
#[tokio::test]
async fn roles_that_must_stay_apart_do() {
    use Action::{ArticleApprove, ArticleWrite, ReportAccept, ReportCheck, ReportFill, ReportSubmit};
    let table = compile(&kon_tum_policy().unwrap()).await.unwrap();
    let has = |role: Role, action: Action| {
        let any = |condition: &Condition| table.roles(action, *condition).iter().any(|r| r == role);
        Condition::ALL.iter().any(any)
    };
    for role in Role::ALL {
        for (one, other) in [
            (ArticleWrite, ArticleApprove),
            (ReportFill, ReportAccept),
            (ReportSubmit, ReportAccept),
        ] {
            assert!(
                !(has(*role, one) && has(*role, other)),
                "{role}: {one} and {other}"
            );
        }
    }
    assert!(
        has(Role::Approver, ReportCheck),
        "somebody else than who fills it can check a form"
    );
    let reading = [
        Action::OversightRead,
        Action::EvidenceRead,
        Action::AuditRead,
        Action::AuditVerify,
        Action::AuditExport,
        Action::AlarmRead,
    ];
    for action in Action::ALL {
        assert!(
            !has(Role::Auditor, *action) || reading.contains(action),
            "an auditor may {action} (DSH-03)"
        );
    }
}
