#!/bin/sh
# Lấy gói tĩnh của chuyên mục và đặt vào thư mục của trang: sh lay-goi.sh ĐỊA_CHỈ_GÓI THƯ_MỤC
#   sh lay-goi.sh https://nhung.pbgdpl.example.vn/k/0123456789abcdefghjkmnpqrs/goi.zip /var/www/html/phap-luat
# Chạy mỗi đêm bằng cron. Chỉ thay bản cũ khi bản mới tải đủ và mở được; bản cũ giữ ở THƯ_MỤC.cu.
set -eu
goi=${1:?thiếu địa chỉ gói}
noi=${2:?thiếu thư mục}
cha=$(dirname "$noi")
mkdir -p "$cha"
tam=$(mktemp -d "$cha/.goi-XXXXXX")
trap 'rm -rf "$tam"' EXIT INT TERM
curl --fail --silent --show-error --location --max-time 300 --output "$tam/goi.zip" "$goi"
# Tệp hỏng hoặc thiếu thì dừng ở đây, trang giữ nguyên.
unzip -tq "$tam/goi.zip" >/dev/null
mkdir "$tam/moi"
unzip -q "$tam/goi.zip" -d "$tam/moi"
if ! [ -s "$tam/moi/index.html" ]; then
    echo "gói không có index.html" >&2
    exit 1
fi
chmod -R u=rwX,go=rX "$tam/moi"
rm -rf "$noi.cu"
if [ -e "$noi" ]; then
    mv "$noi" "$noi.cu"
fi
# Hai lần đổi tên trong cùng một ổ đĩa: người đọc không gặp bản dở dang.
mv "$tam/moi" "$noi"
