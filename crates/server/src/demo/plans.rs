//! The demo's report on the plan: a few agencies write and send, one is returned, one waits; the province writes most parts,
//! freezes, and opens an amendment when another agency comes late. Everything is illustrative.

use std::collections::BTreeMap;

use anyhow::anyhow;
use pbgdpl_app::App;
use pbgdpl_app::plan::send::send;
use pbgdpl_app::plan::write::{Write, write};
use pbgdpl_app::plan::{Outcome, view};
use pbgdpl_jobs::Jobs;
use pbgdpl_model::clock::SetClock;
use pbgdpl_model::policy::Role;
use pbgdpl_model::report::hash_of;
use pbgdpl_province::plan::accept::accept;
use pbgdpl_province::plan::amend::amend;
use pbgdpl_province::plan::freeze::freeze;
use pbgdpl_province::plan::read::read;
use pbgdpl_province::plan::send_back::send_back;
use pbgdpl_province::plan::write as writing;
use pbgdpl_scope::{ProvinceCtx, Tenant};

use crate::demo::people::People;
use crate::demo::time::{at, day};
use crate::demo::year::YEAR;
use crate::wiring::House;

const OF: (&str, i32) = ("de-an-471", YEAR);
/// The province wants it more exact.
const RETURNED: &str = "huyen-dak-ha";
/// Nobody has decided about it yet.
const WAITS: &str = "so-y-te";
/// It comes after the report was frozen.
const LATE: &str = "huyen-dak-glei";

/// Texts by agency: (task, text).
const TEXTS: [(&str, &[(&str, &str)]); 7] = [
    (
        "so-tu-phap",
        &[
            (
                "II.1",
                "Hướng dẫn các sở, ngành, địa phương khai thác Cổng thông tin điện tử PBGDPL của cả nước tại hội nghị báo cáo viên hằng quý (minh hoạ).",
            ),
            (
                "II.2",
                "Chủ trì tổng hợp số liệu PBGDPL của tỉnh từ sổ hoạt động của các cơ quan; cung cấp cho Bộ Tư pháp theo kỳ báo cáo (minh hoạ).",
            ),
            (
                "II.3a",
                "Vận hành Trang thông tin điện tử PBGDPL của tỉnh; mở chuyên mục cho các cơ quan, mỗi cơ quan tự biên tập và chịu trách nhiệm nội dung (minh hoạ).",
            ),
            (
                "II.3b",
                "Biên soạn tờ gấp mẫu về Luật Cư trú, Luật Biên phòng Việt Nam, gửi các cơ quan dùng chung (minh hoạ).",
            ),
            (
                "II.4",
                "Biên soạn đề cương giới thiệu văn bản mới và tờ gấp mẫu.\nPhối hợp dịch ba tờ gấp sang tiếng Xơ Đăng (minh hoạ).",
            ),
            (
                "II.6",
                "Phối hợp Đài Phát thanh và Truyền hình tỉnh duy trì chuyên mục pháp luật (minh hoạ).",
            ),
            (
                "II.7",
                "Tổ chức hai lớp tập huấn kỹ năng dùng phần mềm cho báo cáo viên pháp luật (minh hoạ).",
            ),
        ],
    ),
    (
        "so-thong-tin-va-truyen-thong",
        &[
            (
                "II.2",
                "Bảo đảm kết nối giữa trang của tỉnh và Cổng thông tin của cả nước (minh hoạ).",
            ),
            (
                "II.3a",
                "Rà soát an toàn thông tin của trang trước khi vận hành (minh hoạ).",
            ),
            (
                "II.6",
                "Hướng dẫn đài truyền thanh cơ sở phát bản tin pháp luật vào giờ cố định (minh hoạ).",
            ),
            (
                "II.7",
                "Đưa nội dung ứng dụng công nghệ thông tin vào chương trình bồi dưỡng cán bộ cơ sở (minh hoạ).",
            ),
        ],
    ),
    (
        "van-phong-ubnd-tinh",
        &[
            (
                "II.2",
                "Đặt liên kết tới trang PBGDPL trên Cổng thông tin điện tử của tỉnh (minh hoạ).",
            ),
            (
                "II.3a",
                "Cung cấp hạ tầng máy chủ, tên miền cho trang của tỉnh (minh hoạ).",
            ),
        ],
    ),
    (
        "thanh-pho-kon-tum",
        &[
            (
                "II.3c",
                "Mở chuyên mục PBGDPL và gắn vào trang của thành phố (minh hoạ).",
            ),
            (
                "II.4",
                "Phát tờ gấp tại chợ và bộ phận một cửa của các phường (minh hoạ).",
            ),
            (
                "II.6",
                "Phát thanh ở các phường, thôn; lập nhóm mạng xã hội của tổ dân phố (minh hoạ).",
            ),
        ],
    ),
    (RETURNED, &[("II.6", "Đã phát thanh ở các xã (minh hoạ).")]),
    (
        WAITS,
        &[(
            "II.4",
            "Biên soạn tài liệu về phòng, chống tác hại của rượu, bia (minh hoạ).",
        )],
    ),
    (
        LATE,
        &[
            (
                "II.4",
                "Phát tờ gấp về đi lại trong khu vực biên giới bằng tiếng Giẻ Triêng (minh hoạ).",
            ),
            (
                "II.6",
                "Phát thanh bằng tiếng Giẻ Triêng ở các xã biên giới (minh hoạ).",
            ),
        ],
    ),
];

/// The province's own texts; the others stay blank, so that the report shows how it names what is missing.
const OF_THE_PROVINCE: [(&str, &str); 7] = [
    (
        "chi-dao",
        "Chủ tịch Ủy ban nhân dân tỉnh ban hành Kế hoạch; Sở Tư pháp hướng dẫn các cơ quan ghi sổ hoạt động và báo cáo theo từng nhiệm vụ.\nHội đồng phối hợp PBGDPL kiểm tra tại ba huyện (minh hoạ).",
    ),
    (
        "II.1",
        "Các cơ quan giới thiệu Cổng thông tin điện tử PBGDPL của cả nước tại hội nghị và trên chuyên mục của mình (minh hoạ).",
    ),
    (
        "II.2",
        "Số liệu PBGDPL của tỉnh được cộng từ sổ hoạt động của từng cơ quan, mỗi hoạt động phối hợp chỉ tính một lần (minh hoạ).",
    ),
    (
        "II.3a",
        "Trang thông tin điện tử PBGDPL của tỉnh vận hành ổn định, có chuyên mục của từng cơ quan (minh hoạ).",
    ),
    (
        "II.4",
        "Tài liệu tập trung vào văn bản mới và vấn đề người dân hỏi nhiều: đất đai, hôn nhân, cư trú, biên giới (minh hoạ).",
    ),
    (
        "danh-gia",
        "Ưu điểm: các cơ quan chủ động mở chuyên mục, biên soạn tài liệu.\nHạn chế: một số cơ quan chưa gửi thuyết minh; tài liệu tiếng dân tộc thiểu số còn ít (minh hoạ).",
    ),
    (
        "phuong-huong",
        "Tăng tài liệu bằng tiếng dân tộc thiểu số; gắn chuyên mục vào trang của mọi cơ quan (minh hoạ).",
    ),
];

/// In February the agencies report of the plan, the province decides, writes, freezes and opens an amendment.
///
/// # Errors
/// What an act refuses, or a fault of the store.
pub async fn report(
    house: &House,
    clock: &SetClock,
    people: &People,
    jobs: &Jobs,
    tenants: &[Tenant],
) -> anyhow::Result<()> {
    let province = &house.province;
    let officer = people.of_province(Role::ProvinceReporter)?;
    let in_time = TEXTS.iter().filter(|(slug, _)| *slug != LATE);
    for ((slug, texts), place) in in_time.zip(0..) {
        clock.set(at(day(YEAR + 1, 2, 10), 8 * 60 + place * 20));
        sent(&house.app, people, of(tenants, slug)?, texts).await?;
    }
    jobs.run_once_until_idle().await?;
    clock.set(at(day(YEAR + 1, 2, 18), 9 * 60));
    let ctx = officer.province_ctx(&house.store, province.now());
    for (slug, _) in TEXTS.iter().filter(|(slug, _)| ![LATE, WAITS].contains(slug)) {
        let agency = of(tenants, slug)?.id();
        if *slug == RETURNED {
            let remark =
                "Nhiệm vụ II.6: ghi rõ bao nhiêu xã, phát bằng tiếng nào; bổ sung nhiệm vụ II.3c (minh hoạ).";
            send_back(province, &ctx, agency, OF, 1, remark).await?;
        } else {
            accept(province, &ctx, agency, OF, 1).await?;
        }
    }
    for (part, text) in OF_THE_PROVINCE {
        told(house, &ctx, part, text).await?;
    }
    let drawn = read(province, &ctx, OF).await?;
    freeze(province, &ctx, OF, &drawn.hash).await?;
    clock.set(at(day(YEAR + 1, 2, 23), 10 * 60));
    let late = TEXTS.iter().find(|(slug, _)| *slug == LATE);
    if let Some((slug, texts)) = late {
        let tenant = of(tenants, slug)?;
        sent(&house.app, people, tenant, texts).await?;
        let ctx = officer.province_ctx(&house.store, province.now());
        accept(province, &ctx, tenant.id(), OF, 1).await?;
        let reason = "Bổ sung báo cáo gửi sau của huyện Đắk Glei (minh hoạ).";
        amend(province, &ctx, OF, reason).await?;
    }
    Ok(())
}

fn of<'a>(tenants: &'a [Tenant], slug: &str) -> anyhow::Result<&'a Tenant> {
    let found = tenants.iter().find(|tenant| tenant.slug() == slug);
    found.ok_or_else(|| anyhow!("no agency {slug}"))
}

/// Written and sent by the agency's reporter.
async fn sent(app: &App, people: &People, tenant: &Tenant, texts: &[(&str, &str)]) -> anyhow::Result<()> {
    let ctx = people.of(tenant, Role::Reporter)?.ctx(tenant, app.now());
    let texts = texts
        .iter()
        .map(|(task, text)| ((*task).to_owned(), (*text).to_owned()));
    let order = Write {
        plan: OF.0.to_owned(),
        year: OF.1,
        read: BTreeMap::new(),
        texts: texts.collect(),
    };
    done(write(app, &ctx, order).await?)?;
    let reader = app.store().read().tenant(tenant).await?;
    let hash = view(&reader, tenant.agency(), OF, app.now().day()).await?.hash;
    drop(reader);
    done(send(app, &ctx, OF, &hash).await?)?;
    Ok(())
}

async fn told(house: &House, ctx: &ProvinceCtx, part: &str, text: &str) -> anyhow::Result<()> {
    let order = writing::Write {
        part,
        read: &hash_of(""),
        text,
    };
    match writing::write(&house.province, ctx, OF, order).await? {
        writing::Written::Done => Ok(()),
        stale @ writing::Written::Stale { .. } => Err(anyhow!("{stale:?}")),
    }
}

fn done<T: std::fmt::Debug>(outcome: Outcome<T>) -> anyhow::Result<T> {
    match outcome {
        Outcome::Done(value) => Ok(value),
        other => Err(anyhow!("{other:?}")),
    }
}
