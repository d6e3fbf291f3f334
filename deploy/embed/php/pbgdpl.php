<?php
/**
 * A fragment of the section in any PHP page (NukeViet, own sites), for PHP 7.4 and newer:
 *
 *   require_once '/path/to/pbgdpl.php';
 *   echo pbgdpl_manh(['so' => 5]);              // or ['loai' => 'tin', 'so' => 5], ['bai' => '…']
 *
 * Kept for a minute; where the service is away, the last good copy of at most a day is shown with its time.
 */

const PBGDPL_NHUNG = 'https://nhung.pbgdpl.example.vn';
const PBGDPL_MA = '0123456789abcdefghjkmnpqrs';
/** A folder that the web server may write and does not serve. */
const PBGDPL_KHO = '/var/tmp/pbgdpl';

function pbgdpl_manh(array $query = []): string
{
    $address = PBGDPL_NHUNG . '/k/' . PBGDPL_MA . '/manh' . ($query === [] ? '' : '?' . http_build_query($query, '', '&'));
    $file = PBGDPL_KHO . '/' . sha1($address) . '.html';
    $time = is_file($file) ? (int) filemtime($file) : 0;
    if (time() - $time < 60) {
        return (string) file_get_contents($file);
    }
    // A service that failed is left alone for half a minute, so that no page waits for it twice.
    $pause = $file . '.nghi';
    if (is_file($pause) && time() - (int) filemtime($pause) < 30) {
        return pbgdpl_ban_cu($file, $time);
    }
    if (!is_dir(PBGDPL_KHO)) {
        mkdir(PBGDPL_KHO, 0700, true);
    }
    touch($pause);
    [$status, $html] = pbgdpl_lay($address);
    if ($status === 404) {
        // What was taken back is not shown from a copy.
        is_file($file) && unlink($file);
        return '';
    }
    // A proxy's error page with status 200 is no section.
    if ($status !== 200 || strpos($html, '<section class="pbgdpl"') === false) {
        return pbgdpl_ban_cu($file, $time);
    }
    $new = tempnam(PBGDPL_KHO, 'moi');
    file_put_contents($new, $html);
    rename($new, $file);
    unlink($pause);
    return $html;
}

/** Status and body; 0 where nobody answers within three seconds. */
function pbgdpl_lay(string $address): array
{
    $line = curl_init($address);
    curl_setopt_array($line, [
        CURLOPT_RETURNTRANSFER => true,
        CURLOPT_CONNECTTIMEOUT => 2,
        CURLOPT_TIMEOUT => 3,
        CURLOPT_MAXREDIRS => 2,
        CURLOPT_FOLLOWLOCATION => true,
        CURLOPT_USERAGENT => 'pbgdpl-php/1.0',
    ]);
    $html = curl_exec($line);
    return [$html === false ? 0 : (int) curl_getinfo($line, CURLINFO_RESPONSE_CODE), (string) $html];
}

/** The last good copy of at most a day, with its time. */
function pbgdpl_ban_cu(string $file, int $time): string
{
    if (time() - $time > 86400) {
        return '<p>Chuyên mục phổ biến, giáo dục pháp luật tạm thời chưa tải được. Mời bạn quay lại sau ít phút.</p>';
    }
    $when = new DateTime('@' . $time);
    $when->setTimezone(new DateTimeZone('Asia/Ho_Chi_Minh'));
    return file_get_contents($file) . '<p><small>Nội dung lưu lúc ' . $when->format('H:i d/m/Y') . '; đang chờ bản mới.</small></p>';
}
