//! One item as its colleagues read it: gathered from its versions, its timeline, and what the reader may do.

use axum::extract::State;
use axum::response::Response;
use http::StatusCode;
use pbgdpl_model::article::{Article, Stage, Step, Version, difference, next};
use pbgdpl_model::id::ArticleId;
use pbgdpl_model::policy::Action;
use pbgdpl_pages::desk::article::{Acts, ArticlePage, Changes, Decision, LogLine, Reading};
use pbgdpl_pages::form::{ErrorSummary, Field};
use pbgdpl_pages::part::{Link, Step as Station, Steps, Tone};
use pbgdpl_store::tenant::{TenantReader, TimelineLine};
use pbgdpl_vietnamese::date;

use super::sister;
use super::words::Words;
use super::{address, item_with_text, list_address, preview, saved, stage_state, when};
use crate::desk::frame::{self, Done};
use crate::error::Error;
use crate::extract::{Path, Query, Staff};
use crate::page;
use crate::state::AppState;

/// What an act says after its redirect.
pub(in crate::desk) const DONE: [(&str, &str); 6] = [
    ("luu", "Đã lưu."),
    ("gui", "Đã gửi duyệt. Người duyệt nhận được thư báo."),
    ("tra-lai", "Đã trả lại. Người gửi nhận được thư báo."),
    ("cong-bo", "Đã công bố. Bài hiện trên chuyên mục trong vài giây."),
    ("go", "Đã gỡ bài. Người đọc thấy lý do gỡ thay cho bài."),
    ("khoi-phuc", "Đã khôi phục thành bản mới. Các bản trước vẫn còn."),
];

/// Letters kept beside each change in the short comparison.
const AROUND: usize = 120;

/// `GET /quan-tri/{agency}/bai/{id}`
///
/// # Errors
/// [`Error::NotFound`], or where the store fails.
pub async fn show(
    State(state): State<AppState>,
    staff: Staff,
    Path((_, id)): Path<(String, ArticleId)>,
    Query(done): Query<Done>,
) -> Result<Response, Error> {
    let mut page = page_of(&state, &staff, id).await?;
    page.frame.notice = done.notice(&DONE);
    page::html(&page)
}

/// The page again with what stopped an act: (field, label, reason).
pub(super) async fn stopped(
    state: &AppState,
    staff: &Staff,
    id: ArticleId,
    title: &str,
    troubles: Vec<(&str, String)>,
) -> Result<Response, Error> {
    let mut page = page_of(state, staff, id).await?;
    for (name, reason) in &troubles {
        let acts = &mut page.reading.acts;
        let fields = acts
            .decision
            .iter_mut()
            .map(|d| &mut d.remark)
            .chain(&mut acts.withdraw);
        for field in fields.filter(|field| field.name == *name) {
            field.error = Some(reason.clone());
        }
    }
    let errors = troubles.into_iter().map(|(name, reason)| {
        let known = matches!(name, "remark" | "notice");
        (if known { name } else { "kiem-tra" }.to_owned(), reason)
    });
    page.errors = ErrorSummary {
        title: title.into(),
        kept: "Bài vẫn còn nguyên, chưa có gì thay đổi.".into(),
        errors: errors.collect(),
    };
    page::html_with(StatusCode::UNPROCESSABLE_ENTITY, &page)
}

/// The page again because another version waits than the one that was read: what was typed stays.
pub(super) async fn overtaken(
    state: &AppState,
    staff: &Staff,
    id: ArticleId,
    (read, waiting): (i32, i32),
    typed: (&str, &str),
) -> Result<Response, Error> {
    let mut page = page_of(state, staff, id).await?;
    let base = page.reading.base.clone();
    if let Some(decision) = &mut page.reading.acts.decision {
        typed.0.clone_into(&mut decision.remark.value);
        if let Some(note) = &mut decision.public_note {
            typed.1.clone_into(&mut note.value);
        }
    }
    page.errors = ErrorSummary {
        title: format!("Chưa công bố: bản {waiting} mới hơn đang chờ duyệt"),
        kept: "Lời bạn đã viết vẫn được giữ ở cuối trang.".into(),
        errors: vec![(
            "kiem-tra".to_owned(),
            format!("Bạn đã đọc bản {read}. Trang này hiện bản {waiting}; đọc lại rồi quyết định."),
        )],
    };
    page.frame.notice = Some(pbgdpl_pages::part::Notice {
        link: Some(Link::new(
            format!("Xem bản {waiting} khác bản {read} ở đâu"),
            format!("{base}/so-sanh?cu={read}&moi={waiting}"),
        )),
        ..pbgdpl_pages::part::Notice::warning(
            format!("Bản {waiting} đã thay bản {read}"),
            "Bài được gửi lại sau khi bạn mở trang.",
        )
    });
    page::html_with(StatusCode::CONFLICT, &page)
}

async fn page_of(state: &AppState, staff: &Staff, id: ArticleId) -> Result<ArticlePage, Error> {
    let agency = state.read.tenant(staff.ctx.tenant()).await?;
    let (item, version) = item_with_text(&agency, id).await?;
    Ok(ArticlePage {
        frame: frame::staff(state, staff, "bai"),
        list: Link::new("Bài và tài liệu", list_address(staff.ctx.tenant())),
        kind: item.kind.label().to_owned(),
        errors: ErrorSummary::default(),
        reading: gather(state, staff, &agency, &item, &version).await?,
    })
}

/// Gathers the item.
pub(in crate::desk) async fn gather(
    state: &AppState,
    staff: &Staff,
    agency: &TenantReader,
    item: &Article,
    version: &Version,
) -> Result<Reading, Error> {
    let tenant = staff.ctx.tenant();
    let log = agency.timeline(item.id.0).await?;
    let base = address(tenant, item.id);
    let mut links = vec![Link::new(
        format!("Các bản đã lưu ({})", item.latest_version),
        format!("{base}/ban"),
    )];
    if item.first_published_at.is_some() {
        let public = state.settings.public.as_str();
        links.push(Link::new(
            "Xem trên chuyên mục",
            format!("{public}/{}/bai/{}", tenant.slug(), item.id),
        ));
    }
    let mut checks = checks(item, version);
    let (said, originals) = sister::shown(state, staff, agency, &version.content).await?;
    checks.extend(said);
    links.extend(originals);
    let copies = sister::copies(state, staff, Some(item), &version.content).await?;
    if !copies.named.is_empty() {
        let words = "Bản gốc này đã có bài đăng lại trong tỉnh; xem ở phần liên kết";
        let words = match &copies.more {
            Some(more) => format!("{words}, {more}"),
            None => words.to_owned(),
        };
        checks.push(pbgdpl_pages::part::State::new(Tone::Soon, words));
    }
    links.extend(
        copies
            .named
            .into_iter()
            .map(|link| Link::new(format!("Đã có ở {}", link.label), link.href)),
    );
    let mut states = vec![stage_state(item.stage)];
    if let Some(live) = item
        .live_version
        .filter(|live| item.is_live() && *live != version.number)
    {
        states.push(pbgdpl_pages::part::State::new(
            Tone::Ok,
            format!("bản {live} đang công bố"),
        ));
    }
    Ok(Reading {
        states,
        saved: format!("Bản {}, {}", version.number, saved(version)),
        returned: returned(item, &log),
        steps: steps(item, version, &log),
        preview: preview::of(state, staff, item.kind, Some(item), &version.content),
        changes: changes(agency, item, version, &base).await?,
        checks,
        log: log.iter().map(line).collect(),
        links,
        acts: acts(staff, item, &base),
        base,
    })
}

/// Who sent it back, and why; while it is still to be put right.
pub(super) fn returned(item: &Article, log: &[TimelineLine]) -> Option<(String, String)> {
    let remark = item
        .returned_note
        .clone()
        .filter(|_| item.stage != Stage::Submitted)?;
    let line = log.iter().find(|line| line.verb == "Trả lại");
    let who = line.map_or_else(
        || "Người duyệt trả lại".to_owned(),
        |line| format!("{} trả lại ngày {}", line.actor_name, when(line.at)),
    );
    Some((who, remark))
}

/// Writing, approval, the public.
pub(super) fn steps(item: &Article, version: &Version, log: &[TimelineLine]) -> Steps {
    let approval = log.iter().find(|line| line.verb == "Duyệt và công bố");
    let public = matches!(item.stage, Stage::Published | Stage::Withdrawn);
    let station = |label: &str, detail: String| Station {
        label: label.into(),
        detail,
    };
    let approver = match (item.stage, approval) {
        (Stage::Published | Stage::Withdrawn, Some(line)) => line.actor_name.clone(),
        (Stage::Submitted, _) => "chờ người duyệt".into(),
        _ => "người chưa sửa bài này".into(),
    };
    let published = match item.published_at.filter(|_| public) {
        Some(at) => date::dmy(at.day()),
        None => "ngay khi duyệt".into(),
    };
    Steps {
        label: "Đường đi của bài".into(),
        steps: vec![
            station("Soạn", format!("{}, bản {}", version.author_name, version.number)),
            station("Duyệt", approver),
            station("Công bố", published),
        ],
        present: match item.stage {
            Stage::Draft | Stage::Returned => 0,
            Stage::Submitted => 1,
            Stage::Published | Stage::Withdrawn => 3,
        },
    }
}

async fn changes(
    agency: &TenantReader,
    item: &Article,
    version: &Version,
    base: &str,
) -> Result<Option<Changes>, Error> {
    let Some(live) = item.live_version.filter(|live| *live != version.number) else {
        return Ok(None);
    };
    let Some(public) = agency.article_version(item.id, live).await? else {
        return Ok(None);
    };
    let mut words = Words::read(agency).await?;
    words
        .learn_originals(agency, [&public.content, &version.content])
        .await?;
    let fields = difference::between(&public.content, &version.content, |id| words.name(id));
    Ok(Some(Changes {
        title: format!("Khác bản {live} đã công bố ở đâu"),
        href: format!("{base}/so-sanh?cu={live}&moi={}", version.number),
        fields: fields.into_iter().map(|field| field.shortened(AROUND)).collect(),
    }))
}

fn checks(item: &Article, version: &Version) -> Vec<pbgdpl_pages::part::State> {
    use pbgdpl_pages::part::State;
    let content = &version.content;
    let problems = content.cannot_be_submitted(item.kind);
    let mut all: Vec<State> = problems
        .iter()
        .map(|problem| State::new(Tone::Late, problem.reason))
        .collect();
    if problems.is_empty() {
        all.push(State::new(Tone::Ok, "Đủ các phần bắt buộc"));
    }
    match content.bases.len() {
        0 => all.push(State::new(Tone::Soon, "Chưa ghi căn cứ pháp lý")),
        n => all.push(State::new(Tone::Ok, format!("{n} căn cứ pháp lý"))),
    }
    match &content.picture {
        Some(picture) if picture.alt.trim().chars().count() >= 8 => {
            all.push(State::new(Tone::Ok, "Ảnh có lời mô tả"));
        }
        _ => {}
    }
    if content.fields.is_empty() {
        all.push(State::new(Tone::Soon, "Chưa chọn lĩnh vực"));
    }
    if content.audiences.is_empty() {
        all.push(State::new(Tone::Soon, "Chưa chọn đối tượng"));
    }
    all
}

fn line(line: &TimelineLine) -> LogLine {
    let verb = line.verb.to_lowercase();
    LogLine {
        what: match line.version {
            Some(version) => format!("{}: {verb} (bản {version})", line.actor_name),
            None => format!("{}: {verb}", line.actor_name),
        },
        note: line.note.clone(),
        when: when(line.at),
    }
}

/// What this reader may do now: the policy and the way of the item together.
fn acts(staff: &Staff, item: &Article, base: &str) -> Acts {
    let ctx = &staff.ctx;
    let can =
        |action: Action, step: Step| ctx.may(action, item) && next(item.stage, step, item.is_live()).is_ok();
    let edit = can(Action::ArticleWrite, Step::Save).then(|| {
        let label = match item.stage {
            Stage::Published | Stage::Withdrawn => "Sửa thành bản mới",
            _ => "Sửa",
        };
        Link::new(label, format!("{base}/sua"))
    });
    let approve = can(Action::ArticleApprove, Step::Publish);
    let send_back = can(Action::ArticleReturn, Step::Return);
    let decision = (approve || send_back).then(|| Decision {
        version: item.latest_version,
        approve,
        send_back,
        remark: Field::text("remark", "Ý kiến khi trả lại")
            .with_hint("Cần có khi trả lại: người soạn cần sửa điều gì."),
        public_note: item.first_published_at.map(|_| {
            Field::text("public_note", "Thông báo thay đổi cho người đọc")
                .with_hint(
                    "Hiện trên bài, ví dụ: sửa mức phạt theo nghị định mới. Để trống nếu chỉ sửa câu chữ.",
                )
                .optional()
        }),
    });
    let touched = item.contributors.contains(&ctx.actor().account());
    let waits = item.stage == Stage::Submitted && ctx.could(Action::ArticleApprove) && !approve;
    let note = match (item.stage, waits, touched) {
        (_, true, true) => "Bạn đã sửa bài này sau lần công bố gần nhất nên người khác phải duyệt.",
        (_, true, false) => "Muốn duyệt, hãy đăng nhập bằng xác thực hai lớp.",
        (Stage::Submitted, false, _) if !send_back => {
            "Bài đang chờ người duyệt; chưa sửa được cho đến khi có trả lời."
        }
        _ => "",
    };
    Acts {
        edit,
        submit: can(Action::ArticleSubmit, Step::Submit),
        decision,
        withdraw: can(Action::ArticleWithdraw, Step::Withdraw).then(|| {
            Field::area("notice", "Lý do gỡ", 2).with_hint("Người đọc sẽ thấy lý do này thay cho bài.")
        }),
        note: note.into(),
    }
}
