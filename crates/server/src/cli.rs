//! What may be typed: commands, their options and their help, and the exit code that comes of them.

use std::path::PathBuf;
use std::process::ExitCode;

use clap::{ArgAction, Command, CommandFactory, FromArgMatches, Parser, Subcommand};

use crate::command::{account, audit, check, demo, ledger, migrate, report, rollup, serve, tenants, work};
use crate::screen;

const TEMPLATE: &str = "{about}\n\nCách dùng: {usage}\n\n{all-args}{after-help}\n";

/// Nền tảng chuyên mục phổ biến, giáo dục pháp luật của một tỉnh.
#[derive(Debug, Parser)]
#[command(
    name = "pbgdpl",
    version,
    disable_help_flag = true,
    disable_help_subcommand = true,
    disable_version_flag = true,
    arg_required_else_help = true,
    after_help = "Xem trợ giúp của một lệnh: pbgdpl LỆNH --help"
)]
struct Cli {
    /// Tệp cấu hình (mặc định: pbgdpl.toml nếu có)
    #[arg(long, global = true, value_name = "TỆP")]
    config: Option<PathBuf>,
    /// Xem trợ giúp
    #[arg(short = 'h', long, global = true, action = ArgAction::Help)]
    help: Option<bool>,
    /// Xem phiên bản
    #[arg(short = 'V', long, action = ArgAction::Version)]
    version: Option<bool>,
    #[command(subcommand)]
    task: Task,
}

#[derive(Debug, Subcommand)]
enum Task {
    /// Chạy bản dùng thử: tỉnh Kon Tum với dữ liệu minh hoạ, không cần chuẩn bị gì
    Demo(demo::Args),
    /// Chạy máy chủ: trang công khai, bàn làm việc, trang nhúng, tệp và các việc nền
    Serve(serve::Args),
    /// Chỉ làm các việc nền (gửi thư, cộng sổ), không phục vụ trang
    Work(work::Args),
    /// Dựng hoặc lùi cấu trúc cơ sở dữ liệu
    Migrate(migrate::Args),
    /// So sánh, áp dụng, xuất thư mục cấu hình của tỉnh
    Tenants(tenants::Args),
    /// Mời người dùng, khoá và liệt kê tài khoản
    Account(account::Args),
    /// Lập, theo dõi, tổng hợp, xuất biểu thống kê
    Report(report::Args),
    /// Xuất sổ hoạt động
    Ledger(ledger::Args),
    /// Kiểm tra hoặc cộng lại số liệu theo ngày
    Rollup(rollup::Args),
    /// Kiểm chứng nhật ký
    Audit(audit::Args),
    /// Kiểm tra cấu hình, và chương trình lập tệp PDF nếu có đặt
    Check(check::Args),
}

/// Reads the command line, carries the command out, says what went wrong.
pub fn run() -> ExitCode {
    let cli = match Cli::from_arg_matches(&in_vietnamese(Cli::command()).get_matches()) {
        Ok(cli) => cli,
        Err(error) => error.exit(),
    };
    let runtime = match tokio::runtime::Builder::new_multi_thread().enable_all().build() {
        Ok(runtime) => runtime,
        Err(error) => {
            screen::complain(&anyhow::Error::new(error));
            return ExitCode::FAILURE;
        }
    };
    let config = cli.config.as_deref();
    let done = runtime.block_on(async {
        match cli.task {
            Task::Demo(args) => demo::run(args).await,
            Task::Serve(args) => serve::run(config, args).await,
            Task::Work(args) => work::run(config, args).await,
            Task::Migrate(args) => migrate::run(config, args).await,
            Task::Tenants(args) => tenants::run(config, args).await,
            Task::Account(args) => account::run(config, args).await,
            Task::Report(args) => report::run(config, args).await,
            Task::Ledger(args) => ledger::run(config, args).await,
            Task::Rollup(args) => rollup::run(config, args).await,
            Task::Audit(args) => audit::run(config, args).await,
            Task::Check(args) => check::run(config, args).await,
        }
    });
    // What still runs in the background (a name being looked up) must not hold the end back.
    runtime.shutdown_background();
    match done {
        Ok(code) => code,
        Err(error) => {
            screen::complain(&error);
            ExitCode::FAILURE
        }
    }
}

/// Help of a command and of all below it in Vietnamese: headings included.
fn in_vietnamese(command: Command) -> Command {
    command
        .help_template(TEMPLATE)
        .subcommand_help_heading("Lệnh")
        .subcommand_value_name("LỆNH")
        .mut_args(|arg| {
            let heading = if arg.is_positional() {
                "Đối số"
            } else {
                "Tùy chọn"
            };
            let takes_value = arg.get_action().takes_values();
            arg.help_heading(heading).hide_default_value(takes_value)
        })
        .mut_subcommands(in_vietnamese)
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    use super::{Cli, in_vietnamese};

    #[test]
    fn the_command_line_is_sound() {
        in_vietnamese(Cli::command()).debug_assert();
    }
}
