//! The words of acts on accounts, as the accounts' chain writes them, and what they are called on the screen.

/// Word and label, in the order of the words.
pub const ACCOUNT_ACTS: [(&str, &str); 15] = [
    ("account-begin-factor", "Bắt đầu đặt xác thực hai lớp"),
    ("account-change-password", "Đổi mật khẩu"),
    ("account-confirm-factor", "Bật xác thực hai lớp"),
    ("account-create", "Lập tài khoản"),
    ("account-denied", "Bị từ chối"),
    ("account-disable", "Khóa tài khoản"),
    ("account-erase", "Xóa dữ liệu cá nhân của tài khoản"),
    ("account-first-password", "Đặt mật khẩu lần đầu"),
    ("account-invite", "Mời dùng tài khoản"),
    ("account-locked", "Khóa tạm vì nhập sai nhiều lần"),
    ("account-new-device", "Đăng nhập từ thiết bị mới"),
    ("account-remove-view", "Xóa cách xem đã lưu"),
    ("account-reset-factor", "Đặt lại xác thực hai lớp"),
    ("account-save-view", "Lưu cách xem"),
    ("account-summary", "Chọn nhận thư tóm tắt"),
];

/// What an act is called on the screen; nothing for a word that is none.
#[must_use]
pub fn account_act_label(word: &str) -> Option<&'static str> {
    let mut known = ACCOUNT_ACTS.iter();
    known.find(|(there, _)| *there == word).map(|(_, label)| *label)
}
