# Lấy gói tĩnh của chuyên mục và đặt vào thư mục của trang (Windows, IIS):
#   powershell -File lay-goi.ps1 -Goi https://nhung.pbgdpl.example.vn/k/0123456789abcdefghjkmnpqrs/goi.zip -Noi C:\inetpub\wwwroot\phap-luat
# Đặt lịch chạy mỗi đêm bằng Task Scheduler. Chỉ thay bản cũ khi bản mới tải đủ và mở được; bản cũ giữ ở <Noi>.cu.
param(
    [Parameter(Mandatory = $true)][string]$Goi,
    [Parameter(Mandatory = $true)][string]$Noi
)
$ErrorActionPreference = 'Stop'
[Net.ServicePointManager]::SecurityProtocol = [Net.SecurityProtocolType]::Tls12
$Noi = [IO.Path]::GetFullPath($Noi)
$cha = Split-Path -Parent $Noi
$tam = Join-Path $cha ('.goi-' + [Guid]::NewGuid().ToString('N'))
New-Item -ItemType Directory -Path $tam | Out-Null
try {
    $tep = Join-Path $tam 'goi.zip'
    Invoke-WebRequest -Uri $Goi -OutFile $tep -UseBasicParsing -TimeoutSec 300
    $moi = Join-Path $tam 'moi'
    # Tệp hỏng hoặc thiếu thì lệnh này báo lỗi, trang giữ nguyên.
    Add-Type -AssemblyName System.IO.Compression.FileSystem
    [IO.Compression.ZipFile]::ExtractToDirectory($tep, $moi)
    if (-not (Test-Path (Join-Path $moi 'index.html'))) { throw 'gói không có index.html' }
    $cu = "$Noi.cu"
    if (Test-Path $cu) { Remove-Item $cu -Recurse -Force }
    if (Test-Path $Noi) { Move-Item $Noi $cu }
    # Đổi tên trong cùng một ổ đĩa: người đọc không gặp bản dở dang.
    Move-Item $moi $Noi
}
finally {
    Remove-Item $tam -Recurse -Force -ErrorAction SilentlyContinue
}
