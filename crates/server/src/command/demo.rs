//! `pbgdpl demo`: builds the demo where there is none, then serves it.

use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::Arc;

use anyhow::Context;
use pbgdpl_config::{Origin, Run, Settings};
use pbgdpl_model::clock::SystemClock;
use pbgdpl_store::migrate;
use tokio::net::TcpListener;

use crate::demo::{Data, accounts, build, own_hosts, ready};
use crate::wiring::{self, Doors, House};
use crate::{listen, stop};

const PORT: u16 = 8080;
const METRICS_PORT: u16 = 9464;

/// Options of `demo`.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Thư mục giữ dữ liệu (mặc định var/demo)
    #[arg(long, value_name = "THƯ_MỤC", default_value = "var/demo")]
    data: PathBuf,
    /// Địa chỉ nghe; cổng 0: lấy một cổng còn trống (mặc định 127.0.0.1:8080)
    #[arg(long, value_name = "ĐỊA_CHỈ:CỔNG")]
    listen: Option<SocketAddr>,
    /// Tên hoặc địa chỉ của máy này, để người trong phòng cùng xem: dùng bốn cổng liên tiếp
    #[arg(long, value_name = "TÊN_MÁY")]
    host: Option<String>,
    /// Thêm đơn vị thử cho đủ số cơ quan này
    #[arg(long, value_name = "SỐ")]
    agencies: Option<usize>,
    /// Khi đã phục vụ, in đúng một dòng JSON
    #[arg(long)]
    json: bool,
}

/// Builds where needed and serves until SIGINT or SIGTERM.
///
/// # Errors
/// Where the folder, the ports or the database cannot be used.
pub async fn run(args: Args) -> anyhow::Result<ExitCode> {
    let data = Data::at(&args.data);
    let mut settings = Settings::demo(&args.data).map_err(|problems| {
        let lines: Vec<String> = problems.iter().map(ToString::to_string).collect();
        anyhow::anyhow!(lines.join("\n"))
    })?;
    let telemetry = pbgdpl_telemetry::init(&settings.telemetry, "pbgdpl")?;
    let stop = stop::on_signals()?;
    let listeners = doors(&args, &mut settings).await?;
    let metrics = metrics_door(&args).await?;
    std::fs::create_dir_all(data.folder())
        .with_context(|| format!("không tạo được thư mục {}", data.folder().display()))?;
    if !data.stands() {
        tokio::select! {
            built = build::build(&data, &settings) => built?,
            () = stop.cancelled() => return Ok(ExitCode::FAILURE),
        }
        begin_again();
    }
    migrate::up(wiring::owner_url(&settings)).await?;
    let house = House::open(&settings, Arc::new(SystemClock)).await?;
    if let Some(agencies) = args.agencies {
        build::invent(&house, agencies).await?;
    }
    let hosts = own_hosts(&house, &settings.server.public_url).await?;
    let sign_ins =
        accounts::with_links(&house.app, &data.accounts(), settings.server.desk_url.as_str()).await?;
    let keys = ready::embed_keys(&house).await?;
    let ready = ready::Ready::new(&settings, metrics.local_addr()?, hosts, keys, sign_ins);
    let doors = Doors { listeners, metrics };
    let web = wiring::web_settings(&house, &settings, true).await?;
    // The sockets listen already: whoever reads the line is answered.
    ready.say(args.json)?;
    wiring::serve(&house, &settings, web, doors, telemetry.metrics(), stop).await?;
    house.database.clone().close().await;
    Ok(ExitCode::SUCCESS)
}

/// Becomes the same program again, in the same process: building takes memory that serving does not need, and the
/// allocator would keep it. The sockets close with the old program and are opened anew.
/// Comes back only where that cannot be done: then this process goes on as it is.
fn begin_again() {
    use std::os::unix::process::CommandExt;
    if let Ok(program) = std::env::current_exe() {
        let error = std::process::Command::new(program)
            .args(std::env::args_os().skip(1))
            .exec();
        tracing::warn!(%error, "the memory of building is kept");
    }
}

/// Opens the sockets and writes the four origins into the settings.
async fn doors(args: &Args, settings: &mut Settings) -> anyhow::Result<Vec<TcpListener>> {
    let listeners = match &args.host {
        None => {
            let address = args
                .listen
                .unwrap_or(SocketAddr::from((Ipv4Addr::LOCALHOST, PORT)));
            let listener = listen::on(address).await?;
            let port = listener.local_addr()?.port();
            settings.server.public_url = Origin::http("localhost", port);
            settings.server.desk_url = Origin::http("quantri.localhost", port);
            settings.server.embed_url = Origin::http("nhung.localhost", port);
            settings.server.files_url = Origin::http("tep.localhost", port);
            vec![listener]
        }
        Some(host) => {
            let address = args
                .listen
                .unwrap_or(SocketAddr::from((Ipv4Addr::UNSPECIFIED, PORT)));
            let listeners = listen::on_four(address).await?;
            let first = listeners.first().context("no listener")?.local_addr()?.port();
            settings.server.public_url = Origin::http(host, first);
            settings.server.desk_url = Origin::http(host, first + 1);
            settings.server.embed_url = Origin::http(host, first + 2);
            settings.server.files_url = Origin::http(host, first + 3);
            listeners
        }
    };
    settings.check(Run::Demo).map_err(|problems| {
        let lines: Vec<String> = problems.iter().map(ToString::to_string).collect();
        anyhow::anyhow!(lines.join("\n"))
    })?;
    Ok(listeners)
}

/// On this machine only; on any free port where the usual one is taken or the pages' own port is free to choose.
async fn metrics_door(args: &Args) -> anyhow::Result<TcpListener> {
    let at = |port| SocketAddr::new(IpAddr::V4(Ipv4Addr::LOCALHOST), port);
    let any = args.listen.is_some_and(|address| address.port() == 0);
    if !any && let Ok(listener) = listen::on(at(METRICS_PORT)).await {
        return Ok(listener);
    }
    listen::on(at(0)).await
}
