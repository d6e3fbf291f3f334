//! A house for `cargo xtask bench`: on either database, with as many agencies and items as asked, served on a free port.
//!
//! `bench_house sqlite|postgres AGENCIES ITEMS` prints one line once it serves (address, host, path of the section and of an
//! item, nanoseconds a decision), and ends with its standard input.

use std::hint::black_box;
use std::io::{Read, Write};
use std::time::Instant;

use anyhow::{Context, bail, ensure};
use pbgdpl_app::article::{Outcome, approve::approve, create::create, submit::submit};
use pbgdpl_model::agency::Agency;
use pbgdpl_model::article::{Content, Kind};
use pbgdpl_model::id::TenantId;
use pbgdpl_scope::action::{EmbedWrite, ManifestApply};
use pbgdpl_scope::{Ctx, Nothing, ProvinceCtx, RequestId, Tenant};
use pbgdpl_store::Engine;
use pbgdpl_store::province::NewAgency;
use pbgdpl_testkit::house::{Ground, House};
use pbgdpl_testkit::web::settings;
use pbgdpl_web::AppState;
use pbgdpl_web::dispatch::Dispatch;
use sqlx::Connection;
use tokio::net::TcpListener;
use tokio_util::sync::CancellationToken;
use uuid::Uuid;

/// Decisions that are timed.
const DECISIONS: u32 = 2_000_000;

#[tokio::main]
async fn main() -> anyhow::Result<()> {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let [engine, agencies, items] = words.as_slice() else {
        bail!("bench_house sqlite|postgres AGENCIES ITEMS")
    };
    let engine = match engine.as_str() {
        "sqlite" => Engine::Sqlite,
        "postgres" => Engine::Postgres,
        other => bail!("no database {other}"),
    };
    let house = House::on(engine).await?;
    more_agencies(&house, agencies.parse()?).await?;
    let article = publish(&house, items.parse()?).await?;
    if let Ground::Postgres(databases) = &house.ground {
        // The private server has no autovacuum to do it.
        let mut admin = sqlx::PgConnection::connect(&databases.superuser_url).await?;
        sqlx::query("analyze").execute(&mut admin).await?;
    }
    let nanoseconds = decide(&house).await?;

    let state = AppState::new(house.app.clone(), house.province.clone(), settings(true)?);
    let listener = TcpListener::bind("127.0.0.1:0").await?;
    let address = listener.local_addr()?;
    let stop = CancellationToken::new();
    let serving = tokio::spawn(pbgdpl_web::serve::serve(
        vec![listener],
        Dispatch::new(state),
        stop.clone(),
    ));
    let line = format!("{address} thu.example /so-a/ /so-a/bai/{article}-bai-so-0 {nanoseconds}\n");
    std::io::stdout().write_all(line.as_bytes())?;
    tokio::task::spawn_blocking(|| std::io::stdin().read_to_end(&mut Vec::new())).await??;
    stop.cancel();
    serving.await??;
    Ok(())
}

/// Copies of the first agency under other names, until there are so many.
async fn more_agencies(house: &House, agencies: usize) -> anyhow::Result<()> {
    let now = house.province.now();
    let ctx = ProvinceCtx::of_system(
        house.store.registry().now(),
        "bench",
        now,
        RequestId::new("bench".into()),
    );
    let mut province = house.store.province(&ctx.warrant::<ManifestApply>()?).await?;
    for number in 2..agencies {
        let number = u128::try_from(number)?;
        let slug = format!("don-vi-{number}");
        let agency = Agency {
            id: TenantId(Uuid::from_u128(
                0x0190_0000_0000_7000_8000_0000_0001_0000 + number,
            )),
            slug: slug.clone(),
            ..house.a.agency().clone()
        };
        let new = NewAgency {
            agency,
            hosts: vec![format!("{slug}.thu.example")],
            body: "{}".into(),
        };
        province.put_agency(&new, now).await?;
    }
    province.save().await?;
    house.store.machinery().poll_registry().await?;
    Ok(())
}

/// Publishes so many items in the first agency through the acts; returns the first.
async fn publish(house: &House, items: usize) -> anyhow::Result<String> {
    let editor = house.ctx(&house.a, &house.in_a.editor).await?;
    let approver = house.ctx(&house.a, &house.in_a.approver).await?;
    let mut first = None;
    for number in 0..items.max(1) {
        let content = Content {
            title: format!("Bài số {number}"),
            summary: "Những điểm người dân cần biết về đất đai, hôn nhân và hộ tịch.".into(),
            body: body(number),
            ..Content::default()
        };
        let Outcome::Done(item) = create(&house.app, &editor, Kind::Tin, content).await? else {
            bail!("the item is refused")
        };
        submit(&house.app, &editor, item).await?;
        approve(&house.app, &approver, item, 1, "").await?;
        first.get_or_insert(item);
    }
    Ok(first.context("no item")?.to_string())
}

/// Two screens of text; every tenth item has a paragraph that the others have not.
fn body(number: usize) -> String {
    let text = BODY.replace("{số}", &number.to_string());
    if number.is_multiple_of(10) {
        return text + TENTH;
    }
    text
}

/// What one decision costs, in nanoseconds, over all agencies in turn.
async fn decide(house: &House) -> anyhow::Result<f64> {
    let snapshot = house.store.registry().now();
    let tenants: Vec<&Tenant> = snapshot.tenants().collect();
    let pattern = house.ctx(&house.a, &house.in_a.admin).await?;
    let ctxs: Vec<Ctx> = tenants
        .iter()
        .map(|tenant| {
            let (actor, now) = (pattern.actor().clone(), pattern.now());
            Ctx::of_person((*tenant).clone(), actor, now, RequestId::new(String::new()))
        })
        .collect();
    ensure!(!ctxs.is_empty(), "no agency");
    let started = Instant::now();
    let mut allowed = 0_u32;
    for ctx in ctxs.iter().cycle().take(usize::try_from(DECISIONS)?) {
        allowed += u32::from(ctx.permit::<EmbedWrite>(&black_box(Nothing)).is_ok());
    }
    ensure!(
        allowed == DECISIONS,
        "an administrator may change what is embedded"
    );
    Ok(started.elapsed().as_secs_f64() * 1e9 / f64::from(DECISIONS))
}

/// Two screens of text, as an item of an agency has.
const BODY: &str = "Bài này giới thiệu quy định mới cho người dân, lần thứ {số}.

## Ai được áp dụng

Hộ gia đình, cá nhân, cộng đồng dân cư đang sử dụng đất ổn định; người Việt Nam định cư ở nước ngoài; tổ chức trong nước.

## Thủ tục

1. Nộp hồ sơ tại bộ phận tiếp nhận và trả kết quả của xã.
2. Cơ quan tiếp nhận kiểm tra, ghi giấy hẹn và chuyển hồ sơ trong ngày.
3. Người nộp nhận kết quả theo giấy hẹn; nếu chậm, cơ quan phải xin lỗi bằng văn bản.

Người có công với cách mạng, hộ nghèo, đồng bào dân tộc thiểu số ở vùng có điều kiện kinh tế - xã hội đặc biệt khó khăn được
miễn, giảm lệ phí theo quy định của Hội đồng nhân dân tỉnh. Cán bộ tư pháp xã có trách nhiệm giải thích, hướng dẫn bằng tiếng dân tộc
khi người dân yêu cầu.
";

/// What every tenth item says besides.
const TENTH: &str = "
Người lao động không có hợp đồng có thể tham gia bảo hiểm xã hội tự nguyện tại cơ quan bảo hiểm xã hội huyện.
";
