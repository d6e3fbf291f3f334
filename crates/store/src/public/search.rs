//! Search in the published projection: the one other place in which the two databases differ.
//!
//! Folded syllables find; exact ones, a title and a phrase rank higher (SRC-02: typed marks are respected).

use pbgdpl_model::id::TenantId;
use sea_orm::{ConnectionTrait, DbBackend, FromQueryResult, Statement, Value};

use crate::database::Engine;
use crate::entity::published;
use crate::error::StoreResult;
use crate::public::{PublicLine, PublicReader, read_line};
use crate::words;

/// Most candidates that are ranked: the newest of them, where a word stands in more items.
const CANDIDATES: i64 = 2_000;
/// Longest query, in syllables; what follows is not asked.
const SYLLABLES: usize = 16;

/// One page of what was found.
#[derive(Debug, Clone, Default)]
pub struct SearchPage {
    /// The lines of this page, best first.
    pub lines: Vec<PublicLine>,
    /// How many were found in all; at most [`CANDIDATES`].
    pub total: u64,
}

#[derive(Debug, FromQueryResult)]
struct Hit {
    #[sea_orm(nested)]
    row: published::Model,
    total: i64,
}

impl PublicReader {
    /// Searches one agency, or all of them.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn search(
        &self,
        tenant: Option<TenantId>,
        query: &str,
        page: u64,
        per_page: u64,
    ) -> StoreResult<SearchPage> {
        let folded: Vec<String> = words::folded(query).into_iter().take(SYLLABLES).collect();
        if folded.is_empty() {
            return Ok(SearchPage::default());
        }
        let exact: Vec<String> = words::exact(query).into_iter().take(SYLLABLES).collect();
        let offset = i64::try_from(page.saturating_sub(1).saturating_mul(per_page)).unwrap_or(i64::MAX);
        let limit = i64::try_from(per_page).unwrap_or(20);
        let statement = match self.inner.database.engine() {
            Engine::Sqlite => sqlite(tenant, &folded, &exact, limit, offset),
            Engine::Postgres => postgres(tenant, &folded, &exact, limit, offset),
        };
        let rows = self.inner.database.reading().query_all_raw(statement).await?;
        let mut found = SearchPage::default();
        for row in rows {
            let hit = Hit::from_query_result(&row, "")?;
            found.total = u64::try_from(hit.total).unwrap_or(0);
            found.lines.push(read_line(hit.row)?);
        }
        Ok(found)
    }
}

/// Words as FTS5 strings: quoted, so that no query is a syntax of its own.
fn quoted(words: &[String], joined_by: &str) -> String {
    words
        .iter()
        .map(|word| format!("\"{}\"", word.replace('"', "")))
        .collect::<Vec<_>>()
        .join(joined_by)
}

fn sqlite(
    tenant: Option<TenantId>,
    folded: &[String],
    exact: &[String],
    limit: i64,
    offset: i64,
) -> Statement {
    let found = format!("({{folded_title folded_body}} : ({}))", quoted(folded, " AND "));
    let phrase = format!(
        "({{exact_title exact_body}} : \"{}\")",
        exact.join(" ").replace('"', "")
    );
    let mut expression = format!("({found} OR {phrase})");
    if let Some(tenant) = tenant {
        expression = format!("agency : t{} AND {expression}", tenant.0.simple());
    }
    // bm25 weights: agency, folded title and body, exact title and body. Smaller is better.
    Statement::from_sql_and_values(
        DbBackend::Sqlite,
        "with hit as (
            select rowid as search_row, bm25(published_search, 0, 4, 1, 20, 8) as rank
            from published_search where published_search match ? order by rank limit ?)
         select p.*, count(*) over () as total
         from hit join published p on p.search_row = hit.search_row
         where p.withdrawn_at is null and p.tenant_id not in (select tenant_id from agency where status = 'hidden')
         order by hit.rank, p.first_published_at desc limit ? offset ?",
        [
            Value::from(expression),
            Value::from(CANDIDATES),
            Value::from(limit),
            Value::from(offset),
        ],
    )
}

fn postgres(
    tenant: Option<TenantId>,
    folded: &[String],
    exact: &[String],
    limit: i64,
    offset: i64,
) -> Statement {
    let and = folded
        .iter()
        .map(|word| format!("'{}'", word.replace(['\'', '\\'], "")))
        .collect::<Vec<_>>()
        .join(" & ");
    let own = if tenant.is_some() {
        "tenant_id = $5 and"
    } else {
        ""
    };
    let mut values = vec![
        Value::from(and),
        Value::from(format!("% {} %", like(&exact.join(" ")))),
        Value::from(limit),
        Value::from(offset),
    ];
    if let Some(tenant) = tenant {
        values.push(Value::from(tenant.0));
    }
    let sql = format!(
        "with hit as (
            select * from published where {own} withdrawn_at is null and search @@ $1::tsquery
              and tenant_id not in (select tenant_id from agency where status = 'hidden')
            order by first_published_at desc limit {CANDIDATES})
         select tenant_id, item_id, kind, slug, title, summary, html, facts, first_published_at, published_at, effective_on,
                withdrawn_at, withdrawn_note, search_row, folded_title, folded_body, exact_title, exact_body,
                count(*) over () as total
         from hit
         order by ts_rank(search, $1::tsquery)
                  + case when ' ' || exact_title || ' ' like $2 then 20 when ' ' || exact_body || ' ' like $2 then 8 else 0 end desc,
                  first_published_at desc
         limit $3 offset $4"
    );
    Statement::from_sql_and_values(DbBackend::Postgres, sql, values)
}

/// A text that `like` takes as it stands.
fn like(text: &str) -> String {
    text.replace('\\', "\\\\").replace('%', "\\%").replace('_', "\\_")
}
