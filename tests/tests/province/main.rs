//! The province's administration and oversight, on both databases: what the tests share.

mod alarms;
mod dashboards;
mod datasets;
mod engagement;
mod known;
mod manifest;
mod on_screen;
mod oversight;
mod part_of_year;
mod public_figures;
mod quality;
mod register;
mod saved_views;
mod structure;

use chrono::NaiveDate;
use pbgdpl_app::App;
use pbgdpl_app::article::Outcome;
use pbgdpl_app::article::create::create as create_article;
use pbgdpl_model::article::Content;
use pbgdpl_model::article::Kind;
use pbgdpl_model::clock::Clock;
use pbgdpl_model::clock::Moment;
use pbgdpl_model::clock::SetClock;
use pbgdpl_model::ledger::Dimensions;
use pbgdpl_model::ledger::Measure;
use pbgdpl_model::ledger::NewRow;
use pbgdpl_model::ledger::Source;
use pbgdpl_province::Error;
use pbgdpl_province::Province;
use pbgdpl_province::manifest::Folder;
use pbgdpl_province::manifest::Plan;
use pbgdpl_province::manifest::apply::apply;
use pbgdpl_province::oversight::audit_log;
use pbgdpl_scope::Ctx;
use pbgdpl_scope::ProvinceCtx;
use pbgdpl_scope::RequestId;
use pbgdpl_store::Database;
use pbgdpl_store::Engine;
use pbgdpl_store::Files;
use pbgdpl_store::Hints;
use pbgdpl_store::Store;
use pbgdpl_store::province::AuditFilter;
use pbgdpl_testkit::house::Ground;
use pbgdpl_testkit::house::House;
use pbgdpl_testkit::house::ground;
use pbgdpl_testkit::house::settings;
use pbgdpl_testkit::servers::ScratchDirectory;
use pbgdpl_testkit::web::Answer;
use pbgdpl_testkit::web::Ask;
use pbgdpl_testkit::web::HOSTS;
use pbgdpl_testkit::web::Web;
use std::path::Path;
use std::sync::Arc;

const DESK: &str = HOSTS[1].1;

fn kon_tum() -> Vec<(String, String)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../tenants/kon-tum");
    let mut files = Vec::new();
    for folder in [
        "",
        "agencies",
        "councils",
        "forms",
        "indicators",
        "plans",
        "reorganisations",
        "vocabulary",
    ] {
        for entry in std::fs::read_dir(root.join(folder)).into_iter().flatten() {
            let entry = entry.unwrap();
            if entry.path().is_file() {
                let name = Path::new(folder).join(entry.file_name());
                files.push((
                    name.to_str().unwrap().to_owned(),
                    std::fs::read_to_string(entry.path()).unwrap(),
                ));
            }
        }
    }
    files
}

async fn write(app: &App, editor: &Ctx) -> Result<(), pbgdpl_app::Error> {
    let content = Content {
        title: "Tin thử".into(),
        ..Content::default()
    };
    match create_article(app, editor, Kind::Tin, content).await? {
        Outcome::Done(_) => Ok(()),
        other => panic!("not written: {other:?}"),
    }
}

/// An empty database with nothing but its schema.
struct Empty {
    province: Province,
    clock: Arc<SetClock>,
    ground: Ground,
    _files: ScratchDirectory,
}

impl Empty {
    async fn on(engine: Engine) -> Self {
        let ground = ground(engine).await.unwrap();
        let folder = ScratchDirectory::new().unwrap();
        let database = Database::open(&settings(&ground)).await.unwrap();
        let store = Store::new(database, Files::folder(folder.path()).unwrap(), Hints::local())
            .await
            .unwrap();
        let clock = Arc::new(SetClock::at(Moment::from_millis(1_592_182_800_000)));
        let shared: Arc<dyn Clock> = Arc::<SetClock>::clone(&clock);
        Self {
            province: Province::new(store, shared),
            clock,
            ground,
            _files: folder,
        }
    }

    fn ctx(&self) -> ProvinceCtx {
        ProvinceCtx::of_system(
            self.province.store().registry().now(),
            "pbgdpl tenants",
            self.clock.now(),
            RequestId::new("test".into()),
        )
    }

    async fn apply(&self, folder: &Folder) -> Result<Plan, Error> {
        apply(&self.province, &self.ctx(), folder, "", &mut |_| {}).await
    }

    async fn log_length(&self) -> u64 {
        let filter = AuditFilter::default();
        audit_log::of_province(&self.province, &self.ctx(), &filter, 1)
            .await
            .unwrap()
            .count
    }
}

/// The province as a job or a command acts in it.
fn of_the_system(house: &House) -> ProvinceCtx {
    ProvinceCtx::of_system(
        house.store.registry().now(),
        "test",
        house.province.now(),
        RequestId::new("test".into()),
    )
}

/// What the province's auditor opens.
struct Screen {
    web: Web,
    session: String,
}

impl Screen {
    async fn of_the_auditor(house: &House) -> Self {
        Self {
            web: Web::of(house, true).unwrap(),
            session: house.session(&house.auditor).await.unwrap(),
        }
    }

    async fn get(&self, path: &str) -> Answer {
        let ask = Ask::get(DESK, path).signed_in(&self.session);
        self.web.ask(&ask).await.unwrap()
    }
}

/// A row that the first version of an activity made, the activity being known by a number.
fn row_of(activity: u128, day: NaiveDate, measure: Measure, quantity: i64) -> NewRow {
    NewRow {
        day,
        source: Source::Activity,
        source_id: uuid::Uuid::from_u128(activity),
        source_version: 1,
        measure,
        quantity,
        dimensions: Dimensions::default(),
        reverses: None,
        reason: String::new(),
    }
}

async fn fill_ledger(house: &House, ctx: &Ctx) {
    let day = house.clock_day();
    let mut store = house.store.tenant(ctx.tenant()).await.unwrap();
    let rows = [
        row_of(77, day, Measure::DirectSessions, 3),
        row_of(77, day, Measure::DirectAttendees, 120),
        row_of(77, day, Measure::DirectSessions, 2),
    ];
    store.append_ledger(ctx, &rows).await.unwrap();
    store.rebuild_day(day, ctx.now()).await.unwrap();
    store.save().await.unwrap();
}
