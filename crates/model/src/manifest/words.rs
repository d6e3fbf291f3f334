//! Closed lists of words that files use, each with its name on the screen.

use crate::closed_list::closed_lists;

closed_lists! {
    /// What kind of body a unit is.
    UnitKind {
        /// Sở.
        So = "so", "Sở";
        /// Văn phòng, thanh tra, ban và đơn vị khác của tỉnh.
        BanNganh = "ban_nganh", "Văn phòng, ban, ngành";
        /// Mặt trận Tổ quốc.
        Mttq = "mttq", "Mặt trận Tổ quốc";
        /// Tổ chức chính trị - xã hội.
        DoanThe = "doan_the", "Tổ chức chính trị - xã hội";
        /// Tòa án.
        ToaAn = "toa_an", "Tòa án nhân dân";
        /// Viện kiểm sát.
        VienKiemSat = "vien_kiem_sat", "Viện kiểm sát nhân dân";
        /// Thi hành án dân sự.
        Thads = "thads", "Thi hành án dân sự";
        /// Công an, quân đội, biên phòng.
        LucLuongVuTrang = "luc_luong_vu_trang", "Lực lượng vũ trang";
        /// Hội nghề nghiệp.
        HoiNgheNghiep = "hoi_nghe_nghiep", "Hội nghề nghiệp";
        /// Huyện, thị xã, thành phố thuộc tỉnh.
        Huyen = "huyen", "Huyện, thành phố";
        /// Xã, thị trấn.
        Xa = "xa", "Xã, thị trấn";
        /// Phường.
        Phuong = "phuong", "Phường";
        /// Đặc khu.
        DacKhu = "dac_khu", "Đặc khu";
        /// Tỉnh.
        Tinh = "tinh", "Tỉnh";
    }

    /// Whether a unit is bound by the province's instructions or takes part of its own will.
    Membership {
        /// Of the People's Committee, or bound by its plan.
        Subordinate = "subordinate", "Thuộc Ủy ban nhân dân tỉnh";
        /// Opted in.
        Voluntary = "voluntary", "Phối hợp";
    }

    /// The twelve accents of LOOK.md.
    Accent {
        /// Đỏ son.
        Son = "son", "Đỏ son";
        /// Gạch nung.
        Gach = "gach", "Gạch nung";
        /// Mật ong.
        Mat = "mat", "Mật ong";
        /// Rơm.
        Rom = "rom", "Rơm";
        /// Ô liu.
        Oliu = "oliu", "Ô liu";
        /// Lúa.
        Lua = "lua", "Lúa";
        /// Rừng.
        Rung = "rung", "Rừng";
        /// Ngọc.
        Ngoc = "ngoc", "Ngọc";
        /// Nước.
        Nuoc = "nuoc", "Nước";
        /// Chàm.
        Cham = "cham", "Chàm";
        /// Tím.
        Tim = "tim", "Tím";
        /// Sen.
        Sen = "sen", "Sen";
    }

    /// The level a form is for.
    Level {
        /// 09a.
        Xa = "xa", "Cấp xã";
        /// 09b.
        Huyen = "huyen", "Cấp huyện";
        /// 09c.
        Tinh = "tinh", "Cấp tỉnh";
        /// 09d.
        SoNganh = "so_nganh", "Sở, ban, ngành, đoàn thể cấp tỉnh";
        /// 09e.
        TrungUong = "trung_uong", "Trung ương";
    }

    /// Whether a column holds a state or a sum over time.
    ColumnType {
        /// State at the end of the period; never summed over time.
        Stock = "stock", "Số hiện có cuối kỳ";
        /// Sum over the period.
        Flow = "flow", "Số phát sinh trong kỳ";
    }

    /// Where the cells of a column come from.
    ColumnSource {
        /// Typed by the reporter.
        Declared = "declared", "Kê khai";
        /// Sum of measures of the ledger.
        Ledger = "ledger", "Từ sổ hoạt động";
        /// Sum of other columns.
        Formula = "formula", "Công thức";
        /// Counted from the register of báo cáo viên; declared where the register holds nobody.
        Register = "register", "Từ danh sách báo cáo viên";
        /// Counted from the register of tổ hòa giải; declared where the register does not say it.
        Mediation = "mediation", "Từ sổ tổ hòa giải";
        /// As the named indicator says; in files only, never in what they become.
        Indicator = "indicator", "Theo danh mục chỉ tiêu";
    }

    /// What a column counts of the register.
    RegisterFigure {
        /// Recognised on the last day of the period.
        Recognised = "recognised", "Số người được công nhận ở cuối kỳ";
        /// Of these, with a session in the period.
        Active = "active", "Trong đó có buổi phổ biến trực tiếp trong kỳ";
    }

    /// What a column counts of the tổ hòa giải that stand on the last day of the period.
    MediationFigure {
        /// Groups.
        Groups = "groups", "Số tổ hòa giải ở cuối kỳ";
        /// Mediators.
        Mediators = "mediators", "Số hòa giải viên ở cuối kỳ";
        /// Men.
        Men = "men", "Số hòa giải viên nam ở cuối kỳ";
        /// Women.
        Women = "women", "Số hòa giải viên nữ ở cuối kỳ";
        /// With an education in law.
        Law = "law", "Số hòa giải viên có chuyên môn Luật ở cuối kỳ";
        /// Without one.
        NoLaw = "no_law", "Số hòa giải viên chưa qua đào tạo chuyên môn Luật ở cuối kỳ";
        /// Of an ethnic minority.
        Minority = "minority", "Số hòa giải viên là người dân tộc thiểu số ở cuối kỳ";
        /// Trained in the year of the last day.
        Trained = "trained", "Số hòa giải viên được bồi dưỡng trong năm";
    }

    /// Where a chapter of a report on a plan stands.
    SectionPlace {
        /// Before what was done of the tasks.
        Before = "before", "Trước phần kết quả";
        /// After it.
        After = "after", "Sau phần kết quả";
    }

    /// What a check demands.
    CheckKind {
        /// Left ≤ right.
        Le = "le", "không lớn hơn";
        /// Left is 0 where right is 0.
        ZeroIfZero = "zero_if_zero", "bằng 0 khi";
        /// Left is the sum of right.
        Sum = "sum", "bằng tổng";
    }

    /// How one unit follows another.
    SuccessionKind {
        /// Several become one.
        Merge = "merge", "Hợp nhất, sáp nhập";
        /// One becomes several.
        Split = "split", "Chia, tách";
        /// The same under another name.
        Rename = "rename", "Đổi tên";
        /// It ends.
        Dissolve = "dissolve", "Giải thể";
        /// Functions go over; the unit stands on.
        Transfer = "transfer", "Chuyển chức năng";
    }

    /// What a row of a form stands for.
    RowKind {
        /// Sum of the other rows.
        Total = "total", "Tổng số";
        /// The reporting unit itself.
        Unit = "unit", "Đơn vị báo cáo";
        /// One declared row per commune of the unit.
        Communes = "communes", "Từng xã, phường, thị trấn";
        /// One row per agency whose `report_row` is the row's.
        Agencies = "agencies", "Từng cơ quan, đơn vị";
    }
}
