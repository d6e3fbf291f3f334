//! `pbgdpl tenants plan|apply|export DIR`: the province as files and as it stands in the database.

use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;

use anyhow::bail;
use clap::Subcommand;
use pbgdpl_model::clock::SystemClock;
use pbgdpl_province::manifest::{Change, Folder, Plan, apply, export, folder::write, plan};

use crate::screen;
use crate::wiring::{self, House};

/// Options of `tenants`.
#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, Subcommand)]
enum What {
    /// Cho biết thư mục khác cơ sở dữ liệu ở đâu; không thay đổi gì
    Plan(Place),
    /// Đưa thư mục vào cơ sở dữ liệu, tất cả hoặc không gì cả
    Apply {
        #[command(flatten)]
        place: Place,
        /// Lý do, ghi vào nhật ký kiểm toán; bắt buộc khi roles.csv cho một người tự viết và tự công bố
        #[arg(long, value_name = "LÝ_DO", default_value = "")]
        reason: String,
    },
    /// Ghi cơ sở dữ liệu ra thư mục
    Export {
        /// Thư mục nhận các tệp
        #[arg(value_name = "THƯ_MỤC")]
        folder: PathBuf,
        /// In một dòng JSON
        #[arg(long)]
        json: bool,
    },
}

#[derive(Debug, clap::Args)]
struct Place {
    /// Thư mục của tỉnh, ví dụ tenants/kon-tum (mặc định: tenants.folder trong cấu hình)
    #[arg(value_name = "THƯ_MỤC")]
    folder: Option<PathBuf>,
    /// In một dòng JSON
    #[arg(long)]
    json: bool,
}

/// Compares, applies or exports.
///
/// # Errors
/// Faults of the files with their lines, or of the database. Nothing is half done.
pub async fn run(config: Option<&Path>, args: Args) -> anyhow::Result<ExitCode> {
    let settings = wiring::settings(config)?;
    // Faults of the files are told without a database.
    let read = match &args.what {
        What::Plan(place) | What::Apply { place, .. } => {
            let folder = place.folder.as_ref().unwrap_or(&settings.tenants.folder);
            if !folder.is_dir() {
                bail!("không có thư mục {}", folder.display());
            }
            Some(Folder::read(folder)?)
        }
        What::Export { .. } => None,
    };
    wiring::refuse_old_schema(&settings).await?;
    let house = House::open(&settings, Arc::new(SystemClock)).await?;
    let ctx = house.province_ctx();
    match (&args.what, read) {
        (What::Plan(place), Some(read)) => {
            let plan = plan::plan(&house.province, &ctx, &read).await?;
            tell(&plan, place.json, "sẽ thay đổi")?;
        }
        (What::Apply { place, reason }, Some(read)) => {
            let bar = screen::bar(0, "Áp dụng");
            let done = apply::apply(&house.province, &ctx, &read, reason, &mut |at| {
                bar.set_length(u64::try_from(at.total).unwrap_or(0));
                bar.set_position(u64::try_from(at.done).unwrap_or(0));
                bar.set_message(at.file.to_owned());
            })
            .await;
            bar.finish_and_clear();
            tell(&done?, place.json, "đã thay đổi")?;
        }
        (What::Export { folder, json }, _) => {
            let files = export::export(&house.province, &ctx).await?;
            let written = write(folder, &files)?;
            if *json {
                screen::say_json(&serde_json::json!({ "files": files.len(), "written": written }))?;
            } else {
                screen::say(format!(
                    "{} tệp, trong đó {written} tệp được ghi mới.",
                    files.len()
                ));
            }
        }
        _ => {}
    }
    house.database.clone().close().await;
    Ok(ExitCode::SUCCESS)
}

fn tell(plan: &Plan, json: bool, verb: &str) -> anyhow::Result<()> {
    if json {
        return screen::say_json(plan);
    }
    for line in plan.lines.iter().filter(|line| line.change != Change::Nothing) {
        let said = match &line.change {
            Change::Add => "thêm mới".to_owned(),
            Change::Change { keys } => format!("đổi {}", keys.join(", ")),
            Change::OnlyInDatabase => "chỉ có trong cơ sở dữ liệu, giữ nguyên".to_owned(),
            Change::Nothing => String::new(),
        };
        screen::say(format!("{}: {said}", line.file));
    }
    for row in &plan.alone {
        screen::say(format!(
            "roles.csv: `{row}` cho một người tự viết và tự công bố; áp dụng phải kèm lý do (--reason)."
        ));
    }
    screen::say(format!(
        "{} tệp {verb}, {} tệp tất cả.",
        plan.changes(),
        plan.lines.len()
    ));
    Ok(())
}
