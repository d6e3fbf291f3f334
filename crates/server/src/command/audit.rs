//! `pbgdpl audit`: chains verified, entries taken out, evidence packs made and verified.

mod aside;
mod export;
mod pack;
mod pack_verify;
mod verify;

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use chrono::NaiveDate;
use clap::{Subcommand, ValueEnum};
use pbgdpl_province::oversight::Which;
use pbgdpl_province::oversight::export::Asked;

use crate::wiring::House;

/// Options of `audit`.
#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, Subcommand)]
enum What {
    /// Kiểm chứng nhật ký của tỉnh và của mọi cơ quan
    Verify {
        /// Điểm mốc đã cất ở nơi khác; chưa có tệp thì ghi mới, có rồi thì đối chiếu và ghi tiếp
        #[arg(long, value_name = "TỆP")]
        checkpoint: Option<PathBuf>,
        /// In một dòng JSON
        #[arg(long)]
        json: bool,
    },
    /// Xuất các mục nhật ký của một kỳ; lần xuất được ghi vào nhật ký của tỉnh
    Export {
        #[command(flatten)]
        period: Period,
        /// Dạng: jsonl (mỗi dòng một mục JSON) hoặc csv (cho bảng tính)
        #[arg(long, value_enum, default_value_t = Format::Jsonl, value_name = "DẠNG")]
        format: Format,
        /// Ghi vào tệp (không ghi: in ra màn hình)
        #[arg(long, value_name = "TỆP")]
        out: Option<PathBuf>,
    },
    /// Lập gói bằng chứng của một kỳ kiểm tra; lần lập được ghi vào nhật ký của tỉnh
    Pack {
        #[command(flatten)]
        period: Period,
        /// Tệp zip sẽ ghi
        #[arg(long, value_name = "TỆP")]
        out: PathBuf,
        /// In một dòng JSON
        #[arg(long)]
        json: bool,
    },
    /// Kiểm chứng một gói bằng chứng, không cần cơ sở dữ liệu
    PackVerify {
        /// Tệp zip
        #[arg(value_name = "TỆP")]
        file: PathBuf,
        /// Điểm mốc đã cất ở nơi khác
        #[arg(long, value_name = "TỆP")]
        checkpoint: Option<PathBuf>,
        /// In một dòng JSON
        #[arg(long)]
        json: bool,
    },
}

/// Whose chains, and of which days.
#[derive(Debug, clap::Args)]
struct Period {
    /// Cơ quan, ví dụ so-tu-phap (không ghi: của tỉnh, của tài khoản và của mọi cơ quan)
    #[arg(long, value_name = "CƠ_QUAN")]
    agency: Option<String>,
    /// Từ ngày, ví dụ 2020-01-01
    #[arg(long, value_name = "NGÀY")]
    from: NaiveDate,
    /// Đến hết ngày, ví dụ 2020-12-31
    #[arg(long, value_name = "NGÀY")]
    to: NaiveDate,
}

impl Period {
    fn asked(&self, house: &House) -> anyhow::Result<Asked> {
        if self.from > self.to {
            anyhow::bail!(
                "--from ({}) phải là ngày trước hoặc bằng --to ({})",
                self.from,
                self.to
            );
        }
        Ok(Asked {
            which: match &self.agency {
                Some(slug) => Which::Agency(house.agency(slug)?.id()),
                None => Which::All,
            },
            from: self.from,
            to: self.to,
        })
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    Jsonl,
    Csv,
}

/// Carries one of them out.
///
/// # Errors
/// Where a file cannot be read or written, or of the database.
pub async fn run(config: Option<&Path>, args: Args) -> anyhow::Result<ExitCode> {
    match args.what {
        What::Verify { checkpoint, json } => verify::run(config, checkpoint, json).await,
        What::Export { period, format, out } => export::run(config, &period, format, out).await,
        What::Pack { period, out, json } => pack::run(config, &period, &out, json).await,
        What::PackVerify {
            file,
            checkpoint,
            json,
        } => pack_verify::run(&file, checkpoint.as_deref(), json),
    }
}
