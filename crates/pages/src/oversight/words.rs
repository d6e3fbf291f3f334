//! What measures, actions and things are called on the screen.

use pbgdpl_model::audit::account_act_label;
use pbgdpl_model::ledger::Measure;
use pbgdpl_model::policy::Action;

/// The measure as form 09 names it.
#[must_use]
pub const fn measure_label(measure: Measure) -> &'static str {
    match measure {
        Measure::DirectSessions => "Cuộc phổ biến trực tiếp",
        Measure::DirectAttendees => "Lượt người tham dự phổ biến trực tiếp",
        Measure::Contests => "Cuộc thi tìm hiểu pháp luật",
        Measure::ContestEntrants => "Lượt người dự thi",
        Measure::MaterialsIssued => "Tài liệu phát hành miễn phí",
        Measure::MaterialsOnline => "Tài liệu đăng tải trên Internet",
        Measure::FundingRegular => "Kinh phí phân bổ thường xuyên",
        Measure::FundingProgramme => "Kinh phí theo chương trình, đề án",
        Measure::FundingOther => "Kinh phí từ nguồn hỗ trợ khác",
        Measure::Broadcasts => "Lần phát sóng, phát thanh",
    }
}

/// What exactly is counted, as the ledger counts it; form 09 of TT 03/2019/TT-BTP uses the same figures.
#[must_use]
pub const fn measure_definition(measure: Measure) -> &'static str {
    match measure {
        Measure::DirectSessions => {
            "Số cuộc phổ biến, giáo dục pháp luật trực tiếp đã ghi sổ: mỗi hội nghị, lớp, buổi nói chuyện là một cuộc; \
             cuộc phối hợp chỉ tính cho cơ quan chủ trì."
        }
        Measure::DirectAttendees => {
            "Tổng lượt người dự các cuộc phổ biến trực tiếp đã ghi sổ; một người dự ba cuộc là ba lượt."
        }
        Measure::Contests => {
            "Số cuộc thi tìm hiểu pháp luật đã ghi sổ; mỗi cuộc tính một lần, cho cơ quan chủ trì."
        }
        Measure::ContestEntrants => "Tổng lượt người dự các cuộc thi tìm hiểu pháp luật đã ghi sổ.",
        Measure::MaterialsIssued => "Số bản tài liệu phổ biến pháp luật phát hành miễn phí đã ghi sổ.",
        Measure::MaterialsOnline => "Số tài liệu phổ biến pháp luật đăng tải trên Internet đã ghi sổ.",
        Measure::FundingRegular => {
            "Kinh phí phân bổ thường xuyên cho phổ biến pháp luật đã ghi sổ, nghìn đồng."
        }
        Measure::FundingProgramme => "Kinh phí cấp theo chương trình, đề án đã ghi sổ, nghìn đồng.",
        Measure::FundingOther => "Kinh phí từ nguồn hỗ trợ khác đã ghi sổ, nghìn đồng.",
        Measure::Broadcasts => "Số lần phát sóng, phát thanh về pháp luật đã ghi sổ.",
    }
}

/// The action as records name it on the screen; unknown words stay as they are.
#[must_use]
pub fn action_label(word: &str) -> String {
    let Ok(action) = word.parse::<Action>() else {
        return account_act_label(word).unwrap_or(word).to_owned();
    };
    match action {
        Action::ArticleRead => "Đọc bài",
        Action::ArticleWrite => "Soạn, sửa bài",
        Action::ArticleSubmit => "Gửi duyệt bài",
        Action::ArticleReturn => "Trả lại bài",
        Action::ArticleApprove => "Duyệt và công bố bài",
        Action::ArticleWithdraw => "Gỡ bài",
        Action::MediaUpload => "Tải tệp lên",
        Action::ActivityRead => "Đọc hoạt động",
        Action::ActivityWrite => "Soạn hoạt động",
        Action::ActivityRecord => "Ghi hoạt động vào sổ",
        Action::ActivityCorrect => "Sửa hoạt động đã ghi sổ",
        Action::ActivityConfirmShare => "Trả lời lời mời phối hợp",
        Action::RegisterRead => "Đọc danh sách báo cáo viên, sổ tổ hòa giải",
        Action::RegisterWrite => "Ghi danh sách báo cáo viên, sổ tổ hòa giải",
        Action::RegisterDecide => "Ghi quyết định về báo cáo viên",
        Action::ReportRead => "Đọc biểu mẫu",
        Action::ReportFill => "Lập biểu mẫu",
        Action::ReportCheck => "Kiểm tra biểu mẫu",
        Action::ReportSubmit => "Gửi biểu mẫu",
        Action::ExtensionAsk => "Xin gia hạn báo cáo",
        Action::ReportRequest => "Yêu cầu báo cáo đột xuất",
        Action::ExtensionDecide => "Trả lời xin gia hạn",
        Action::MemberRead => "Xem thành viên",
        Action::MemberGrant => "Giao vai trò",
        Action::MemberRevoke => "Thôi vai trò",
        Action::EmbedRead => "Xem nơi nhúng",
        Action::EmbedWrite => "Sửa nơi nhúng",
        Action::EmbedWatch => "Theo dõi trang nhúng",
        Action::AgencySettings => "Sửa thông tin chuyên mục",
        Action::AuditRead => "Đọc nhật ký",
        Action::AgencyList => "Xem danh sách cơ quan",
        Action::AgencyCreate => "Lập cơ quan",
        Action::AgencySuspend => "Tạm dừng chuyên mục",
        Action::AgencyReactivate => "Mở lại chuyên mục",
        Action::ProvinceMemberGrant => "Giao vai trò (cấp tỉnh)",
        Action::ProvinceMemberRevoke => "Thôi vai trò (cấp tỉnh)",
        Action::ReportSign => "Kèm chữ ký số vào biểu",
        Action::PersonErase => "Xóa dữ liệu cá nhân",
        Action::ReportFollow => "Theo dõi biểu mẫu",
        Action::ReportReturn => "Trả lại biểu mẫu",
        Action::ReportAccept => "Tiếp nhận biểu mẫu",
        Action::ReportConsolidate => "Tổng hợp biểu mẫu",
        Action::ReportFreeze => "Chốt biểu tổng hợp",
        Action::ReportExchange => "Trao đổi với Bộ Tư pháp",
        Action::ReportExport => "Xuất biểu mẫu",
        Action::RecordsExport => "Xuất dữ liệu cho Bộ Tư pháp",
        Action::OversightRead => "Xem số liệu toàn tỉnh",
        Action::ViewShare => "Chia sẻ cách xem số liệu",
        Action::FigurePropose => "Đề nghị công khai số liệu",
        Action::FigureApprove => "Duyệt công khai số liệu",
        Action::FigureRevoke => "Thôi công khai số liệu",
        Action::EvidenceRead => "Đọc sổ và minh chứng",
        Action::AuditVerify => "Kiểm chứng nhật ký",
        Action::AuditExport => "Xuất nhật ký, gói bằng chứng",
        Action::AlarmRead => "Xem cảnh báo",
        Action::AlarmRaise => "Phát cảnh báo",
        Action::AlarmAnswer => "Trả lời cảnh báo",
        Action::ManifestApply => "Áp dụng danh mục của tỉnh",
    }
    .to_owned()
}

/// The kind of thing as records name it on the screen.
#[must_use]
pub fn object_label(kind: &str) -> &str {
    match kind {
        "agency" => "Cơ quan",
        "member" => "Vai trò",
        "province" => "Danh mục của tỉnh",
        "ledger" => "Sổ hoạt động",
        "evidence" => "Minh chứng",
        "audit" => "Nhật ký",
        "alarm" => "Cảnh báo",
        "figure" => "Số liệu công khai",
        "report" => "Biểu mẫu",
        "extension" => "Gia hạn",
        "consolidation" => "Biểu tổng hợp",
        "contribution" => "Báo cáo kế hoạch",
        "plan-report" => "Báo cáo kế hoạch của tỉnh",
        "article" => "Bài",
        "activity" => "Hoạt động",
        "media" => "Tệp",
        "embed" => "Nơi nhúng",
        "profile" => "Thông tin chuyên mục",
        "register" => "Báo cáo viên",
        "mediation-group" => "Tổ hòa giải",
        "share" => "Phần phối hợp",
        "account" => "Tài khoản",
        "address" => "Địa chỉ",
        other => other,
    }
}
