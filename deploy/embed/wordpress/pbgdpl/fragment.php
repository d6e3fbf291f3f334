<?php
/** The section's HTML from the service, kept here: for a minute as it is, for a day where the service is away. */

defined('ABSPATH') || exit;

/** For how long a copy is shown without asking again, in seconds; and how long a service that failed is left alone. */
const PBGDPL_FRESH = 60;
const PBGDPL_PAUSE = 30;
/** Most bytes of a fragment: one that is longer is cut off by WordPress, and then no fragment any more. */
const PBGDPL_LARGEST = 512 * 1024;

/** The fragment for a query, or the last good copy with its time, or what readers can do instead. */
function pbgdpl_fragment(array $query): string
{
    $set = pbgdpl_settings();
    $address = $set['nhung'] . '/k/' . $set['ma'] . '/manh';
    if ($query !== []) {
        $address .= '?' . http_build_query($query, '', '&');
    }
    $name = 'pbgdpl_' . md5($address);
    $kept = get_transient($name);
    $kept = is_array($kept) && isset($kept['html'], $kept['luc']) ? $kept : null;
    if ($kept !== null && time() - (int) $kept['luc'] < PBGDPL_FRESH) {
        return (string) $kept['html'];
    }
    $pause = get_transient($name . '_nghi');
    if ($pause !== false) {
        return (int) $pause === 404 ? pbgdpl_gone() : pbgdpl_old($kept);
    }
    // Whoever comes meanwhile sees the older copy instead of asking a second time.
    set_transient($name . '_nghi', 1, PBGDPL_PAUSE);
    $answer = pbgdpl_ask($address);
    $status = is_wp_error($answer) ? 0 : (int) wp_remote_retrieve_response_code($answer);
    if ($status === 404 || $status === 410) {
        // What was taken back is not shown from a copy.
        delete_transient($name);
        set_transient($name . '_nghi', 404, PBGDPL_PAUSE);
        return pbgdpl_gone();
    }
    $html = $status === 200 ? trim((string) wp_remote_retrieve_body($answer)) : '';
    // A proxy's error page with status 200 is no section, and neither is half of one.
    if (strpos($html, '<section class="pbgdpl"') === false || substr($html, -10) !== '</section>') {
        return pbgdpl_old($kept);
    }
    $html = wp_kses($html, pbgdpl_allowed(), ['http', 'https', 'mailto', 'tel']);
    delete_transient($name . '_nghi');
    // What says itself that it is an older copy (the operator's edge) is shown, and no copy of a copy is kept.
    if (strpos($html, 'class="pbgdpl-luc"') === false) {
        set_transient($name, ['html' => $html, 'luc' => time()], DAY_IN_SECONDS);
    }
    return $html;
}

/** One question to the service: short, not followed elsewhere, of bounded size. */
function pbgdpl_ask(string $address)
{
    return wp_safe_remote_get($address, [
        'timeout' => 3,
        'redirection' => 0,
        'sslverify' => true,
        'limit_response_size' => PBGDPL_LARGEST,
        'user-agent' => 'pbgdpl-wordpress/1.1; ' . home_url('/'),
        'headers' => ['Accept' => 'text/html'],
        'cookies' => [],
    ]);
}

/** An unknown key, or an item that was taken back. */
function pbgdpl_gone(): string
{
    return pbgdpl_hint('Hệ thống không có mã hoặc bài này: xem lại mã trong Cài đặt > Chuyên mục PBGDPL.');
}

/** A copy of before, and of when. */
function pbgdpl_old(?array $kept): string
{
    if ($kept === null || time() - (int) $kept['luc'] > DAY_IN_SECONDS) {
        return '<p class="pbgdpl-vang">Chuyên mục phổ biến, giáo dục pháp luật tạm thời chưa tải được. Mời bạn quay lại sau ít phút.</p>';
    }
    $zone = new DateTimeZone('Asia/Ho_Chi_Minh');
    return $kept['html'] . sprintf(
        '<p class="pbgdpl-luc">Nội dung lưu lúc <time datetime="%s">%s</time>; đang chờ bản mới.</p>',
        esc_attr((string) wp_date('Y-m-d\TH:iP', (int) $kept['luc'], $zone)),
        esc_html((string) wp_date('H:i \n\g\à\y d/m/Y', (int) $kept['luc'], $zone))
    );
}

/** What a fragment consists of. No script, style or frame comes through, whoever answers at the address. */
function pbgdpl_allowed(): array
{
    $common = ['class' => true, 'id' => true, 'lang' => true, 'dir' => true, 'role' => true, 'aria-label' => true,
        'aria-labelledby' => true, 'aria-hidden' => true];
    $plain = ['section', 'article', 'h2', 'h3', 'h4', 'h5', 'h6', 'p', 'br', 'hr', 'ul', 'ol', 'li', 'dl', 'dt', 'dd', 'span', 'div', 'figure',
        'figcaption', 'table', 'caption', 'thead', 'tbody', 'tfoot', 'tr', 'blockquote', 'strong', 'em', 'b', 'i', 'u', 's', 'sub', 'sup', 'small',
        'abbr', 'cite', 'code', 'pre', 'mark', 'del', 'ins'];
    $allowed = array_fill_keys($plain, $common);
    $allowed['ol'] += ['start' => true, 'type' => true];
    $allowed['th'] = $common + ['scope' => true, 'colspan' => true, 'rowspan' => true];
    $allowed['td'] = $common + ['colspan' => true, 'rowspan' => true];
    $allowed['time'] = $common + ['datetime' => true];
    $allowed['a'] = $common + ['href' => true, 'rel' => true, 'target' => true, 'hreflang' => true];
    $allowed['img'] = $common + ['src' => true, 'alt' => true, 'width' => true, 'height' => true, 'loading' => true];
    return $allowed;
}
