<?php
/**
 * A fragment of the section in any PHP page (NukeViet, own sites), for PHP 7.4 and newer with cURL:
 *
 *   require_once '/path/to/pbgdpl.php';
 *   echo pbgdpl_manh(['so' => 5]);              // or ['loai' => 'tin', 'so' => 5], ['bai' => '…']
 *
 * Kept for a minute in the folder named below; where the service is away, the last good copy of at most a day is shown with its time.
 * What comes is printed and never run: it is text of one address over https, of bounded size, without scripts.
 */

const PBGDPL_NHUNG = 'https://nhung.pbgdpl.example.vn';
const PBGDPL_MA = '0123456789abcdefghjkmnpqrs';
/**
 * A folder of its own for copies, which PHP may write, nobody else may, and the web server does not serve: '/var/lib/pbgdpl-php'. Not below
 * /tmp or /var/tmp, where anybody on the machine may put it first. '' keeps nothing: every view of a page asks the service.
 */
const PBGDPL_KHO = '';

/** For how long a copy is shown without asking, how long a service that failed is left alone, how long a copy is good: seconds. */
const PBGDPL_MOI = 60;
const PBGDPL_NGHI = 30;
const PBGDPL_HET_HAN = 86400;
/** Most bytes of a fragment. */
const PBGDPL_NANG_NHAT = 524288;

/** The fragment: `so` (1 to 20), `loai` (tin, van-ban-moi, to-gap), `bai` (what follows "/bai/" in an item's address), `kieu` (bong). */
function pbgdpl_manh(array $query = []): string
{
    $address = pbgdpl_dia_chi($query);
    if ($address === '') {
        return '';
    }
    $file = PBGDPL_KHO . '/' . sha1($address) . '.html';
    clearstatcache();
    $kept = pbgdpl_doc($file);
    // What lies there is held to the same as what comes: whoever may write the folder puts nothing into the page.
    if ($kept !== null && ($kept[1] > time() + 60 || !pbgdpl_la_manh($kept[0]))) {
        $kept = null;
    }
    if ($kept !== null && time() - $kept[1] < PBGDPL_MOI) {
        return $kept[0];
    }
    // A service that failed is left alone for half a minute; whoever comes meanwhile sees the older copy and waits for nobody.
    $pause = pbgdpl_doc($file . '.nghi');
    if ($pause !== null && abs(time() - $pause[1]) < PBGDPL_NGHI) {
        return $pause[0] === '404' ? '' : pbgdpl_ban_cu($kept);
    }
    pbgdpl_ghi($file . '.nghi', '0');
    [$status, $html] = pbgdpl_lay($address);
    if ($status === 404 || $status === 410) {
        // What was taken back is not shown from a copy.
        pbgdpl_bo($file);
        pbgdpl_ghi($file . '.nghi', '404');
        return '';
    }
    if ($status !== 200 || !pbgdpl_la_manh($html)) {
        return pbgdpl_ban_cu($kept);
    }
    pbgdpl_bo($file . '.nghi');
    // What says itself that it is an older copy (the operator's edge) is shown, and no copy of a copy is kept.
    if (strpos($html, 'class="pbgdpl-luc"') === false) {
        pbgdpl_ghi($file, $html);
    }
    return $html;
}

/** The address for what is asked, or '' where the settings at the top are not ready. Nothing else gets into it. */
function pbgdpl_dia_chi(array $query): string
{
    $https = preg_match('#^https://[a-z0-9.-]+(:\d+)?$#i', PBGDPL_NHUNG) === 1;
    // A trial on one machine.
    $here = preg_match('#^http://(localhost|127\.0\.0\.1)(:\d+)?$#', PBGDPL_NHUNG) === 1;
    if (!($https || $here) || preg_match('/^[0-9a-hjkmnp-tv-z]{26}$/', PBGDPL_MA) !== 1) {
        return '';
    }
    $asked = [];
    if (isset($query['loai']) && preg_match('/^[a-z0-9-]{1,40}$/', (string) $query['loai']) === 1) {
        $asked['loai'] = (string) $query['loai'];
    }
    if (isset($query['so'])) {
        $asked['so'] = (string) max(1, min(20, (int) $query['so']));
    }
    if (isset($query['bai']) && preg_match('/^([0-9a-hjkmnp-tv-z]{26})(-[a-z0-9-]*)?$/', (string) $query['bai'], $found) === 1) {
        $asked['bai'] = $found[1];
    }
    if (($query['kieu'] ?? '') === 'bong') {
        $asked['kieu'] = 'bong';
    }
    return PBGDPL_NHUNG . '/k/' . PBGDPL_MA . '/manh' . ($asked === [] ? '' : '?' . http_build_query($asked, '', '&'));
}

/** Status and body; 0 where nobody answers within three seconds, the answer is too large, or it comes by a redirect. */
function pbgdpl_lay(string $address): array
{
    if (!function_exists('curl_init')) {
        return [0, ''];
    }
    $html = '';
    $line = curl_init($address);
    curl_setopt_array($line, [
        CURLOPT_CONNECTTIMEOUT => 2,
        CURLOPT_TIMEOUT => 3,
        CURLOPT_FOLLOWLOCATION => false,
        CURLOPT_PROTOCOLS => strncmp($address, 'https:', 6) === 0 ? CURLPROTO_HTTPS : CURLPROTO_HTTP,
        CURLOPT_SSL_VERIFYPEER => true,
        CURLOPT_SSL_VERIFYHOST => 2,
        CURLOPT_ENCODING => '',
        CURLOPT_HTTPHEADER => ['Accept: text/html'],
        CURLOPT_USERAGENT => 'pbgdpl-php/1.0',
        CURLOPT_WRITEFUNCTION => function ($line, string $piece) use (&$html): int {
            $html .= $piece;
            return strlen($html) > PBGDPL_NANG_NHAT ? -1 : strlen($piece);
        },
    ]);
    $done = curl_exec($line);
    $status = (int) curl_getinfo($line, CURLINFO_RESPONSE_CODE);
    return [$done === false ? 0 : $status, $html];
}

/** A fragment of the section, not a proxy's error page with status 200; and nothing in it that runs or loads by itself. */
function pbgdpl_la_manh(string $html): bool
{
    return strpos($html, '<section class="pbgdpl"') !== false
        && preg_match('//u', $html) === 1
        && preg_match('#<(?:script|iframe|frame|object|embed|applet|form|base|meta|svg|math)\b|<[?%]|<!--|<[^>]*\son\w+\s*=|<[^>]*(?:javascript|data|vbscript):#i', $html) === 0;
}

/** The last good copy of at most a day, with its time. */
function pbgdpl_ban_cu(?array $kept): string
{
    if ($kept === null || time() - $kept[1] > PBGDPL_HET_HAN) {
        return '<p class="pbgdpl-vang">Chuyên mục phổ biến, giáo dục pháp luật tạm thời chưa tải được. Mời bạn quay lại sau ít phút.</p>';
    }
    $when = (new DateTime('@' . $kept[1]))->setTimezone(new DateTimeZone('Asia/Ho_Chi_Minh'));
    return $kept[0] . '<p class="pbgdpl-luc">Nội dung lưu lúc <time datetime="' . $when->format('Y-m-d\TH:iP') . '">'
        . $when->format('H:i \n\g\à\y d/m/Y') . '</time>; đang chờ bản mới.</p>';
}

/** Text and time of a file of ours; none where there is none. */
function pbgdpl_doc(string $file): ?array
{
    if (PBGDPL_KHO === '' || !is_file($file) || !is_readable($file)) {
        return null;
    }
    $time = @filemtime($file);
    $text = @file_get_contents($file, false, null, 0, PBGDPL_NANG_NHAT + 1);
    return $time === false || $text === false || ($text === '') ? null : [$text, $time];
}

/** Writes a file whole or not at all; without a folder nothing is kept, and the page shows what comes. */
function pbgdpl_ghi(string $file, string $text): void
{
    if (PBGDPL_KHO === '') {
        return;
    }
    if (!is_dir(PBGDPL_KHO) && (!is_writable(dirname(PBGDPL_KHO)) || !@mkdir(PBGDPL_KHO, 0700))) {
        return;
    }
    if (!is_writable(PBGDPL_KHO)) {
        return;
    }
    $new = @tempnam(PBGDPL_KHO, 'moi');
    if ($new === false) {
        return;
    }
    if (@file_put_contents($new, $text) !== strlen($text) || !@rename($new, $file)) {
        pbgdpl_bo($new);
    }
}

/** Takes a file away, where it is there. */
function pbgdpl_bo(string $file): void
{
    if (PBGDPL_KHO !== '' && is_file($file)) {
        @unlink($file);
    }
}
