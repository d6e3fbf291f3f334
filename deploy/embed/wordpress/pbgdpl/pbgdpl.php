<?php
/**
 * Plugin Name: Chuyên mục PBGDPL
 * Description: Đặt chuyên mục phổ biến, giáo dục pháp luật của cơ quan vào trang WordPress: [pbgdpl], [pbgdpl_danh_sach], [pbgdpl_bai], [pbgdpl_tim_kiem].
 * Version: 1.1.0
 * Requires at least: 5.9
 * Requires PHP: 7.4
 * License: GPL-2.0-or-later
 * License URI: https://www.gnu.org/licenses/gpl-2.0.html
 * Text Domain: pbgdpl
 *
 * The section's HTML is fetched by this server (no script, indexable), kept for a minute, and its last good copy for a day.
 */

defined('ABSPATH') || exit;

require_once __DIR__ . '/fragment.php';
require_once __DIR__ . '/settings.php';

/** A key of 26 characters in Crockford base32, as the desk of the platform hands it out. */
function pbgdpl_is_key(string $key): bool
{
    return preg_match('/^[0-9a-hjkmnp-tv-z]{26}$/', $key) === 1;
}

/** The settings, each in its safe form; what is missing is ''. */
function pbgdpl_settings(): array
{
    $kept = get_option('pbgdpl', []);
    $kept = is_array($kept) ? $kept : [];
    return [
        'nhung' => untrailingslashit(is_string($kept['nhung'] ?? null) ? $kept['nhung'] : ''),
        'cong_khai' => untrailingslashit(is_string($kept['cong_khai'] ?? null) ? $kept['cong_khai'] : ''),
        'ma' => is_string($kept['ma'] ?? null) ? $kept['ma'] : '',
        'kieu' => ($kept['kieu'] ?? '') === 'khung' ? 'khung' : 'manh',
    ];
}

/** Whether there is an address and a key to ask with. */
function pbgdpl_is_ready(array $set): bool
{
    return preg_match('#^(https://[^/]+|http://(localhost|127\.0\.0\.1)(:\d+)?)$#', $set['nhung']) === 1 && pbgdpl_is_key($set['ma']);
}

/** What editors are told where something is to be done; readers see nothing of it. */
function pbgdpl_hint(string $text): string
{
    return current_user_can('edit_posts')
        ? '<p class="pbgdpl-nhac"><strong>' . esc_html($text) . '</strong></p>'
        : '';
}

/** A frame of the section as SECURITY wants it; the loader gives it its height where scripts run. */
function pbgdpl_frame(string $path, string $title, int $height): string
{
    $set = pbgdpl_settings();
    wp_enqueue_script('pbgdpl-nhung', $set['nhung'] . '/nhung.js', [], null, true);
    // A block of its own: themes centre and bound blocks, not what stands in a line.
    return sprintf(
        '<div class="pbgdpl-khung"><iframe src="%s" title="%s" loading="lazy" referrerpolicy="strict-origin" sandbox="allow-scripts allow-forms'
        . ' allow-same-origin allow-popups allow-popups-to-escape-sandbox allow-top-navigation-by-user-activation"'
        . ' width="100%%" height="%d"></iframe></div>',
        esc_url($set['nhung'] . '/k/' . $set['ma'] . '/' . $path),
        esc_attr($title),
        $height
    );
}

/** Fragment or frame, as the page, else the settings, want it. */
function pbgdpl_show(string $kind, array $query, string $path, string $title, int $height): string
{
    $set = pbgdpl_settings();
    if (!pbgdpl_is_ready($set)) {
        return pbgdpl_hint('Chưa đặt địa chỉ nhúng và mã: vào Cài đặt > Chuyên mục PBGDPL.');
    }
    $kind = in_array($kind, ['manh', 'khung'], true) ? $kind : $set['kieu'];
    return $kind === 'khung' ? pbgdpl_frame($path, $title, $height) : pbgdpl_fragment($query);
}

/** 1 to 20, as the service takes it. */
function pbgdpl_count($typed): int
{
    return max(1, min(20, (int) $typed));
}

/** A type of the service (tin, van-ban-moi, to-gap), or ''. */
function pbgdpl_type($typed): string
{
    $typed = (string) $typed;
    return preg_match('/^[a-z0-9-]{1,40}$/', $typed) === 1 ? $typed : '';
}

add_shortcode('pbgdpl', function ($given): string {
    $given = shortcode_atts(['kieu' => '', 'so' => 10, 'cao' => 900], $given, 'pbgdpl');
    return pbgdpl_show(
        (string) $given['kieu'],
        ['so' => pbgdpl_count($given['so'])],
        '',
        'Chuyên mục phổ biến, giáo dục pháp luật',
        max(200, (int) $given['cao'])
    );
});

add_shortcode('pbgdpl_danh_sach', function ($given): string {
    $given = shortcode_atts(['loai' => '', 'so' => 5, 'kieu' => '', 'cao' => 400], $given, 'pbgdpl_danh_sach');
    $query = array_filter(['loai' => pbgdpl_type($given['loai']), 'so' => pbgdpl_count($given['so'])]);
    return pbgdpl_show(
        (string) $given['kieu'],
        $query,
        'o/danh-sach?' . http_build_query($query, '', '&'),
        'Bài mới của chuyên mục phổ biến, giáo dục pháp luật',
        max(200, (int) $given['cao'])
    );
});

add_shortcode('pbgdpl_bai', function ($given): string {
    $given = shortcode_atts(['id' => '', 'kieu' => '', 'cao' => 900], $given, 'pbgdpl_bai');
    // The id alone, or the whole last part of the item's address: 05tm…hk8-ngay-phap-luat.
    if (preg_match('/^([0-9a-hjkmnp-tv-z]{26})(-[a-z0-9-]*)?$/', (string) $given['id'], $found) !== 1) {
        return pbgdpl_hint('Mã bài không đúng: chép phần sau «/bai/» trong địa chỉ của bài.');
    }
    return pbgdpl_show(
        (string) $given['kieu'],
        ['bai' => $found[1]],
        'bai/' . $found[0],
        'Bài của chuyên mục phổ biến, giáo dục pháp luật',
        max(200, (int) $given['cao'])
    );
});

add_shortcode('pbgdpl_tim_kiem', function ($given): string {
    $given = shortcode_atts(['cao' => 200], $given, 'pbgdpl_tim_kiem');
    // A form answers to what is typed: always a frame.
    return pbgdpl_show('khung', [], 'o/tim-kiem', 'Tìm trong chuyên mục pháp luật', max(120, (int) $given['cao']));
});

/** The loader only enlarges a frame: nothing waits for it. */
add_filter('script_loader_tag', function (string $tag, string $name): string {
    return $name === 'pbgdpl-nhung' && strpos($tag, ' async') === false ? str_replace(' src=', ' async src=', $tag) : $tag;
}, 10, 2);

/** What the service embeds by oEmbed is a frame: a registered provider is not put into WordPress' own sandbox. */
add_action('init', function (): void {
    $set = pbgdpl_settings();
    if ($set['cong_khai'] === '' || !pbgdpl_is_ready($set)) {
        return;
    }
    wp_oembed_add_provider($set['nhung'] . '/k/*', $set['cong_khai'] . '/oembed');
    wp_oembed_add_provider($set['cong_khai'] . '/*/bai/*', $set['cong_khai'] . '/oembed');
    // A pasted address of an own item becomes the item; of another agency's, oEmbed makes it a link with its title.
    $item = '#^' . preg_quote($set['cong_khai'], '#') . '/[a-z0-9-]+/bai/([0-9a-hjkmnp-tv-z]{26})(-[a-z0-9-]*)?$#';
    wp_embed_register_handler('pbgdpl', $item, function (array $found) {
        $html = pbgdpl_is_ready(pbgdpl_settings()) ? pbgdpl_fragment(['bai' => $found[1]]) : '';
        return strpos($html, '<section class="pbgdpl"') === false ? false : $html;
    });
});

/** A frame that came by oEmbed is as wide as its place, also on a telephone; the loader gives it its height. */
add_filter('embed_oembed_html', function ($html, $url) {
    $set = pbgdpl_settings();
    if ($set['nhung'] !== '' && strpos((string) $url, $set['nhung'] . '/k/') === 0) {
        wp_enqueue_script('pbgdpl-nhung', $set['nhung'] . '/nhung.js', [], null, true);
        $html = preg_replace('/ width="\d+"/', ' width="100%"', (string) $html, 1);
    }
    return $html;
}, 10, 2);
