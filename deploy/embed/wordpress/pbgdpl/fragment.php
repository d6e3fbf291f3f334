<?php
/** The section's HTML from the service, kept here: for a minute as it is, for a day where the service is away. */

defined('ABSPATH') || exit;

/** For how long a copy is shown without asking again, in seconds; and how long a service that failed is left alone. */
const PBGDPL_FRESH = 60;
const PBGDPL_PAUSE = 30;

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
    if ($kept !== null && time() - $kept['luc'] < PBGDPL_FRESH) {
        return $kept['html'];
    }
    $pause = get_transient($name . '_nghi');
    if ($pause !== false) {
        return (int) $pause === 404 ? pbgdpl_gone() : pbgdpl_old($kept);
    }
    // Whoever comes meanwhile sees the older copy instead of asking a second time.
    set_transient($name . '_nghi', 1, PBGDPL_PAUSE);
    $answer = wp_remote_get($address, [
        'timeout' => 3,
        'redirection' => 2,
        'limit_response_size' => 512 * 1024,
        'user-agent' => 'pbgdpl-wordpress/1.0; ' . home_url('/'),
        'headers' => ['Accept' => 'text/html'],
    ]);
    $status = is_wp_error($answer) ? 0 : (int) wp_remote_retrieve_response_code($answer);
    if ($status === 404) {
        // What was taken back is not shown from a copy.
        delete_transient($name);
        set_transient($name . '_nghi', 404, PBGDPL_PAUSE);
        return pbgdpl_gone();
    }
    $html = $status === 200 ? (string) wp_remote_retrieve_body($answer) : '';
    // A proxy's error page with status 200 is no section.
    if (strpos($html, '<section class="pbgdpl"') === false) {
        return pbgdpl_old($kept);
    }
    $html = wp_kses($html, pbgdpl_allowed());
    set_transient($name, ['html' => $html, 'luc' => time()], DAY_IN_SECONDS);
    delete_transient($name . '_nghi');
    return $html;
}

/** An unknown key, or an item that was taken back. */
function pbgdpl_gone(): string
{
    return pbgdpl_hint('Hệ thống không có mã hoặc bài này: xem lại mã trong Cài đặt > Chuyên mục PBGDPL.');
}

/** A copy of before, and of when. */
function pbgdpl_old(?array $kept): string
{
    if ($kept === null) {
        return '<p class="pbgdpl-vang">Chuyên mục phổ biến, giáo dục pháp luật tạm thời chưa tải được. Mời bạn quay lại sau ít phút.</p>';
    }
    return $kept['html'] . '<p class="pbgdpl-luc"><small>'
        . esc_html(sprintf('Nội dung lưu lúc %s; đang chờ bản mới.', wp_date('H:i d/m/Y', $kept['luc'])))
        . '</small></p>';
}

/** What a fragment consists of. No script, style or frame comes through, whoever answers at the address. */
function pbgdpl_allowed(): array
{
    $common = ['class' => true, 'id' => true, 'lang' => true, 'dir' => true, 'role' => true, 'aria-label' => true,
        'aria-labelledby' => true, 'aria-hidden' => true];
    $allowed = wp_kses_allowed_html('post');
    foreach (['section', 'article', 'header', 'footer', 'nav', 'h2', 'h3', 'h4', 'p', 'ul', 'ol', 'li', 'dl', 'dt', 'dd',
        'span', 'div', 'figure', 'figcaption', 'table', 'thead', 'tbody', 'tr', 'blockquote', 'strong', 'em'] as $tag) {
        $allowed[$tag] = array_merge(is_array($allowed[$tag] ?? null) ? $allowed[$tag] : [], $common);
    }
    $allowed['time'] = $common + ['datetime' => true];
    $allowed['a'] = $common + ['href' => true, 'rel' => true, 'target' => true, 'hreflang' => true];
    $allowed['img'] = $common + ['src' => true, 'alt' => true, 'width' => true, 'height' => true, 'loading' => true];
    unset($allowed['form'], $allowed['iframe'], $allowed['object'], $allowed['embed']);
    return $allowed;
}
