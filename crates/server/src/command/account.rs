//! `pbgdpl account invite|disable|reset-factor|erase|list`: the first people of a province, before anybody can use the screen, and
//! what a person may ask of whoever runs the machine.

use std::path::Path;
use std::process::ExitCode;
use std::sync::Arc;

use anyhow::bail;
use clap::Subcommand;
use pbgdpl_app::account::{By, erase, invite, reset_factor};
use pbgdpl_model::clock::SystemClock;
use pbgdpl_model::policy::Role;
use pbgdpl_province::member::{Place, grant};
use pbgdpl_store::identity::AccountStatus;
use serde_json::json;

use crate::screen;
use crate::wiring::{self, House};

/// Options of `account`.
#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, Subcommand)]
enum What {
    /// Lập tài khoản và in liên kết dùng một lần để người đó đặt mật khẩu
    Invite {
        /// Thư điện tử
        #[arg(value_name = "THƯ_ĐIỆN_TỬ")]
        email: String,
        /// Họ và tên
        #[arg(long, value_name = "TÊN")]
        name: String,
        /// Vai trò, ví dụ province-admin, auditor, agency-admin, editor
        #[arg(long, value_name = "VAI_TRÒ")]
        role: Option<Role>,
        /// Cơ quan của vai trò, ví dụ so-tu-phap
        #[arg(long, value_name = "CƠ_QUAN")]
        agency: Option<String>,
        /// In một dòng JSON
        #[arg(long)]
        json: bool,
    },
    /// Khoá một tài khoản; các phiên đang mở kết thúc ngay
    Disable {
        /// Thư điện tử
        #[arg(value_name = "THƯ_ĐIỆN_TỬ")]
        email: String,
    },
    /// Đặt lại mã xác thực và mật khẩu cho người mất điện thoại hoặc quên mật khẩu; in liên kết dùng một lần
    ResetFactor {
        /// Thư điện tử
        #[arg(value_name = "THƯ_ĐIỆN_TỬ")]
        email: String,
        /// In một dòng JSON
        #[arg(long)]
        json: bool,
    },
    /// Xoá dữ liệu cá nhân của một người đã thôi mọi vai trò; tên trong nhật ký xoá theo, chuỗi nhật ký vẫn liền mạch
    Erase {
        /// Thư điện tử; sau khi khôi phục từ bản sao lưu thì dùng mã tài khoản đã in ra lần trước
        #[arg(value_name = "THƯ_ĐIỆN_TỬ|MÃ")]
        whose: String,
        /// Số, ngày của đơn hoặc văn bản đề nghị; không ghi tên người
        #[arg(long, value_name = "CĂN_CỨ")]
        basis: String,
        /// In một dòng JSON
        #[arg(long)]
        json: bool,
    },
    /// Liệt kê tài khoản
    List {
        /// In một dòng JSON
        #[arg(long)]
        json: bool,
    },
}

/// Invites, disables or lists.
///
/// # Errors
/// Where the address or the role cannot be taken, or of the database.
pub async fn run(config: Option<&Path>, args: Args) -> anyhow::Result<ExitCode> {
    let settings = wiring::settings(config)?;
    wiring::refuse_old_schema(&settings).await?;
    let house = House::open(&settings, Arc::new(SystemClock)).await?;
    let request = wiring::request();
    let by = By::system("dòng lệnh", request.as_str());
    match args.what {
        What::Invite {
            email,
            name,
            role,
            agency,
            json,
        } => {
            let place = place(&house, role, agency.as_deref())?;
            let invited = invite::invite(&house.app, by, &email, &name).await?;
            if let (Some(place), Some(role)) = (place, role) {
                grant::grant(&house.province, &house.province_ctx(), place, &email, role).await?;
            }
            let link = format!("{}/dang-nhap/lien-ket/{}", settings.server.desk_url, invited.link);
            if json {
                screen::say_json(&json!({ "account": invited.account.to_string(), "link": link }))?;
            } else {
                screen::say(format!(
                    "Đã mời {email}. Liên kết dùng một lần, trong bảy ngày:\n{link}"
                ));
            }
        }
        What::Disable { email } => {
            if !invite::disable(&house.app, by, &email).await? {
                bail!("không có tài khoản nào dùng {email}");
            }
            screen::say(format!("Đã khoá {email}."));
        }
        What::ResetFactor { email, json } => {
            let link = match reset_factor::reset_factor(&house.app, by, &email).await {
                Err(pbgdpl_app::Error::NotFound) => bail!("không có tài khoản nào dùng {email}"),
                done => done?,
            };
            let link = format!("{}/dang-nhap/lien-ket/{link}", settings.server.desk_url);
            if json {
                screen::say_json(&json!({ "email": email, "link": link }))?;
            } else {
                screen::say(format!(
                    "Đã đặt lại mã xác thực và mật khẩu của {email}; mọi phiên đã kết thúc. Chỉ giao liên kết này cho \
                     chính người đó, sau khi đã nhận diện như lúc mời. Liên kết dùng một lần, trong bảy ngày:\n{link}"
                ));
            }
        }
        What::Erase { whose, basis, json } => erased(&house, by, &whose, &basis, json).await?,
        What::List { json } => list(&house, json).await?,
    }
    house.database.clone().close().await;
    Ok(ExitCode::SUCCESS)
}

fn place(house: &House, role: Option<Role>, agency: Option<&str>) -> anyhow::Result<Option<Place>> {
    match (role, agency) {
        (None, None) => Ok(None),
        (None, Some(_)) => bail!("có --agency thì phải có --role"),
        (Some(role), None) if role.of_province() => Ok(Some(Place::Province)),
        (Some(role), None) => bail!("vai trò {role} cần --agency"),
        (Some(_), Some(slug)) => Ok(Some(Place::Agency(house.agency(slug)?.id()))),
    }
}

async fn erased(house: &House, by: By<'_>, whose: &str, basis: &str, json: bool) -> anyhow::Result<()> {
    let of = whose
        .parse()
        .map_or(erase::Whose::Address(whose), erase::Whose::Account);
    let account = match erase::erase(&house.app, by, of, basis).await {
        Err(pbgdpl_app::Error::NotFound) => bail!("không có tài khoản nào của {whose}"),
        done => done?,
    };
    if json {
        return screen::say_json(&json!({ "account": account.to_string() }));
    }
    screen::say(format!(
        "Đã xoá tài khoản; tên trong nhật ký được xoá ngay sau đó. Giữ mã {account} ở nơi khác: sau khi khôi phục từ bản sao \
         lưu, chạy lại lệnh này với mã đó trước khi mở cửa."
    ));
    Ok(())
}

async fn list(house: &House, json: bool) -> anyhow::Result<()> {
    let accounts = invite::list(&house.app).await?;
    let word = |status| match status {
        AccountStatus::Active => "active",
        AccountStatus::Disabled => "disabled",
    };
    if json {
        let lines: Vec<_> = accounts
            .iter()
            .map(|account| {
                json!({
                    "account": account.id.to_string(), "email": account.email,
                    "name": account.display_name, "status": word(account.status),
                })
            })
            .collect();
        return screen::say_json(&json!({ "accounts": lines }));
    }
    for account in &accounts {
        let state = if account.status == AccountStatus::Active {
            ""
        } else {
            "  (đã khoá)"
        };
        screen::say(format!("{:45} {}{state}", account.email, account.display_name));
    }
    screen::say(format!("{} tài khoản.", accounts.len()));
    Ok(())
}
