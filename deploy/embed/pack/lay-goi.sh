#!/bin/sh
# Lấy gói tĩnh của chuyên mục và đặt vào thư mục của trang; chạy mỗi đêm bằng cron. Cần curl, unzip; nơi đặt ở xa thì cần sftp (OpenSSH).
#   sh lay-goi.sh https://nhung.pbgdpl.example.vn/k/0123456789abcdefghjkmnpqrs/goi.zip /var/www/html/phap-luat
#   sh lay-goi.sh https://nhung.pbgdpl.example.vn/k/0123456789abcdefghjkmnpqrs/goi.zip sftp://ten@may-chu:22/htdocs/phap-luat
# (thư mục sau sftp:// tính từ nơi đăng nhập; đường dẫn tuyệt đối thì viết hai dấu gạch: sftp://ten@may-chu//var/www/phap-luat)
# Chỉ thay một thư mục chưa có, còn trống, hoặc do chính lệnh này đặt (có tệp pbgdpl-goi.txt). Bản trước giữ ở thư mục có đuôi .cu.
# Kết thúc bằng 0: đã đặt bản mới. 2: thiếu tham số hay chương trình. 3: không tải được. 4: gói không dùng được. 5: thư mục không phải của
# gói. 6: một lần chạy khác chưa xong. 7: không đặt được bản mới. Từ 2 đến 7 trang giữ nguyên bản đang có.
set -eu
umask 022
LC_ALL=C
export LC_ALL

DAU=pbgdpl-goi.txt
TEN=pbgdpl-tep.txt
# Gói của hệ thống nhỏ hơn nhiều; quá mức này là không phải gói.
NANG_NHAT=67108864
MO_RA_NHAT=268435456
NHIEU_TEP_NHAT=5000

loi() {
    echo "lay-goi: $2" >&2
    exit "$1"
}

[ $# -eq 2 ] || loi 2 'cách gọi: lay-goi.sh ĐỊA_CHỈ_GÓI THƯ_MỤC, hoặc lay-goi.sh ĐỊA_CHỈ_GÓI sftp://TÊN@MÁY/THƯ_MỤC'
dia_chi=$1
noi=${2%/}
case $dia_chi in
https://*/k/*/goi.zip) giao_thuc='=https' ;;
http://localhost[:/]*/goi.zip | http://127.0.0.1[:/]*/goi.zip) giao_thuc='=http' ;;
*) loi 2 "địa chỉ gói phải bắt đầu bằng https:// và có dạng …/k/MÃ/goi.zip: $dia_chi" ;;
esac
for can in curl unzip; do
    command -v "$can" >/dev/null || loi 2 "máy này chưa có chương trình $can"
done

xa=
case $noi in
sftp://*)
    command -v sftp >/dev/null || loi 2 'máy này chưa có chương trình sftp'
    may=${noi#sftp://}
    thu_muc_xa=${may#*/}
    may=${may%%/*}
    if [ -z "$may" ] || [ -z "$thu_muc_xa" ] || [ "$noi" = "sftp://$may" ]; then
        loi 2 "thiếu máy hoặc thư mục: $noi"
    fi
    case $may$thu_muc_xa in *[!A-Za-z0-9._/@:-]* | -*) loi 2 "tên máy hoặc thư mục có ký tự lạ: $noi" ;; esac
    case /${thu_muc_xa#/}/ in */../* | */./* | *//*) loi 2 "thư mục phải viết thẳng, không có . hay ..: $noi" ;; esac
    xa=1
    cha=${TMPDIR:-/tmp}
    khoa=$cha/pbgdpl-goi-$(printf %s "$noi" | cksum | cut -d ' ' -f 1).khoa
    ;;
*)
    case $noi in
    '' | . | .. | */. | */.. | -*) loi 2 'nêu đủ đường dẫn của thư mục, ví dụ /var/www/html/phap-luat' ;;
    esac
    cha=$(dirname -- "$noi")
    [ -d "$cha" ] || loi 2 "chưa có thư mục $cha"
    [ -w "$cha" ] || loi 2 "không ghi được vào thư mục $cha"
    [ -L "$noi" ] && loi 5 "$noi là liên kết; nêu thư mục thật"
    khoa=$cha/.$(basename -- "$noi").khoa
    ;;
esac

# Mỗi lúc một lần chạy; khóa bỏ quên quá hai giờ thì không tính.
find "$cha" -maxdepth 1 -path "$khoa" -type d -mmin +120 -exec rmdir -- {} \; 2>/dev/null || :
mkdir -- "$khoa" 2>/dev/null || loi 6 "một lần chạy khác chưa xong (nếu không phải: rmdir $khoa)"
tam=
doi_cho=
don() {
    # Bị ngắt giữa hai lần đổi tên: trả lại bản cũ.
    if [ -n "$doi_cho" ] && [ ! -e "$noi" ]; then mv -- "$noi.cu" "$noi" || :; fi
    rmdir -- "$khoa" 2>/dev/null || :
    if [ -n "$tam" ]; then rm -rf -- "$tam"; fi
}
trap don EXIT
trap 'exit 7' HUP INT TERM
tam=$(mktemp -d -- "$cha/.goi-XXXXXX")

# Của gói: chưa có gì, thư mục trống, hoặc có tệp dấu.
cua_goi() {
    [ ! -e "$1" ] || { [ -d "$1" ] && { [ -f "$1/$DAU" ] || [ -z "$(find "$1" -mindepth 1 -print -quit)" ]; }; }
}

if [ -z "$xa" ]; then
    for cho in "$noi" "$noi.cu"; do
        cua_goi "$cho" || loi 5 "$cho có tệp khác mà không có $DAU: không phải thư mục của gói nên không đụng tới. Chọn thư mục khác hoặc dọn trống"
    done
fi

# Tải về chỗ tạm, chỉ theo giao thức đã nêu, không theo chuyển hướng.
tra_loi=$(curl --silent --show-error --proto "$giao_thuc" --max-redirs 0 --connect-timeout 10 --max-time 300 --retry 2 --retry-delay 20 \
    --max-filesize "$NANG_NHAT" --user-agent 'pbgdpl-goi/1.0' --output "$tam/goi.zip" --write-out '%{http_code} %{content_type}' \
    -- "$dia_chi") || loi 3 "không tải được $dia_chi"
case $tra_loi in
'200 application/zip'*) ;;
'404 '*) loi 3 "hệ thống trả lời 404: mã sai, hoặc trang đã ngừng cho nhúng" ;;
*) loi 3 "hệ thống trả lời '$tra_loi', không phải gói" ;;
esac
[ "$(wc -c <"$tam/goi.zip")" -le "$NANG_NHAT" ] || loi 4 'gói nặng quá mức'

# Xem trước khi mở: tệp hỏng, đường dẫn ra ngoài, liên kết, loại tệp mà máy chủ web có thể chạy thì không nhận.
unzip -tqq "$tam/goi.zip" >/dev/null 2>&1 || loi 4 'gói tải về bị hỏng'
unzip -Z1 "$tam/goi.zip" >"$tam/ten" 2>/dev/null || loi 4 'không đọc được mục lục của gói'
[ "$(wc -l <"$tam/ten")" -le "$NHIEU_TEP_NHAT" ] || loi 4 'gói có quá nhiều tệp'
la=$(grep -Ev '^[a-z0-9][A-Za-z0-9_-]*(\.[A-Za-z0-9_-]+)*(/[a-zA-Z0-9][A-Za-z0-9_-]*(\.[A-Za-z0-9_-]+)*)*/?$' "$tam/ten" | head -n 1) || :
[ -z "$la" ] || loi 4 "gói có đường dẫn lạ: $la"
la=$(grep -Ev '(/|\.(html|css|js|svg|png|jpg|jpeg|webp|gif|ico|woff2|txt|xml|json|atom|rss|ics|pdf))$' "$tam/ten" | head -n 1) || :
[ -z "$la" ] || loi 4 "gói có loại tệp lạ: $la"
if unzip -Z "$tam/goi.zip" | grep -q '^[bclpsD][-rwxsStT]\{9\} '; then
    loi 4 'gói có liên kết hoặc tệp đặc biệt'
fi
mo_ra=$(unzip -Zt "$tam/goi.zip" | sed -n 's/^.* \([0-9][0-9]*\) bytes uncompressed.*$/\1/p')
if [ -z "$mo_ra" ] || [ "$mo_ra" -gt "$MO_RA_NHAT" ]; then
    loi 4 'gói mở ra quá lớn'
fi
mkdir -- "$tam/moi"
unzip -qq -o "$tam/goi.zip" -d "$tam/moi" || loi 4 'không mở được gói'
[ -s "$tam/moi/index.html" ] || loi 4 'gói không có index.html'
[ -f "$tam/moi/$DAU" ] || loi 4 "gói không có $DAU"
[ -z "$(find "$tam/moi" ! -type f ! -type d -print -quit)" ] || loi 4 'gói có liên kết hoặc tệp đặc biệt'
chmod -R u=rwX,go=rX "$tam/moi"

if [ -z "$xa" ]; then
    # Đổi chỗ trong cùng một ổ đĩa: người đọc không gặp bản dở dang. Có lệnh đổi chỗ một bước thì dùng; không thì hai lần đổi tên.
    rm -rf -- "$noi.cu"
    if [ ! -e "$noi" ]; then
        mv -- "$tam/moi" "$noi" || loi 7 "không đặt được vào $noi"
    elif mv --exchange -T -- "$tam/moi" "$noi" 2>/dev/null; then
        mv -- "$tam/moi" "$noi.cu" || :
    else
        doi_cho=1
        mv -- "$noi" "$noi.cu" || loi 7 "không dời được $noi"
        mv -- "$tam/moi" "$noi" || loi 7 "không đặt được vào $noi; trả lại bản cũ"
        doi_cho=
    fi
    echo "lay-goi: đã đặt bản mới vào $noi ($(wc -l <"$tam/ten" | tr -d ' ') tệp)"
    exit 0
fi

# Nơi đặt ở xa, qua SFTP: chép cả bản mới vào một thư mục bên cạnh, rồi mới đổi tên. Khóa máy chủ phải có sẵn trong known_hosts; đăng nhập
# bằng khóa (ssh-agent hoặc ~/.ssh/config), lệnh không hỏi mật khẩu.
cong=
case $may in *:*) cong=${may##*:} may=${may%:*} ;; esac
ra_lenh() {
    sftp -q -b "$1" -o BatchMode=yes -o StrictHostKeyChecking=yes -o ConnectTimeout=20 ${cong:+-P "$cong"} -- "$may" >"$tam/noi" 2>"$tam/loi"
}
lenh() {
    printf '%s\n' "$@" >"$tam/lenh"
    ra_lenh "$tam/lenh"
}
lenh 'pwd' || loi 7 "không vào được $may: $(tail -n 1 "$tam/loi")"
cua_goi_xa() {
    # Chưa có, trống, hoặc có tệp dấu.
    if lenh "get $1/$DAU \"$tam/dau\""; then return 0; fi
    lenh "ls -1a $1" || return 0
    ! grep -Evq '^sftp>|(^|/)\.{1,2}/?$' "$tam/noi"
}
for cho in "$thu_muc_xa" "$thu_muc_xa.cu"; do
    cua_goi_xa "$cho" || loi 5 "$cho ở $may có tệp khác mà không có $DAU: không phải thư mục của gói nên không đụng tới"
done
# Bỏ một thư mục: chỉ những tệp mà lần trước đã chép lên, ghi ở $TEN; còn gì khác thì thư mục không mất.
bo_xa() {
    rm -f -- "$tam/cu"
    lenh "get $1/$TEN \"$tam/cu\"" || :
    : >"$tam/lenh"
    if [ -f "$tam/cu" ]; then
        grep -E '^[A-Za-z0-9][A-Za-z0-9._/-]*$' "$tam/cu" | grep -v '\.\.' | sort -r | while IFS= read -r ten; do
            case $ten in
            */) echo "-rmdir $1/${ten%/}" ;;
            *) echo "-rm $1/$ten" ;;
            esac
        done >"$tam/lenh"
    fi
    echo "-rm $1/$TEN" >>"$tam/lenh"
    echo "-rmdir $1" >>"$tam/lenh"
    ra_lenh "$tam/lenh" || :
}
(
    cd "$tam/moi"
    find . -mindepth 1 -type d | sed 's#^\./##; s#$#/#'
    find . -type f | sed 's#^\./##'
) | sort >"$tam/danh-sach"
mv -- "$tam/danh-sach" "$tam/moi/$TEN"
moi=$thu_muc_xa.moi
bo_xa "$moi"
{
    echo "mkdir $moi"
    echo "put \"$tam/moi/$TEN\" $moi/$TEN"
    grep '/$' "$tam/moi/$TEN" | sed "s#/\$##; s#^#mkdir $moi/#"
    grep -v '/$' "$tam/moi/$TEN" | while IFS= read -r ten; do echo "put \"$tam/moi/$ten\" $moi/$ten"; done
} >"$tam/lenh"
ra_lenh "$tam/lenh" || loi 7 "không chép được lên $may: $(tail -n 1 "$tam/loi")"
bo_xa "$thu_muc_xa.cu"
lenh "ls -1 $thu_muc_xa" && co=1 || co=
if [ -n "$co" ]; then
    lenh "rename $thu_muc_xa $thu_muc_xa.cu" || loi 7 "không đổi được tên $thu_muc_xa ở $may (còn tệp lạ trong $thu_muc_xa.cu?); trang giữ bản cũ"
fi
if ! lenh "rename $moi $thu_muc_xa"; then
    [ -z "$co" ] || lenh "rename $thu_muc_xa.cu $thu_muc_xa" || :
    loi 7 "không đặt được $thu_muc_xa ở $may; đã trả lại bản cũ"
fi
echo "lay-goi: đã đặt bản mới vào $noi ($(wc -l <"$tam/ten" | tr -d ' ') tệp)"
