//! The form of a new agency, and an agency's facts in words.

use axum::extract::State;
use axum::response::Response;
use http::StatusCode;
use pbgdpl_model::agency::ReportRow;
use pbgdpl_model::manifest::{Accent, AgencyFile, Contact, Membership, UnitKind};
use pbgdpl_pages::form::{Choice, Field};
use pbgdpl_pages::province::NewAgency as NewAgencyPage;
use pbgdpl_province::Error as ProvinceError;
use pbgdpl_province::agency::create::{self as act, NewAgency};
use pbgdpl_province::agency::list::{self, Listed};
use pbgdpl_vietnamese::date::dmy;
use serde::Deserialize;

use super::HERE;
use crate::desk::frame;
use crate::error::Error;
use crate::extract::{Form, Officer};
use crate::page;
use crate::state::AppState;

/// What is sent.
#[derive(Debug, Default, Clone, Deserialize)]
#[serde(default, rename_all = "kebab-case")]
pub struct Sent {
    ten_day_du: String,
    ten_gon: String,
    dia_chi: String,
    loai: String,
    quan_he: String,
    dong_bao_cao: String,
    mau: String,
    co_quan_chu_quan: String,
    nguoi_chiu_trach_nhiem: String,
    noi_lam_viec: String,
    dien_thoai: String,
    thu_dien_tu: String,
    trang_web: String,
    quan_tri: String,
}

/// `GET /tinh/co-quan/moi`
///
/// # Errors
/// Where the officer may not, or the store fails.
pub async fn new(State(state): State<AppState>, officer: Officer) -> Result<Response, Error> {
    let sent = Sent {
        loai: UnitKind::So.word().into(),
        quan_he: Membership::Subordinate.word().into(),
        dong_bao_cao: ReportRow::SoNganh.word().into(),
        mau: Accent::Cham.word().into(),
        ..Sent::default()
    };
    page::html(&form(&state, &officer, &sent).await?)
}

/// `POST /tinh/co-quan/moi`
///
/// # Errors
/// Where the officer may not, or the store fails.
pub async fn create(
    State(state): State<AppState>,
    officer: Officer,
    Form(sent): Form<Sent>,
) -> Result<Response, Error> {
    let outcome = match asked(&sent) {
        Ok(asked) => act::create(&state.province, &officer.ctx, &asked).await,
        Err(error) => Err(error),
    };
    match outcome {
        Ok(id) => {
            let tenant = state.read.known(id).ok_or(Error::NotFound)?;
            Ok(page::go(&format!("{HERE}/{}?xong=lap", tenant.slug())))
        }
        Err(ProvinceError::Invalid { field: wrong, reason }) => {
            let mut shown = form(&state, &officer, &sent).await?;
            for field in shown.identity.iter_mut().chain(&mut shown.contact) {
                field.error = (field.name == wrong).then(|| reason.clone());
            }
            page::html_with(StatusCode::UNPROCESSABLE_ENTITY, &shown)
        }
        Err(error) => Err(error.into()),
    }
}

fn asked(sent: &Sent) -> Result<NewAgency, ProvinceError> {
    let unknown = |field| move || ProvinceError::invalid(field, "chưa chọn");
    let known = |text: &str| Some(text.trim().to_owned()).filter(|text| !text.is_empty());
    Ok(NewAgency {
        official: sent.ten_day_du.clone(),
        short: sent.ten_gon.clone(),
        slug: sent.dia_chi.clone(),
        kind: UnitKind::ALL
            .iter()
            .copied()
            .find(|kind| kind.word() == sent.loai)
            .ok_or_else(unknown("loai"))?,
        membership: Membership::ALL
            .iter()
            .copied()
            .find(|word| word.word() == sent.quan_he)
            .ok_or_else(unknown("quan-he"))?,
        report_row: sent
            .dong_bao_cao
            .parse()
            .map_err(|_| ProvinceError::invalid("dong-bao-cao", "chưa chọn"))?,
        accent: Accent::ALL
            .iter()
            .copied()
            .find(|accent| accent.word() == sent.mau)
            .ok_or_else(unknown("mau"))?,
        parent: sent.co_quan_chu_quan.clone(),
        contact: Contact {
            responsible: known(&sent.nguoi_chiu_trach_nhiem),
            address: known(&sent.noi_lam_viec),
            phone: known(&sent.dien_thoai),
            email: known(&sent.thu_dien_tu),
            website: known(&sent.trang_web),
            verify: false,
        },
        administrator: sent.quan_tri.clone(),
    })
}

fn choice(value: &str, label: &str) -> Choice {
    Choice {
        value: value.into(),
        label: label.into(),
        ..Choice::default()
    }
}

async fn form(state: &AppState, officer: &Officer, sent: &Sent) -> Result<NewAgencyPage, Error> {
    let superiors = list::superiors(&state.province, &officer.ctx).await?;
    let parents = std::iter::once(choice("", "Không có"))
        .chain(
            superiors
                .iter()
                .map(|superior| choice(&superior.id, &superior.name)),
        )
        .collect();
    let kinds = UnitKind::ALL
        .iter()
        .map(|kind| choice(kind.word(), kind.label()))
        .collect();
    let ties = Membership::ALL
        .iter()
        .map(|word| choice(word.word(), word.label()))
        .collect();
    let accents = Accent::ALL
        .iter()
        .map(|accent| choice(accent.word(), accent.label()))
        .collect();
    let rows = ROWS
        .iter()
        .map(|row| choice(row.word(), row_label(*row)))
        .collect();
    Ok(NewAgencyPage {
        frame: frame::officer(state, officer, HERE),
        back: HERE.into(),
        action: format!("{HERE}/moi"),
        identity: vec![
            Field::text("ten-day-du", "Tên đầy đủ")
                .with_hint("Theo quyết định thành lập, ví dụ Sở Tư pháp tỉnh Kon Tum")
                .with_value(&sent.ten_day_du),
            Field::text("ten-gon", "Tên gọn")
                .with_hint("Dùng trong danh sách, ví dụ Sở Tư pháp")
                .with_value(&sent.ten_gon),
            Field::text("dia-chi", "Chữ trong địa chỉ trang")
                .with_hint("Bỏ trống thì lấy từ tên gọn, ví dụ so-tu-phap. Giữ mãi, kể cả khi đổi tên.")
                .with_value(&sent.dia_chi)
                .optional(),
            Field::select("loai", "Loại cơ quan", kinds).with_value(&sent.loai),
            Field::select("co-quan-chu-quan", "Cơ quan chủ quản", parents)
                .with_value(&sent.co_quan_chu_quan)
                .optional(),
            Field::select("quan-he", "Quan hệ với tỉnh", ties).with_value(&sent.quan_he),
            Field::select("dong-bao-cao", "Dòng trong biểu tổng hợp", rows).with_value(&sent.dong_bao_cao),
            Field::select("mau", "Màu của chuyên mục", accents).with_value(&sent.mau),
        ],
        contact: vec![
            Field::text("nguoi-chiu-trach-nhiem", "Chịu trách nhiệm chính")
                .with_value(&sent.nguoi_chiu_trach_nhiem)
                .optional(),
            Field::text("noi-lam-viec", "Địa chỉ")
                .with_value(&sent.noi_lam_viec)
                .optional(),
            Field::text("dien-thoai", "Điện thoại")
                .with_value(&sent.dien_thoai)
                .optional(),
            Field::line("thu-dien-tu", "Thư điện tử", "email")
                .with_value(&sent.thu_dien_tu)
                .optional(),
            Field::line("trang-web", "Trang thông tin điện tử", "url")
                .with_value(&sent.trang_web)
                .optional(),
            Field::line(
                "quan-tri",
                "Thư điện tử của quản trị chuyên mục đầu tiên",
                "email",
            )
            .with_hint("Chưa có tài khoản thì được mời qua thư. Có thể giao vai trò sau.")
            .with_value(&sent.quan_tri)
            .optional(),
        ],
    })
}

const ROWS: [ReportRow; 4] = [
    ReportRow::SoTuPhap,
    ReportRow::DiaBan,
    ReportRow::SoNganh,
    ReportRow::None,
];

const fn row_label(row: ReportRow) -> &'static str {
    match row {
        ReportRow::SoTuPhap => "Sở Tư pháp",
        ReportRow::DiaBan => "Địa bàn huyện, thành phố",
        ReportRow::SoNganh => "Sở, ban, ngành, đoàn thể cấp tỉnh",
        ReportRow::None => "Không gửi biểu",
    }
}

/// What the agency is; where that changed, what it was before, with the days.
fn kinds(file: &AgencyFile, day: chrono::NaiveDate) -> String {
    let now = file
        .kind_on(day)
        .map_or_else(String::new, |kind| kind.label().to_owned());
    let past = file.kinds.iter().filter_map(|kind| {
        let to = kind.valid_to.filter(|to| *to < day)?;
        Some(format!("{} (đến {})", kind.value.label(), dmy(to)))
    });
    std::iter::once(now)
        .chain(past)
        .collect::<Vec<_>>()
        .join("; trước đó: ")
}

/// What is known of an agency, name by name.
pub(super) fn facts(agency: &Listed, officer: &Officer) -> Vec<(String, String)> {
    let file = &agency.file;
    let day = officer.ctx.now().day();
    let tenant = officer.ctx.snapshot().by_id(agency.tenant);
    let parent = tenant.as_ref().and_then(|tenant| tenant.agency().parent_on(day));
    let text = |value: &Option<String>| value.clone().unwrap_or_default();
    [
        ("Tên gọn", agency.short(day)),
        ("Loại cơ quan", kinds(file, day)),
        ("Cơ quan chủ quản", parent.unwrap_or_default().to_owned()),
        ("Dòng trong biểu tổng hợp", row_label(file.report_row).to_owned()),
        ("Chịu trách nhiệm chính", text(&file.contact.responsible)),
        ("Địa chỉ", text(&file.contact.address)),
        ("Điện thoại", text(&file.contact.phone)),
        ("Thư điện tử", text(&file.contact.email)),
        ("Trang thông tin điện tử", text(&file.contact.website)),
    ]
    .into_iter()
    .chain(
        file.codes
            .iter()
            .map(|code| ("Mã", format!("{} ({})", code.value, code.scheme))),
    )
    .filter(|(_, value)| !value.is_empty())
    .map(|(label, value)| (label.to_owned(), value))
    .collect()
}
