# Lấy gói tĩnh của chuyên mục và đặt vào thư mục của trang (Windows, IIS; PowerShell 5.1 trở lên):
#   powershell -NoProfile -ExecutionPolicy Bypass -File lay-goi.ps1 -Goi https://nhung.pbgdpl.example.vn/k/0123456789abcdefghjkmnpqrs/goi.zip -Noi C:\inetpub\wwwroot\phap-luat
# Đặt lịch mỗi đêm bằng Task Scheduler. Chỉ thay một thư mục chưa có, còn trống, hoặc do chính lệnh này đặt (có tệp pbgdpl-goi.txt).
# Bản trước giữ ở <Noi>.cu. Mã kết thúc như của lay-goi.sh: 0 có bản mới; 2 thiếu tham số; 3 không tải được; 4 gói không dùng được;
# 5 thư mục không phải của gói; 6 một lần chạy khác chưa xong; 7 không đặt được. Từ 2 đến 7 trang giữ nguyên bản đang có.
param(
    [Parameter(Mandatory = $true)][string]$Goi,
    [Parameter(Mandatory = $true)][string]$Noi
)
Set-StrictMode -Version 2
$ErrorActionPreference = 'Stop'
$ProgressPreference = 'SilentlyContinue'
[Net.ServicePointManager]::SecurityProtocol = [Net.ServicePointManager]::SecurityProtocol -bor [Net.SecurityProtocolType]::Tls12
Add-Type -AssemblyName System.IO.Compression
Add-Type -AssemblyName System.IO.Compression.FileSystem
$dau = 'pbgdpl-goi.txt'
$nangNhat = 64MB
$moRaNhat = 256MB
$nhieuTepNhat = 5000

function Dung([int]$Ma, [string]$Loi) {
    [Console]::Error.WriteLine("lay-goi: $Loi")
    $script:ma = $Ma
    throw [OperationCanceledException]::new($Loi)
}

# Chưa có gì, thư mục trống, hoặc có tệp dấu; không phải liên kết.
function CuaGoi([string]$Cho) {
    if (-not (Test-Path -LiteralPath $Cho)) { return $true }
    $muc = Get-Item -LiteralPath $Cho -Force
    if (-not $muc.PSIsContainer) { return $false }
    if ($muc.Attributes -band [IO.FileAttributes]::ReparsePoint) { return $false }
    if (Test-Path -LiteralPath (Join-Path $Cho $dau) -PathType Leaf) { return $true }
    return (@(Get-ChildItem -LiteralPath $Cho -Force | Select-Object -First 1).Count -eq 0)
}

$ma = 7
$khoa = $null
$tam = $null
try {
    if ($Goi -cnotmatch '^https://[A-Za-z0-9.-]+(:\d+)?/k/[0-9a-z]{26}/goi\.zip$') {
        Dung 2 'địa chỉ gói phải bắt đầu bằng https:// và có dạng …/k/MÃ/goi.zip'
    }
    if (-not [IO.Path]::IsPathRooted($Noi)) { Dung 2 'nêu đủ đường dẫn của thư mục, ví dụ C:\inetpub\wwwroot\phap-luat' }
    $Noi = [IO.Path]::GetFullPath($Noi).TrimEnd('\')
    $cha = Split-Path -Parent $Noi
    if (-not $cha -or -not (Test-Path -LiteralPath $cha -PathType Container)) { Dung 2 "chưa có thư mục chứa $Noi" }
    $cu = "$Noi.cu"

    # Mỗi lúc một lần chạy: tệp khóa tự mất khi lệnh kết thúc, dù kết thúc thế nào.
    try {
        $khoa = [IO.FileStream]::new("$Noi.khoa", [IO.FileMode]::OpenOrCreate, [IO.FileAccess]::Write, [IO.FileShare]::None, 1,
            [IO.FileOptions]::DeleteOnClose)
    }
    catch [IO.IOException] { Dung 6 'một lần chạy khác chưa xong' }
    catch [UnauthorizedAccessException] { Dung 2 "không ghi được vào thư mục $cha" }
    foreach ($cho in @($Noi, $cu)) {
        if (-not (CuaGoi $cho)) { Dung 5 "$cho có tệp khác mà không có ${dau}: không phải thư mục của gói nên không đụng tới" }
    }

    $tam = Join-Path $cha ('.goi-' + [Guid]::NewGuid().ToString('N'))
    New-Item -ItemType Directory -Path $tam | Out-Null
    $tep = Join-Path $tam 'goi.zip'
    try {
        # Không theo chuyển hướng: gói chỉ đến từ địa chỉ đã nêu.
        $tra = Invoke-WebRequest -Uri $Goi -OutFile $tep -PassThru -UseBasicParsing -TimeoutSec 300 -MaximumRedirection 0 `
            -UserAgent 'pbgdpl-goi/1.0'
    }
    catch { Dung 3 "không tải được ${Goi}: $($_.Exception.Message)" }
    $loai = [string](@($tra.Headers['Content-Type'])[0])
    if ($tra.StatusCode -ne 200 -or $loai -notmatch '^application/zip\b') { Dung 3 "hệ thống trả lời '$($tra.StatusCode) $loai', không phải gói" }
    if ((Get-Item -LiteralPath $tep).Length -gt $nangNhat) { Dung 4 'gói nặng quá mức' }

    # Xem trước từng tệp khi mở: đường dẫn ra ngoài, loại tệp mà IIS có thể chạy, gói mở ra quá lớn thì không nhận.
    $moi = Join-Path $tam 'moi'
    New-Item -ItemType Directory -Path $moi | Out-Null
    try { $goiMo = [IO.Compression.ZipFile]::OpenRead($tep) } catch { Dung 4 'gói tải về bị hỏng' }
    try {
        if ($goiMo.Entries.Count -gt $nhieuTepNhat) { Dung 4 'gói có quá nhiều tệp' }
        $tong = [long]0
        foreach ($muc in $goiMo.Entries) {
            $ten = $muc.FullName
            if ($ten -cnotmatch '^[a-z0-9][A-Za-z0-9_-]*(\.[A-Za-z0-9_-]+)*(/[A-Za-z0-9][A-Za-z0-9_-]*(\.[A-Za-z0-9_-]+)*)*/?$') {
                Dung 4 "gói có đường dẫn lạ: $ten"
            }
            if ($ten.EndsWith('/')) { continue }
            if ($ten -cnotmatch '\.(html|css|js|svg|png|jpg|jpeg|webp|gif|ico|woff2|txt|xml|json|atom|rss|ics|pdf)$') {
                Dung 4 "gói có loại tệp lạ: $ten"
            }
            # Tên thiết bị của Windows.
            if (($ten -split '/') -match '^(con|prn|aux|nul|com\d|lpt\d)(\.|$)') { Dung 4 "gói có đường dẫn lạ: $ten" }
            $tong += $muc.Length
            if ($tong -gt $moRaNhat) { Dung 4 'gói mở ra quá lớn' }
            $dich = Join-Path $moi ($ten -replace '/', '\')
            New-Item -ItemType Directory -Force -Path (Split-Path -Parent $dich) | Out-Null
            try { [IO.Compression.ZipFileExtensions]::ExtractToFile($muc, $dich, $false) }
            catch { Dung 4 "không mở được ${ten}: $($_.Exception.Message)" }
        }
    }
    finally { $goiMo.Dispose() }
    $trang = Join-Path $moi 'index.html'
    if (-not (Test-Path -LiteralPath $trang -PathType Leaf) -or (Get-Item -LiteralPath $trang).Length -eq 0) { Dung 4 'gói không có index.html' }
    if (-not (Test-Path -LiteralPath (Join-Path $moi $dau) -PathType Leaf)) { Dung 4 "gói không có $dau" }

    # Hai lần đổi tên trong cùng một ổ đĩa: người đọc không gặp bản dở dang. Lần sau hỏng thì trả lại bản cũ.
    if (Test-Path -LiteralPath $cu) { Remove-Item -LiteralPath $cu -Recurse -Force }
    $doi = Test-Path -LiteralPath $Noi
    if ($doi) { [IO.Directory]::Move($Noi, $cu) }
    try { [IO.Directory]::Move($moi, $Noi) }
    catch {
        if ($doi -and -not (Test-Path -LiteralPath $Noi)) { [IO.Directory]::Move($cu, $Noi) }
        Dung 7 "không đặt được vào ${Noi}, đã trả lại bản cũ: $($_.Exception.Message)"
    }
    $ma = 0
    Write-Output "lay-goi: đã đặt bản mới vào $Noi"
}
catch [OperationCanceledException] { }
catch { [Console]::Error.WriteLine("lay-goi: $($_.Exception.Message)") }
finally {
    if ($tam -and (Test-Path -LiteralPath $tam)) { Remove-Item -LiteralPath $tam -Recurse -Force -ErrorAction SilentlyContinue }
    if ($khoa) { $khoa.Dispose() }
}
exit $ma
