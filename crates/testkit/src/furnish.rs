//! Furnishes an agency: one thing in every place that a path, a form or a table can name, made through the acts.

use std::io::Cursor;

use anyhow::{Context, bail};
use chrono::NaiveDate;
use pbgdpl_app::activity::{Facts, Outcome as Written, add_evidence, draft, receive_share, record};
use pbgdpl_app::article::{Outcome, approve, create, submit};
use pbgdpl_app::embed::replace;
use pbgdpl_app::extension::ask::{Ask, ask};
use pbgdpl_app::media::upload::{Purpose, Upload, upload};
use pbgdpl_app::own_host;
use pbgdpl_app::place;
use pbgdpl_app::profile::change as profile;
use pbgdpl_app::register::enter::{Enter, enter};
use pbgdpl_app::{mediation, plan, register, report};
use pbgdpl_model::activity;
use pbgdpl_model::article::{Content, Kind, PictureRef};
use pbgdpl_model::clock::Moment;
use pbgdpl_model::engagement::{Channel, Mark, PageKind, View, decide};
use pbgdpl_model::id::{
    ActivityId, ArticleId, EmbedId, EntryId, GroupId, HostId, MediaId, PlaceId, ReportId, to_base32,
};
use pbgdpl_model::manifest::{CalendarFile, FormFile, IndicatorFile, PeriodKind, PlanFile, TermList};
use pbgdpl_model::mediation as mediation_model;
use pbgdpl_model::register::{Decision, Details, Level};
use pbgdpl_scope::action::{EmbedWrite, ManifestApply};
use pbgdpl_scope::{Ctx, Nothing, ProvinceCtx, RequestId, Tenant};
use pbgdpl_store::tenant::{EmbedRow, Flush};
use uuid::Uuid;

use crate::house::{House, People};
use crate::signer::DigitalSigner;

/// One agency with a thing in every place that can be named.
#[derive(Debug, Clone)]
pub struct Furnished {
    /// The agency, as the registry has it now.
    pub tenant: Tenant,
    /// Its people.
    pub people: People,
    /// A published item with a picture.
    pub article: ArticleId,
    /// The picture, published with it.
    pub picture: MediaId,
    /// A counted activity with a co-organiser.
    pub activity: ActivityId,
    /// What proves it; not public.
    pub evidence: MediaId,
    /// A page of that site.
    pub place: PlaceId,
    /// A host name that it claims, and that is not proved.
    pub host: HostId,
    /// A site that may frame the section.
    pub embed: EmbedRow,
    /// The key that the site had before, which still holds for ninety days.
    pub former: String,
    /// The form that it fills.
    pub form: &'static str,
    /// Its form of the year 2020.
    pub report: ReportId,
    /// Somebody in its register, recognised after that year: the form declares its states.
    pub entry: EntryId,
    /// A tổ hòa giải in its register.
    pub group: GroupId,
}

/// The plan of which agencies report each year.
pub const PLAN: &str = "de-an-471";

/// The forms that the two agencies fill, the plan, and the calendar; the clock goes on to January of 2021, when those of 2020 are due.
///
/// # Errors
/// As [`forms_of_kon_tum`].
pub async fn forms(house: &House) -> anyhow::Result<()> {
    forms_of_kon_tum(house, &["09b", "09d"]).await
}

/// The same with these forms.
///
/// # Errors
/// Where a file of the province cannot be read, or the database refuses.
pub async fn forms_of_kon_tum(house: &House, ids: &[&str]) -> anyhow::Result<()> {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../tenants/kon-tum");
    let file = |name: &str| std::fs::read_to_string(format!("{folder}/{name}"));
    house.clock.set(Moment::from_millis(1_610_427_600_000));
    let system = ProvinceCtx::of_system(
        house.store.registry().now(),
        "testkit",
        house.province.now(),
        RequestId::new("testkit".into()),
    );
    let mut store = house.store.province(&system.warrant::<ManifestApply>()?).await?;
    for id in ids {
        let form: FormFile = toml::from_str(&file(&format!("forms/{id}.toml"))?)?;
        let body = serde_json::to_string(&form)?;
        store.put_catalogue("form", id, &body, system.now()).await?;
    }
    for entry in std::fs::read_dir(format!("{folder}/indicators"))? {
        let path = entry?.path();
        let indicator: IndicatorFile = toml::from_str(&std::fs::read_to_string(&path)?)?;
        let body = serde_json::to_string(&indicator)?;
        store
            .put_catalogue("indicator", &indicator.id, &body, system.now())
            .await?;
    }
    let plan: PlanFile = toml::from_str(&file(&format!("plans/{PLAN}.toml"))?)?;
    let body = serde_json::to_string(&plan)?;
    store.put_catalogue("plan", PLAN, &body, system.now()).await?;
    let calendar: CalendarFile = toml::from_str(&file("calendar.toml")?)?;
    let body = serde_json::to_string(&calendar)?;
    store
        .put_catalogue("calendar", "calendar", &body, system.now())
        .await?;
    store.save().await?;
    Ok(())
}

/// Furnishes an agency; every text that a reader could see begins with `mark`. `other`, where there is one, is invited to
/// its activity and so may read what an invitation says.
///
/// # Errors
/// Where an act refuses.
pub async fn furnish(
    house: &House,
    tenant: &Tenant,
    people: &People,
    other: Option<&Tenant>,
    mark: &str,
) -> anyhow::Result<Furnished> {
    let (article, picture) = item(house, tenant, people, mark).await?;
    let embed = site(house, tenant, people, mark).await?;
    let administrator = house.ctx(tenant, &people.admin).await?;
    let former = embed.key;
    replace::replace(&house.app, &administrator, embed.id, Some(90)).await?;
    let reader = house.store.read().tenant(tenant).await?;
    let embed = reader.embed(embed.id).await?.context("the site is gone")?;
    drop(reader);
    let page = format!("https://co-quan.example/{}", mark.to_lowercase());
    let whom = format!("{mark} Phòng Công nghệ thông tin");
    let place = place::add::add(&house.app, &administrator, embed.id, (&page, &whom)).await?;
    let label: String = mark
        .to_lowercase()
        .chars()
        .filter(|c| c.is_ascii_alphanumeric() || *c == '-')
        .collect();
    let name = format!("{label}.coquan.gov.vn");
    let host = own_host::claim::claim(&house.app, &administrator, &name, &[]).await?;
    let (activity, evidence) = event(house, tenant, people, other, mark).await?;
    let admin = house.ctx(tenant, &people.admin).await?;
    let facts = profile::Facts {
        responsible: format!("{mark} Phó Giám đốc"),
        ..profile::Facts::default()
    };
    profile::change(&house.app, &admin, facts).await?;
    let first = tenant.id() == house.a.id();
    let form = if first { "09d" } else { "09b" };
    let row = if first { "tong_so" } else { "cap_huyen" };
    let report = statistics(house, tenant, people, (form, row), first).await?;
    contribution(house, tenant, people, mark, first).await?;
    let approver = house.ctx(tenant, &people.approver).await?;
    let from = NaiveDate::from_ymd_opt(2021, 1, 5).context("a day")?;
    let entry = entered(house, &approver, &format!("{mark} Y Hlan"), from).await?;
    let reporter = house.ctx(tenant, &people.reporter).await?;
    let group = mediating(house, &reporter, &format!("{mark} Tổ hòa giải"), "").await?;
    read_once(house, tenant, article).await?;
    house.store.machinery().poll_registry().await?;
    let tenant = house.store.registry().now().by_id(tenant.id());
    Ok(Furnished {
        entry,
        group,
        tenant: tenant.context("the agency is gone")?,
        people: people.clone(),
        article,
        picture,
        activity,
        evidence,
        embed,
        host,
        former,
        place,
        form,
        report,
    })
}

/// Somebody read the item, and it was counted.
async fn read_once(house: &House, tenant: &Tenant, article: ArticleId) -> anyhow::Result<()> {
    let view = View {
        day: NaiveDate::from_ymd_opt(2020, 6, 15).context("a day")?,
        minute: 0,
        mark: Mark(tenant.id().0.into_bytes()),
        channel: Channel::Path,
        site: None,
        page: PageKind::Item,
        item: Some(article),
        robot: false,
    };
    let flush = Flush {
        node: Uuid::new_v4(),
        number: 1,
        now: house.app.now(),
    };
    let days = decide(vec![view], |_, _| false);
    house.app.count_engagement(tenant, flush, &days).await?;
    Ok(())
}

/// What the agency writes of its results under the plan in 2020; sent where `send`.
///
/// # Errors
/// Where an act refuses.
pub async fn contribution(
    house: &House,
    tenant: &Tenant,
    people: &People,
    mark: &str,
    send: bool,
) -> anyhow::Result<()> {
    let reporter = house.ctx(tenant, &people.reporter).await?;
    let text = format!("{mark} đã biên soạn ba tờ gấp.");
    let order = plan::write::Write {
        plan: PLAN.into(),
        year: 2020,
        read: std::collections::BTreeMap::new(),
        texts: [("II.4".to_owned(), text)].into(),
    };
    planned(plan::write::write(&house.app, &reporter, order).await?)?;
    if !send {
        return Ok(());
    }
    let reader = house.store.read().tenant(tenant).await?;
    let seen = plan::view(&reader, tenant.agency(), (PLAN, 2020), house.clock_day()).await?;
    drop(reader);
    planned(plan::send::send(&house.app, &reporter, (PLAN, 2020), &seen.hash).await?)?;
    Ok(())
}

fn planned<T: std::fmt::Debug>(outcome: plan::Outcome<T>) -> anyhow::Result<T> {
    match outcome {
        plan::Outcome::Done(value) => Ok(value),
        other => bail!("not done: {other:?}"),
    }
}

/// The days on the due list, copied to the province.
///
/// # Errors
/// Where the store fails.
pub async fn roll_up(house: &House) -> anyhow::Result<()> {
    for due in house.store.machinery().due_days(1_000).await? {
        let tenant = house.store.registry().now().by_id(due.tenant);
        let mut agency = house.store.tenant(&tenant.context("the agency is gone")?).await?;
        agency.hold_ledger().await?;
        agency.rebuild_day(due.day, house.app.now()).await?;
        agency.save().await?;
        house.store.machinery().clear_due(due).await?;
    }
    Ok(())
}

/// Somebody recognised from a day, in the register of the agency whose approver this is.
///
/// # Errors
/// Where the act refuses.
pub async fn entered(house: &House, approver: &Ctx, name: &str, from: NaiveDate) -> anyhow::Result<EntryId> {
    let order = Enter {
        details: Details {
            name: name.into(),
            post: "Chuyên viên".into(),
            workplace: "Phòng Tư pháp".into(),
            education: "Đại học Luật".into(),
            law: true,
            fields: vec!["dat-dai".into()],
            ..Details::default()
        },
        level: Level::BcvTinh,
        decision: Decision {
            number: "12/QĐ-UBND".into(),
            day: from,
            issuer: "Chủ tịch Ủy ban nhân dân tỉnh".into(),
        },
        from,
    };
    match enter(&house.app, approver, order).await? {
        register::Outcome::Done(id) => Ok(id),
        other => bail!("not done: {other:?}"),
    }
}

/// A group founded on 5 January 2015, with four men and three women of whom six were trained, from 5 January 2020 on.
///
/// # Errors
/// Where the act refuses.
pub async fn mediating(house: &House, reporter: &Ctx, name: &str, commune: &str) -> anyhow::Result<GroupId> {
    let founded = NaiveDate::from_ymd_opt(2015, 1, 5).context("a day")?;
    let group = mediation::NewGroup {
        details: mediation_model::Details {
            name: name.into(),
            village: "Thôn 1".into(),
            commune: commune.into(),
            decision: Decision {
                number: "7/QĐ-UBND".into(),
                day: founded,
                issuer: "Chủ tịch Ủy ban nhân dân xã".into(),
            },
        },
        founded,
        figures: mediation_model::Figures {
            men: 4,
            women: 3,
            law: 1,
            minority: 5,
            trained: Some(6),
        },
        from: NaiveDate::from_ymd_opt(2020, 1, 5).context("a day")?,
    };
    match mediation::enter::enter(&house.app, reporter, group).await? {
        mediation::Outcome::Done(id) => Ok(id),
        other => bail!("not done: {other:?}"),
    }
}

/// The lists of words that the register needs.
///
/// # Errors
/// Where a file of the province cannot be read, or the database refuses.
pub async fn vocabulary(house: &House) -> anyhow::Result<()> {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../tenants/kon-tum/vocabulary");
    let system = ProvinceCtx::of_system(
        house.store.registry().now(),
        "testkit",
        house.province.now(),
        RequestId::new("testkit".into()),
    );
    let mut store = house.store.province(&system.warrant::<ManifestApply>()?).await?;
    for code in ["fields", "languages", "dismissal-cases"] {
        let list: TermList = toml::from_str(&std::fs::read_to_string(format!("{folder}/{code}.toml"))?)?;
        let body = serde_json::to_string(&list)?;
        store
            .put_catalogue("vocabulary", code, &body, system.now())
            .await?;
    }
    store.save().await?;
    Ok(())
}

/// A small picture, as a camera could have made it.
///
/// # Errors
/// Never, in truth.
pub fn png() -> anyhow::Result<Vec<u8>> {
    let mut out = Cursor::new(Vec::new());
    image::DynamicImage::new_rgb8(64, 32).write_to(&mut out, image::ImageFormat::Png)?;
    Ok(out.into_inner())
}

/// A published item with a picture.
///
/// # Errors
/// Where an act refuses.
pub async fn item(
    house: &House,
    tenant: &Tenant,
    people: &People,
    mark: &str,
) -> anyhow::Result<(ArticleId, MediaId)> {
    let editor = house.ctx(tenant, &people.editor).await?;
    let approver = house.ctx(tenant, &people.approver).await?;
    let alt = format!("{mark} cán bộ phát tờ gấp ở chợ");
    let order = Upload {
        purpose: Purpose::Picture,
        file_name: "chợ.png".into(),
        bytes: png()?.into(),
        alt: alt.clone(),
    };
    let picture = upload(&house.app, &editor, order).await?.id;
    let content = Content {
        title: format!("{mark} tiêu đề"),
        summary: format!("{mark} tóm tắt"),
        body: format!("{mark} nội dung"),
        picture: Some(PictureRef {
            media: picture,
            alt,
            width: 64,
            height: 32,
        }),
        ..Content::default()
    };
    let Outcome::Done(article) = create::create(&house.app, &editor, Kind::Tin, content).await? else {
        bail!("the item was not made")
    };
    submit::submit(&house.app, &editor, article).await?;
    approve::approve(&house.app, &approver, article, 1, "").await?;
    Ok((article, picture))
}

/// A site that may frame the section.
///
/// # Errors
/// Where the database refuses.
pub async fn site(house: &House, tenant: &Tenant, people: &People, mark: &str) -> anyhow::Result<EmbedRow> {
    let admin = house.ctx(tenant, &people.admin).await?;
    let permit = admin.permit::<EmbedWrite>(&Nothing)?;
    let embed = EmbedRow {
        id: EmbedId::fresh(admin.now()),
        key: to_base32(Uuid::new_v4()),
        site: format!("{mark} trang"),
        origins: vec!["https://co-quan.example".into()],
        open: true,
        created_by: people.admin.account,
        created_at: admin.now(),
    };
    let mut store = house.store.tenant(tenant).await?;
    store.add_embed(&permit, &embed).await?;
    store.save().await?;
    Ok(embed)
}

/// A counted activity with a file that proves it; its share has reached the co-organiser, its day is summed.
///
/// # Errors
/// Where an act refuses.
pub async fn event(
    house: &House,
    tenant: &Tenant,
    people: &People,
    other: Option<&Tenant>,
    mark: &str,
) -> anyhow::Result<(ActivityId, MediaId)> {
    let reporter = house.ctx(tenant, &people.reporter).await?;
    let day = NaiveDate::from_ymd_opt(2020, 5, 9).context("a day")?;
    let facts = Facts {
        kind: activity::Kind::HoiNghi,
        day,
        content: activity::Content {
            title: format!("{mark} hội nghị"),
            form: "truc-tiep".into(),
            place: "Nhà rông".into(),
            sessions: 1,
            attendees: 40,
            language: "tieng-viet".into(),
            mode: "truc-tiep".into(),
            no_evidence_reason: format!("{mark} lý do"),
            ..activity::Content::default()
        },
        partners: other.iter().map(|other| other.id()).collect(),
    };
    let id = written(draft::create(&house.app, &reporter, facts).await?)?;
    let order = Upload {
        purpose: Purpose::Evidence,
        file_name: "a.png".into(),
        bytes: png()?.into(),
        alt: String::new(),
    };
    let file = upload(&house.app, &reporter, order).await?.id;
    written(add_evidence::add_evidence(&house.app, &reporter, id, file, mark).await?)?;
    written(record::record(&house.app, &reporter, id, 1).await?)?;
    let mut store = house.store.tenant(tenant).await?;
    let counted = store.activity(id).await?.context("the activity is gone")?;
    store.rebuild_day(day, house.app.now()).await?;
    store.save().await?;
    if let Some(other) = other {
        let request = RequestId::new("testkit".into());
        let system = Ctx::of_system(other.clone(), "share-offered", house.app.now(), request);
        receive_share::receive_share(&house.app, &system, tenant, &counted).await?;
    }
    Ok((id, file))
}

fn written<T: std::fmt::Debug>(outcome: Written<T>) -> anyhow::Result<T> {
    match outcome {
        Written::Done(value) => Ok(value),
        other => bail!("not done: {other:?}"),
    }
}

fn filled<T: std::fmt::Debug>(outcome: report::Outcome<T>) -> anyhow::Result<T> {
    match outcome {
        report::Outcome::Done(value) => Ok(value),
        other => bail!("not done: {other:?}"),
    }
}

/// The form of the year with declared cells; checked and sent where `send`.
async fn statistics(
    house: &House,
    tenant: &Tenant,
    people: &People,
    (form, row): (&str, &str),
    send: bool,
) -> anyhow::Result<ReportId> {
    let reporter = house.ctx(tenant, &people.reporter).await?;
    let approver = house.ctx(tenant, &people.approver).await?;
    let order = report::open::Open {
        form: form.into(),
        period: PeriodKind::OfficialYear,
        year: 2020,
        amend: None,
    };
    let id = filled(report::open::open(&house.app, &reporter, order).await?)?;
    let cell = |column, actual| report::declare::Figure {
        column,
        actual: Some(actual),
        ..report::declare::Figure::default()
    };
    let order = report::declare::Declare {
        report: id,
        row: row.into(),
        figures: vec![cell(1, 5), cell(2, 4)],
        reason: "Quyết định số 12".into(),
    };
    filled(report::declare::declare(&house.app, &reporter, order).await?)?;
    if send {
        let more = Ask {
            form: form.to_owned(),
            period: PeriodKind::OfficialYear,
            year: 2020,
            until: house.clock_day(),
            reason: "Chờ số liệu của các xã".to_owned(),
        };
        filled(ask(&house.app, &reporter, more).await?)?;
        let reader = house.store.read().tenant(tenant).await?;
        let read = report::view(&reader, tenant.agency(), id).await?.figures;
        drop(reader);
        filled(report::check::check(&house.app, &approver, id, &read, "").await?)?;
        filled(report::submit::submit(&house.app, &reporter, id, &read, "").await?)?;
        signed(house, &reporter, id).await?;
    }
    Ok(id)
}

/// Signs a report that was sent, as its head would.
///
/// # Errors
/// Where `openssl` is missing, or the act refuses.
pub async fn signed(house: &House, reporter: &Ctx, id: ReportId) -> anyhow::Result<()> {
    let reader = house.store.read().tenant(reporter.tenant()).await?;
    let sent = reader.report(id).await?.context("no report")?;
    drop(reader);
    let head = DigitalSigner::new("Trần Văn Thủ Trưởng")?;
    let signature = head.sign(sent.body.as_bytes())?;
    filled(report::sign::sign(&house.app, reporter, &head.anchors()?, id, &signature).await?)?;
    Ok(())
}
