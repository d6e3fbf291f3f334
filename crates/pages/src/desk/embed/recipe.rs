//! Where to paste, step by step, for each kind of site. The guides for webmasters say the same at length (`docs/huong-dan/nhung/`).

use super::way::{Host, Way};

/// The steps on a site of this kind, in order.
#[must_use]
pub fn steps(host: Host, way: Way) -> Vec<&'static str> {
    match way {
        Way::Mount => vec![
            "Đặt tệp vào cấu hình máy chủ web: nginx cần cả ba tệp, mỗi tệp vào đúng khối ghi ở trên; Apache cần một tệp. Đổi /phap-luat thành đường dẫn muốn dùng, ở mọi chỗ.",
            "Đề nghị đơn vị vận hành hệ thống ghi địa chỉ máy chủ của trang vào danh sách máy chủ trung gian tin cậy.",
            "Mở https://(trang của cơ quan)/phap-luat/ để xem.",
        ],
        Way::Include => vec![
            "nginx: đặt ssi.conf, cache.conf, luc.conf vào cấu hình, mỗi tệp vào đúng khối ghi ở trên, thêm ssi on ở chỗ có trang; đặt dòng ghép ở trên vào chỗ muốn hiện trong tệp HTML.",
            "Apache: chạy lay-manh.sh mỗi phút bằng cron (đầu tệp có sẵn dòng lịch với nội dung vừa chọn), đặt ssi.conf vào cấu hình; dòng ghép trong tệp HTML là <!--#include virtual=\"/pbgdpl/manh.inc\" -->, thay cho dòng ở trên.",
            "Tắt mã kịch bản của trình duyệt rồi mở trang: nội dung vẫn phải hiện.",
        ],
        Way::Php => vec![
            "Lưu tệp pbgdpl.php lên máy chủ; ghi vào PBGDPL_KHO một thư mục riêng mà chỉ PHP ghi được, ngoài thư mục trang, không dưới /tmp, /var/tmp. Để trống thì không có bản lưu.",
            "Dán đoạn gọi vào chỗ muốn hiện trong tệp giao diện PHP, sửa đường dẫn tới pbgdpl.php. NukeViet: làm một khối PHP riêng.",
            "Mở trang. Thấy “tạm thời chưa tải được”: PHP thiếu phần mở rộng cURL, hoặc máy chủ không được gọi ra ngoài bằng https.",
        ],
        Way::Pack => vec![
            "Tải gói tệp ở địa chỉ trên, giải nén vào một thư mục còn trống của trang.",
            "Đặt lịch hằng đêm chạy tệp lệnh lấy gói ở trên, Linux hoặc Windows; cách chạy ghi ở đầu tệp.",
            "Windows: lưu lay-goi.ps1 với mã hóa UTF-8 with BOM (Notepad: Save as, ô Encoding). Thiếu dấu BOM thì PowerShell 5.1 đọc sai chữ Việt.",
        ],
        Way::Link => vec![
            "Chép địa chỉ hoặc cả liên kết vào trình đơn hay bài giới thiệu của trang.",
            "Bấm thử: chuyên mục mở ra ở trang của hệ thống.",
        ],
        _ => on(host).to_vec(),
    }
}

const fn on(host: Host) -> &'static [&'static str] {
    match host {
        Host::WordPress => &[
            "Cách gọn nhất: cài phần mở rộng PBGDPL, nhập mã rồi viết [pbgdpl] vào bài.",
            "Không cài được: trong trình soạn thảo thêm khối “HTML tùy chỉnh”, dán mã. Người không có quyền đăng HTML thì nhờ quản trị dán.",
            "Bấm Xem trước; khung phải hiện, không phải dòng chữ trắng.",
        ],
        Host::SharePoint => &[
            "Quản trị tuyển tập trang: Site Settings → HTML Field Security, thêm tên miền của khung vào danh sách cho phép.",
            "Sửa trang, thêm phần web “Embed” hoặc “Page Viewer”; với Page Viewer chỉ dán địa chỉ trong src của khung.",
            "Lưu, xuất bản trang rồi mở bằng tài khoản thường.",
        ],
        Host::Dnn => &[
            "Thêm mô-đun HTML vào trang, chuyển sang chế độ HTML (nguồn), dán mã, bấm Save.",
            "Nếu mã bị cắt mất: dùng mô-đun IFrame và chỉ dán địa chỉ trong src của khung.",
        ],
        Host::Liferay => &[
            "Thêm portlet “IFrame” vào trang và dán địa chỉ trong src của khung, hoặc tạo Web Content, mở chế độ Source rồi dán cả mã.",
            "Trong cấu hình IFrame chọn chiều cao 900, bỏ “Relative to context path”.",
        ],
        Host::NukeViet => &[
            "Quản lý block → thêm block global.html, chuyển sang chế độ mã nguồn, dán mã.",
            "Lưu, mở trang bằng cửa sổ ẩn danh; khung bị cắt thì dùng cách “Mảnh HTML ghép bằng PHP”.",
        ],
        Host::Portal => &[
            "Thêm một bài hoặc khối “HTML”, mở chế độ mã nguồn, dán khung.",
            "Nếu sau khi lưu khung biến mất: gửi đơn vị vận hành cổng yêu cầu cho phép tên miền của khung, hoặc dùng cách “Liên kết”.",
        ],
        Host::Drupal => &[
            "Soạn bài với định dạng “Full HTML” (Drupal), hoặc tắt lọc mã cho nhóm của bạn (Joomla: Global Configuration → Text Filters).",
            "Chuyển sang mã nguồn, dán mã, lưu và xem lại.",
        ],
        Host::Html | Host::Server | Host::Locked => &[
            "Mở trang ở chế độ mã nguồn, đặt con trỏ vào chỗ muốn hiện.",
            "Dán nguyên mã, lưu.",
            "Mở trang bằng cửa sổ ẩn danh để kiểm tra.",
        ],
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::desk::embed::way::Chosen;

    /// The files for Apache make a file that is included, not an address that is asked.
    #[test]
    fn steps_name_the_line_for_apache() {
        for host in Host::ALL {
            let steps = steps(*host, Way::Include).join(" ");
            assert!(
                steps.contains("<!--#include virtual=\"/pbgdpl/manh.inc\" -->"),
                "{host:?}: {steps}"
            );
        }
    }

    #[test]
    fn every_site_has_its_steps() {
        for host in Host::ALL {
            for way in Way::ALL {
                let steps = steps(*host, *way);
                assert!((2..=4).contains(&steps.len()), "{host:?} {way:?}");
            }
        }
    }
}
