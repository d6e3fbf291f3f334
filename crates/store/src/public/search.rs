//! Search in the published projection: the one other place in which the two databases differ.
//!
//! Folded syllables find; exact ones, a title and a phrase rank higher (SRC-02: typed marks are respected).

use pbgdpl_model::id::TenantId;
use sea_orm::{ConnectionTrait, DbBackend, FromQueryResult, Statement, Value};

use crate::database::Engine;
use crate::error::StoreResult;
use crate::public::{LineRow, PublicLine, PublicReader, read_line};
use crate::words;

/// Most candidates that are ranked where a word stands in more items: the best of them on SQLite, the newest on PostgreSQL,
/// and there only in the search over all sections.
const CANDIDATES: i64 = 2_000;
/// How many of the first are looked through for the words as they were typed, one after the other; what comes after keeps
/// the order of titles and days.
const READ: i64 = 40;
/// Longest query, in syllables; what follows is not asked.
const SYLLABLES: usize = 16;

/// One page of what was found.
#[derive(Debug, Clone, Default)]
pub struct SearchPage {
    /// The lines of this page, best first.
    pub lines: Vec<PublicLine>,
    /// How many were found in all; at most [`CANDIDATES`], except in one section on PostgreSQL.
    pub total: u64,
}

#[derive(Debug, FromQueryResult)]
struct Hit {
    #[sea_orm(nested)]
    row: LineRow,
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
    let sql = format!(
        "with hit as (
            select rowid as search_row, bm25(published_search, 0, 4, 1, 20, 8) as rank
            from published_search where published_search match ? order by rank limit ?)
         select {columns}, count(*) over () as total
         from hit join published p on p.search_row = hit.search_row
         where p.withdrawn_at is null and p.tenant_id not in (select tenant_id from agency where status = 'hidden')
         order by hit.rank, p.first_published_at desc, p.item_id desc limit ? offset ?",
        columns = LineRow::COLUMNS,
    );
    Statement::from_sql_and_values(
        DbBackend::Sqlite,
        sql,
        [
            Value::from(expression),
            Value::from(CANDIDATES),
            Value::from(limit),
            Value::from(offset),
        ],
    )
}

/// Two steps, so that a word that stands everywhere costs little: all that is found is ordered by what the title and the
/// typed marks say, and the first [`READ`] of that by whether the words stand together. No text is read, only vectors.
fn postgres(
    tenant: Option<TenantId>,
    folded: &[String],
    exact: &[String],
    limit: i64,
    offset: i64,
) -> Statement {
    let phrase = |words: &[String]| format!(" {} ", words.join(" "));
    let mut values = vec![
        Value::from(quoted_words(folded, " & ")),
        Value::from(quoted_words(exact, " & ")),
        Value::from(phrase(folded)),
        Value::from(phrase(exact)),
        Value::from(READ.max(offset.saturating_add(limit))),
        Value::from(limit),
        Value::from(offset),
        Value::from(quoted_words(exact, " <-> ")),
    ];
    let found = match tenant {
        Some(tenant) => {
            values.push(Value::from(tenant.0));
            "from published p where tenant_id = $9 and withdrawn_at is null and search @@ $1::tsquery
               and not exists (select 1 from agency a where a.tenant_id = p.tenant_id and a.status = 'hidden')"
                .to_owned()
        }
        // Over all sections a word may stand in more items than anybody reads: the newest of them.
        None => format!(
            "from published p join (
                select tenant_id, item_id from published q where withdrawn_at is null and search @@ $1::tsquery
                  and not exists (select 1 from agency a where a.tenant_id = q.tenant_id and a.status = 'hidden')
                order by first_published_at desc, item_id desc limit {CANDIDATES}) newest using (tenant_id, item_id)"
        ),
    };
    let sql = format!(
        "with found as materialized (
            select tenant_id, item_id, first_published_at as at,
                   case when strpos(' ' || exact_title || ' ', $4) > 0 then 6
                        when strpos(' ' || folded_title || ' ', $3) > 0 then 2 else 0 end
                   + case when search @@ $2::tsquery then 3 else 0 end as worth
            {found}),
         first as materialized (
            select tenant_id, item_id, worth, row_number() over (order by worth desc, at desc, item_id desc) as place
            from found order by worth desc, at desc, item_id desc limit $5)
         select {columns}, (select count(*) from found) as total
         from first join published p on p.tenant_id = first.tenant_id and p.item_id = first.item_id
         order by case when place <= {READ} then worth end desc nulls last,
                  case when place <= {READ} then search @@ $8::tsquery end desc nulls last,
                  place
         limit $6 offset $7",
        columns = LineRow::COLUMNS,
    );
    Statement::from_sql_and_values(DbBackend::Postgres, sql, values)
}

/// Words as a `tsquery`: quoted, so that no query is a syntax of its own.
fn quoted_words(words: &[String], joined_by: &str) -> String {
    words
        .iter()
        .map(|word| format!("'{}'", word.replace(['\'', '\\'], "")))
        .collect::<Vec<_>>()
        .join(joined_by)
}
