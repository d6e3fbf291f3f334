//! Casbin decides, once for every distinct set of rows: the answers are kept as bits, the enforcer is dropped.
//!
//! Equality matchers only and prefixed words: patterns panic on Vietnamese paths and regular expressions leak
//! (SECURITY C5, C6); a role that equals a user's id would be that user (C7). Never `cached` (C1-C3).

use casbin::{CoreApi, DefaultModel, Enforcer, MemoryAdapter, MgmtApi};
use pbgdpl_model::policy::{Action, Condition, PolicyRow, Role};

use crate::policy_table::PolicyTable;

/// The model: a request is allowed where a row says exactly it.
pub const MODEL: &str = r"
[request_definition]
r = role, action, condition

[policy_definition]
p = role, action, condition

[policy_effect]
e = some(where (p.eft == allow))

[matchers]
m = r.role == p.role && r.action == p.action && r.condition == p.condition
";

/// Casbin refused the rows. They are validated on write, so this is a fault of ours.
#[derive(Debug, thiserror::Error)]
#[error("the policy does not compile")]
pub struct CompileError(#[from] casbin::Error);

fn role_word(role: Role) -> String {
    format!("r:{role}")
}

/// A plain enforcer over these rows, built aside: the oracle that the bits are tested against.
///
/// # Errors
/// Where casbin refuses the model or a row.
pub async fn oracle(rows: &[PolicyRow]) -> Result<Enforcer, CompileError> {
    let model = DefaultModel::from_str(MODEL).await?;
    let mut enforcer = Enforcer::new(model, MemoryAdapter::default()).await?;
    let mut lines: Vec<Vec<String>> = rows
        .iter()
        .map(|row| {
            vec![
                role_word(row.role),
                row.action.to_string(),
                row.condition.to_string(),
            ]
        })
        .collect();
    lines.sort_unstable();
    lines.dedup();
    if !lines.is_empty() {
        enforcer.add_policies(lines).await?;
    }
    Ok(enforcer)
}

/// Asks casbin every (role, action, condition) and keeps one bit each. A panic inside casbin refuses.
///
/// # Errors
/// Where casbin refuses the model, a row or a request.
pub async fn compile(rows: &[PolicyRow]) -> Result<PolicyTable, CompileError> {
    let enforcer = oracle(rows).await?;
    let mut table = PolicyTable::empty();
    for role in Role::ALL {
        let word = role_word(*role);
        for action in Action::ALL {
            for condition in Condition::ALL {
                if enforcer.enforce((word.as_str(), action.word(), condition.word()))? {
                    table.allow(*role, *action, *condition);
                }
            }
        }
    }
    Ok(table)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn bits_say_what_casbin_says() {
        let row = |role, action, condition| PolicyRow {
            role,
            action,
            condition,
        };
        let rows = [
            row(Role::Editor, Action::ArticleWrite, Condition::Always),
            row(
                Role::Approver,
                Action::ArticleApprove,
                Condition::NotContributorSecondFactor,
            ),
        ];
        let table = compile(&rows).await.unwrap();
        let mut named = table.rows_for(Action::ArticleWrite);
        named.extend(table.rows_for(Action::ArticleApprove));
        assert_eq!(named, rows);
        assert_eq!(PolicyTable::from_text(&table.to_text()).unwrap(), table);
    }

    #[tokio::test]
    async fn an_empty_policy_allows_nothing() {
        assert_eq!(compile(&[]).await.unwrap(), PolicyTable::empty());
    }
}
