//! The data dictionary: what each column of each record type says. A type without columns is one of which nothing is kept here.

use serde::Serialize;

use super::Dataset;

/// A column.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Column {
    /// Its name in files.
    pub name: &'static str,
    /// What it says, with its unit where it counts.
    pub label: &'static str,
}

const fn column(name: &'static str, label: &'static str) -> Column {
    Column { name, label }
}

const PEOPLE: &[Column] = &[
    column("ma", "Mã của người trong sổ; giữ nguyên qua các năm"),
    column("co_quan_ma", "Mã cơ quan quản lý trong hệ thống của tỉnh"),
    column("co_quan", "Cơ quan quản lý"),
    column("cap", "Cấp báo cáo viên, tuyên truyền viên"),
    column("ho_ten", "Họ và tên"),
    column("chuc_vu", "Chức vụ, chức danh"),
    column("don_vi", "Cơ quan, tổ chức, đơn vị công tác"),
    column("trinh_do", "Trình độ chuyên môn"),
    column("chuyen_mon_luat", "Có chuyên môn luật (có, không)"),
    column("linh_vuc", "Lĩnh vực pháp luật chuyên sâu"),
    column("gioi_tinh", "Giới tính"),
    column("dan_toc", "Dân tộc"),
    column("ngon_ngu", "Tiếng dân tộc thiểu số"),
    column("trang_thai", "Tình trạng"),
    column("tu_ngay", "Ở tình trạng này từ ngày"),
    column("quyet_dinh_so", "Quyết định công nhận: số, ký hiệu"),
    column("quyet_dinh_ngay", "Quyết định công nhận: ngày"),
    column(
        "quyet_dinh_co_quan",
        "Quyết định công nhận: người, cơ quan ban hành",
    ),
];

const PLANS: &[Column] = &[
    column("ma", "Mã kế hoạch trong hệ thống của tỉnh"),
    column("ten", "Tên chương trình, kế hoạch"),
    column("can_cu", "Căn cứ"),
    column("tu_ngay", "Thực hiện từ ngày"),
    column("den_ngay", "Thực hiện đến ngày"),
    column("so_nhiem_vu", "Số nhiệm vụ"),
    column(
        "can_doi_chieu",
        "Lời văn còn phải đối chiếu với bản ký (có, không)",
    ),
];

const SESSIONS: &[Column] = &[
    column("ma", "Mã cuộc; giữ nguyên khi sửa"),
    column("phien_ban", "Lần sửa"),
    column("co_quan_ma", "Mã cơ quan chủ trì trong hệ thống của tỉnh"),
    column("co_quan", "Cơ quan chủ trì"),
    column("phoi_hop", "Cơ quan đã xác nhận phối hợp"),
    column("ngay", "Ngày tổ chức"),
    column("loai", "Loại hoạt động"),
    column("ten", "Tên cuộc"),
    column("noi_dung", "Văn bản, chuyên đề"),
    column("hinh_thuc", "Hình thức phổ biến, giáo dục pháp luật"),
    column("cach_thuc", "Cách tổ chức"),
    column("linh_vuc", "Lĩnh vực pháp luật"),
    column("doi_tuong", "Đối tượng"),
    column("dia_diem", "Địa điểm"),
    column("ngon_ngu", "Ngôn ngữ"),
    column("so_cuoc", "Số cuộc"),
    column("so_luot_nguoi", "Số lượt người tham dự, số lượt người dự thi"),
    column("so_luot_nu", "Trong đó nữ; trống là không ghi"),
    column(
        "so_luot_dan_toc_thieu_so",
        "Trong đó người dân tộc thiểu số; trống là không ghi",
    ),
    column("so_ban_tai_lieu", "Số bản tài liệu phát ra"),
    column("so_lan_phat_thanh", "Số lần phát sóng"),
    column("kinh_phi_thuong_xuyen", "Kinh phí chi thường xuyên, nghìn đồng"),
    column(
        "kinh_phi_chuong_trinh",
        "Kinh phí theo chương trình, đề án, nghìn đồng",
    ),
    column("kinh_phi_khac", "Kinh phí từ nguồn khác, nghìn đồng"),
];

const FUNDING: &[Column] = &[
    column("co_quan_ma", "Mã cơ quan trong hệ thống của tỉnh"),
    column("co_quan", "Cơ quan"),
    column("nam", "Năm"),
    column("thuong_xuyen", "Chi thường xuyên, nghìn đồng"),
    column("chuong_trinh", "Theo chương trình, đề án, nghìn đồng"),
    column("khac", "Nguồn khác, nghìn đồng"),
    column("tong", "Tổng, nghìn đồng"),
];

const MEDIATION_GROUPS: &[Column] = &[
    column("ma", "Mã của tổ trong sổ; giữ nguyên qua các năm"),
    column("co_quan_ma", "Mã cơ quan giữ sổ trong hệ thống của tỉnh"),
    column("co_quan", "Cơ quan giữ sổ"),
    column("ten", "Tên tổ hòa giải"),
    column("thon", "Thôn, làng, tổ dân phố"),
    column("xa_ma", "Xã, phường, thị trấn: mã đơn vị hành chính"),
    column("xa", "Xã, phường, thị trấn"),
    column("thanh_lap_ngay", "Thành lập từ ngày"),
    column("quyet_dinh_so", "Quyết định thành lập: số, ký hiệu"),
    column("quyet_dinh_ngay", "Quyết định thành lập: ngày"),
    column(
        "quyet_dinh_co_quan",
        "Quyết định thành lập: người, cơ quan ban hành",
    ),
    column(
        "so_lieu_tu_ngay",
        "Số hòa giải viên dưới đây có từ ngày; trống là chưa ghi",
    ),
    column("so_hoa_giai_vien", "Tổng số hòa giải viên"),
    column("so_nam", "Số hòa giải viên nam"),
    column("so_nu", "Số hòa giải viên nữ"),
    column("so_chuyen_mon_luat", "Số hòa giải viên có chuyên môn Luật"),
    column(
        "so_chua_qua_dao_tao_luat",
        "Số hòa giải viên chưa qua đào tạo chuyên môn Luật",
    ),
    column(
        "so_dan_toc_thieu_so",
        "Số hòa giải viên là người dân tộc thiểu số",
    ),
    column(
        "so_duoc_boi_duong",
        "Số hòa giải viên được bồi dưỡng chuyên môn, nghiệp vụ trong năm; trống là không ghi",
    ),
];

impl Dataset {
    /// Its columns; none where the house keeps no such records.
    #[must_use]
    pub const fn columns(self) -> &'static [Column] {
        match self {
            Self::Reporters | Self::Communicators => PEOPLE,
            Self::Plans => PLANS,
            Self::Training | Self::Sessions | Self::Contests => SESSIONS,
            Self::Funding => FUNDING,
            Self::MediationGroups => MEDIATION_GROUPS,
            Self::Council
            | Self::Schemes
            | Self::Seminars
            | Self::Mediators
            | Self::MediatedCases
            | Self::Trainers
            | Self::Criteria
            | Self::Communes => &[],
        }
    }
}
