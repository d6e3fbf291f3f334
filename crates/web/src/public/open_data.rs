//! Open datasets (OPN-07): the page, the catalogue, and each dataset as CSV and JSON, sent as it is read, with its CSVW beside it.

use std::collections::VecDeque;

use axum::body::Body;
use axum::extract::State;
use axum::response::Response;
use bytes::Bytes;
use chrono::NaiveDate;
use futures::stream;
use http::StatusCode;
use pbgdpl_model::agency::Status;
use pbgdpl_model::clock::Moment;
use pbgdpl_model::figure::PublishedFigure;
use pbgdpl_model::id::ArticleId;
use pbgdpl_pages::open_data::{Cell, Dataset, Publisher, catalogue, csv_cells, json_row, metadata};
use pbgdpl_pages::oversight::measure_definition;
use pbgdpl_pages::public::OpenData;
use pbgdpl_province::csv_file;
use pbgdpl_scope::{Snapshot, Tenant};
use pbgdpl_store::public::{Changed, Changes};

use crate::error::Error;
use crate::extract::{Citizen, Path};
use crate::page;
use crate::public::rows::item_path;
use crate::public::surroundings::{self, canonical};
use crate::state::AppState;

/// Items read at once.
const PIECE: u64 = 500;

/// `GET /du-lieu`
///
/// # Errors
/// Where the template fails.
pub async fn show(State(state): State<AppState>, citizen: Citizen) -> Result<Response, Error> {
    page::html(&OpenData {
        frame: surroundings::province(&state, &citizen, "du-lieu"),
    })
}

/// `GET /du-lieu/dcat.jsonld`
///
/// # Errors
/// Where the store fails.
pub async fn dcat(State(state): State<AppState>, citizen: Citizen) -> Result<Response, Error> {
    let public = state.read.public();
    let figures = public.figures(citizen.now.day()).await?;
    let items = public.items_span().await?;
    let agencies = public.agencies_span().await?;
    // In the order of the datasets.
    let spans = [items, figures_span(&figures), agencies]
        .map(|span| span.map(|(first, last)| (first.rfc3339(), last.rfc3339())));
    let who = Publisher {
        server: state.settings.public.as_str().to_owned(),
        province: state.read.registry().now().province().name.clone(),
        contact: surroundings::contact(&state).await?,
    };
    let text = catalogue(&who, &spans).to_string();
    Ok(page::bytes(StatusCode::OK, "application/ld+json", text))
}

/// The first day on which one of these figures was shown, and when the newest was drawn, or shown where that is later.
fn figures_span(figures: &[PublishedFigure]) -> Option<(Moment, Moment)> {
    let shown = |figure: &PublishedFigure| Moment::start_of(figure.from);
    let first = figures.iter().map(shown).min()?;
    let last = figures
        .iter()
        .map(|figure| figure.drawn_at.max(shown(figure)))
        .max()?;
    Some((first, last))
}

/// The forms of a dataset.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Form {
    Csv,
    Json,
}

/// `GET /du-lieu/{dataset}.csv`, `{dataset}.json`, `{dataset}.csv-metadata.json`
///
/// # Errors
/// Where there is no such file, or the store fails before anything was sent; after that the answer breaks off.
pub async fn file(
    State(state): State<AppState>,
    citizen: Citizen,
    Path(file): Path<String>,
) -> Result<Response, Error> {
    let (id, ending) = file.split_once('.').ok_or(Error::NotFound)?;
    let dataset = Dataset::of(id).ok_or(Error::NotFound)?;
    let (form, media_type) = match ending {
        "csv" => (Form::Csv, "text/csv; charset=utf-8"),
        "json" => (Form::Json, "application/json"),
        "csv-metadata.json" => {
            let home = format!("{}/du-lieu", state.settings.public.as_str());
            let text = metadata(dataset, &home).to_string();
            return Ok(page::bytes(StatusCode::OK, "application/csvm+json", text));
        }
        _ => return Err(Error::NotFound),
    };
    let mut reading = Reading {
        agencies: state.read.registry().now(),
        state,
        day: citizen.now.day(),
        until: citizen.now,
        dataset,
        form,
        after: None,
        more: true,
        first: true,
    };
    // The first piece before the answer begins: what fails here is told as any error.
    let first = reading.piece().await?;
    let pieces = stream::try_unfold(
        (reading, VecDeque::from([first])),
        |(mut reading, mut ready)| async move {
            if let Some(piece) = ready.pop_front() {
                return Ok::<_, Error>(Some((piece, (reading, ready))));
            }
            if !reading.more {
                return Ok(None);
            }
            let piece = reading.piece().await?;
            Ok(Some((piece, (reading, ready))))
        },
    );
    let mut response = page::bytes(StatusCode::OK, media_type, Body::from_stream(pieces));
    if let Ok(name) = format!("inline; filename=\"{file}\"").parse() {
        response
            .headers_mut()
            .insert(http::header::CONTENT_DISPOSITION, name);
    }
    Ok(response)
}

/// A dataset that is being sent.
struct Reading {
    state: AppState,
    agencies: std::sync::Arc<Snapshot>,
    day: NaiveDate,
    /// When it was asked for: what changes while it is sent is not in it, else a row could stand in it twice.
    until: Moment,
    dataset: &'static Dataset,
    form: Form,
    after: Option<(Moment, ArticleId)>,
    more: bool,
    first: bool,
}

impl Reading {
    async fn piece(&mut self) -> Result<Bytes, Error> {
        let rows = match self.dataset.id {
            "bai" => self.items().await?,
            "so-lieu" => {
                self.more = false;
                let figures = self.state.read.public().figures(self.day).await?;
                figures.iter().flat_map(figure).collect()
            }
            _ => {
                self.more = false;
                self.agencies()
            }
        };
        let text = match self.form {
            Form::Csv => self.csv(&rows)?,
            Form::Json => self.json(&rows),
        };
        self.first = false;
        Ok(Bytes::from(text))
    }

    fn csv(&self, rows: &[Vec<Cell>]) -> Result<String, Error> {
        let head = self.dataset.columns.iter().map(|column| column.name.to_owned());
        let head = self.first.then(|| head.collect::<Vec<_>>());
        let lines = head.into_iter().chain(rows.iter().map(|row| csv_cells(row)));
        csv_file::rows(lines).map_err(|error| Error::Internal(Box::new(error)))
    }

    fn json(&self, rows: &[Vec<Cell>]) -> String {
        let rows: Vec<String> = rows
            .iter()
            .map(|row| json_row(self.dataset, row).to_string())
            .collect();
        let begin = match (self.first, rows.is_empty()) {
            (true, _) => "[",
            (false, true) => "",
            (false, false) => ",\n",
        };
        let end = if self.more { "" } else { "]\n" };
        format!("{begin}{}{end}", rows.join(",\n"))
    }

    /// The next items that are public; a piece that holds only withdrawn ones is read over.
    async fn items(&mut self) -> Result<Vec<Vec<Cell>>, Error> {
        loop {
            let which = Changes {
                until: Some(self.until),
                after: self.after,
                ..Changes::default()
            };
            let rows = self.state.read.public().changes(&which, PIECE).await?;
            self.more = u64::try_from(rows.len()).is_ok_and(|rows| rows == PIECE);
            self.after = rows.last().map(|last| (last.at(), last.line.id)).or(self.after);
            let told: Vec<Vec<Cell>> = rows
                .iter()
                .filter(|row| row.withdrawn.is_none())
                .filter_map(|row| Some(self.item(&self.agencies.by_id(row.line.tenant)?, row)))
                .collect();
            if !told.is_empty() || !self.more {
                return Ok(told);
            }
        }
    }

    fn item(&self, tenant: &Tenant, row: &Changed) -> Vec<Cell> {
        let line = &row.line;
        let document = line.facts.document.as_ref();
        vec![
            Cell::Text(format!("urn:uuid:{}", line.id.0)),
            Cell::Text(tenant.slug().to_owned()),
            Cell::Text(tenant.official(self.day).to_owned()),
            Cell::Text(line.kind.word().to_owned()),
            Cell::Text(line.title.clone()),
            Cell::Text(line.summary.clone()),
            Cell::Text(canonical(&self.state, tenant.slug(), &item_path(line))),
            Cell::Text(line.facts.language.word().to_owned()),
            Cell::Text(line.first_published_at.rfc3339()),
            Cell::Text(line.published_at.rfc3339()),
            Cell::Words(line.facts.fields.clone()),
            document.map(|document| &document.number).into(),
            document.map(|document| &document.kind).into(),
            document.map(|document| &document.issuer).into(),
            document.and_then(|document| document.issued).into(),
            document.and_then(|document| document.effective).into(),
            document.and_then(|document| document.expires).into(),
        ]
    }

    fn agencies(&self) -> Vec<Vec<Cell>> {
        let mut tenants: Vec<&Tenant> = self
            .agencies
            .tenants()
            .filter(|tenant| tenant.status() != Status::Hidden)
            .collect();
        tenants.sort_unstable_by_key(|tenant| tenant.slug().to_owned());
        tenants
            .into_iter()
            .map(|tenant| {
                vec![
                    Cell::Text(format!("urn:uuid:{}", tenant.id().0)),
                    Cell::Text(tenant.slug().to_owned()),
                    Cell::Text(tenant.official(self.day).to_owned()),
                    Cell::Text(tenant.short(self.day).to_owned()),
                    Cell::Text(tenant.agency().kind_on(self.day).to_owned()),
                    tenant.agency().parent_on(self.day).into(),
                    Cell::Text(canonical(&self.state, tenant.slug(), "")),
                ]
            })
            .collect()
    }
}

fn figure(figure: &PublishedFigure) -> Vec<Vec<Cell>> {
    let lines = figure
        .groups
        .iter()
        .flat_map(|group| group.lines.iter().map(|line| (&group.name, line)));
    lines
        .map(|(group, line)| {
            vec![
                Cell::Text(format!("urn:uuid:{}", figure.id.0)),
                Cell::Text(figure.title.clone()),
                Cell::Text(figure.measure.word().to_owned()),
                Cell::Text(figure.measure.unit().to_owned()),
                Cell::Text(measure_definition(figure.measure).to_owned()),
                Cell::Whole(i64::from(figure.year)),
                Cell::Text(figure.until.to_string()),
                Some(group).into(),
                Cell::Text(line.label.clone()),
                line.value.map_or(Cell::Nothing, Cell::Whole),
            ]
        })
        .collect()
}
