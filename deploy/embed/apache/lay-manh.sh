#!/bin/sh
# Lấy một mảnh của chuyên mục thành tệp để trang chèn vào (SSI), chạy mỗi phút bằng cron:
#   * * * * * sh /duong/dan/lay-manh.sh 'https://nhung.pbgdpl.example.vn/k/0123456789abcdefghjkmnpqrs/manh?so=5' /var/lib/pbgdpl/manh.inc 2>&1 | logger -t pbgdpl
# Lời báo xem bằng: journalctl -t pbgdpl
# Hệ thống vắng mặt thì tệp giữ bản gần nhất (tối đa một ngày) kèm giờ lưu; mã sai hoặc bài đã gỡ (404) thì tệp bị bỏ.
# Kết thúc 0: có bản mới. 2: thiếu tham số, thư mục. 3: chưa có bản mới, trang hiện bản lưu hoặc liên kết.
set -eu
umask 022
LC_ALL=C
export LC_ALL TZ=Asia/Ho_Chi_Minh

loi() {
    echo "lay-manh: $2" >&2
    exit "$1"
}

[ $# -eq 2 ] || loi 2 'cách gọi: lay-manh.sh ĐỊA_CHỈ_MẢNH TỆP'
dia_chi=$1
tep=$2
case $dia_chi in
https://*/k/*/manh | https://*/k/*/manh\?*) giao_thuc='=https' ;;
http://localhost[:/]*/manh* | http://127.0.0.1[:/]*/manh*) giao_thuc='=http' ;;
*) loi 2 "địa chỉ mảnh phải bắt đầu bằng https:// và có dạng …/k/MÃ/manh: $dia_chi" ;;
esac
thu_muc=$(dirname -- "$tep")
if ! [ -d "$thu_muc" ] || ! [ -w "$thu_muc" ]; then
    loi 2 "không ghi được vào thư mục $thu_muc"
fi
goc=$tep.goc

# Hai lần chạy không giẫm lên nhau; lần trước treo quá năm phút thì bỏ khóa.
khoa=$tep.khoa
find "$thu_muc" -maxdepth 1 -path "$khoa" -mmin +5 -exec rmdir -- {} \; 2>/dev/null || :
mkdir -- "$khoa" 2>/dev/null || exit 0
tam=$(mktemp -- "$thu_muc/.manh-XXXXXX")
trap 'rm -f -- "$tam" "$tam.moi"; rmdir -- "$khoa" 2>/dev/null || :' EXIT
trap 'exit 3' HUP INT TERM

ma=$(curl --silent --show-error --proto "$giao_thuc" --max-redirs 0 --connect-timeout 3 --max-time 10 --max-filesize 524288 \
    --user-agent 'pbgdpl-ssi/1.0' --output "$tam" --write-out '%{http_code}' -- "$dia_chi") || ma=000
chmod 644 "$tam"

if [ "$ma" = 404 ]; then
    rm -f -- "$tep" "$goc"
    loi 3 'hệ thống không có mã hoặc bài này (404): đã bỏ bản lưu'
fi
# Trang báo lỗi của một máy trung gian trả lời 200 thì không phải mảnh; lệnh chèn trong nội dung thì không nhận.
if [ "$ma" = 200 ] && grep -q '<section class="pbgdpl"' "$tam" && ! grep -q '<!--#' "$tam" && [ "$(wc -c <"$tam")" -le 524288 ]; then
    # Mảnh tự nói là bản lưu (của máy chủ đứng trước hệ thống) thì hiện, nhưng không lưu thêm một lần nữa.
    if ! grep -q 'class="pbgdpl-luc"' "$tam"; then
        cp -- "$tam" "$tam.moi"
        mv -f -- "$tam.moi" "$goc"
    fi
    mv -f -- "$tam" "$tep"
    exit 0
fi

if [ ! -f "$goc" ]; then
    loi 3 "chưa lấy được ($ma) và chưa có bản lưu"
fi
if [ -z "$(find "$goc" -mmin -1440)" ]; then
    rm -f -- "$tep" "$goc"
    loi 3 "chưa lấy được ($ma); bản lưu quá một ngày nên đã bỏ"
fi
luc=$(date -r "$goc" '+%H:%M ngày %d/%m/%Y')
iso=$(date -r "$goc" '+%Y-%m-%dT%H:%M+07:00')
{
    cat -- "$goc"
    printf '<p class="pbgdpl-luc">Nội dung lưu lúc <time datetime="%s">%s</time>; đang chờ bản mới.</p>\n' "$iso" "$luc"
} >"$tam"
mv -f -- "$tam" "$tep"
loi 3 "chưa lấy được ($ma); đang hiện bản lưu lúc $luc"
