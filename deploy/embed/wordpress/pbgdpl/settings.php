<?php
/** Cài đặt > Chuyên mục PBGDPL: two addresses, the key, and what comes by itself. */

defined('ABSPATH') || exit;

/** An address without a path, https wherever it is not this machine. */
function pbgdpl_clean_address(string $typed): string
{
    $parts = wp_parse_url(trim($typed));
    $host = is_array($parts) ? strtolower((string) ($parts['host'] ?? '')) : '';
    if (preg_match('/^[a-z0-9]([a-z0-9.-]*[a-z0-9])?$/', $host) !== 1 || isset($parts['user']) || isset($parts['pass'])) {
        return '';
    }
    $scheme = strtolower((string) ($parts['scheme'] ?? ''));
    $here = $host === 'localhost' || $host === '127.0.0.1';
    if ($scheme !== 'https' && !($scheme === 'http' && $here)) {
        return '';
    }
    $port = isset($parts['port']) ? ':' . (int) $parts['port'] : '';
    return esc_url_raw($scheme . '://' . $host . $port, ['https', 'http']);
}

/** What is kept of what was typed. A snippet pasted whole into the field of the key is read too. */
function pbgdpl_clean($typed): array
{
    $text = [];
    foreach (['nhung', 'cong_khai', 'ma', 'kieu'] as $field) {
        $text[$field] = is_array($typed) && is_scalar($typed[$field] ?? null) ? trim((string) $typed[$field]) : '';
    }
    $typed = $text;
    $key = $typed['ma'];
    // The snippet stands as HTML: nothing of it is kept but the address and the key.
    if (preg_match('#(https?://[^/"\s]+)/k/([0-9a-hjkmnp-tv-z]{26})#', $key, $found) === 1) {
        $typed['nhung'] = $typed['nhung'] !== '' ? $typed['nhung'] : $found[1];
        $key = $found[2];
    }
    $clean = [
        'nhung' => pbgdpl_clean_address($typed['nhung']),
        'cong_khai' => pbgdpl_clean_address($typed['cong_khai']),
        'ma' => pbgdpl_is_key($key) ? $key : '',
        'kieu' => $typed['kieu'] === 'khung' ? 'khung' : 'manh',
    ];
    if ($clean['nhung'] === '') {
        add_settings_error('pbgdpl', 'nhung', 'Địa chỉ nhúng chưa đúng, hoặc không bắt đầu bằng https. Ví dụ: https://nhung.pbgdpl.example.vn');
    }
    if ($clean['cong_khai'] === '' && $typed['cong_khai'] !== '') {
        add_settings_error('pbgdpl', 'cong_khai', 'Địa chỉ công khai chưa đúng nên chưa được lưu. Ví dụ: https://pbgdpl.example.vn');
    }
    if ($clean['ma'] === '') {
        add_settings_error('pbgdpl', 'ma', 'Mã chưa đúng: mã có 26 chữ và số, lấy ở mục «Gắn vào trang của cơ quan».');
    }
    return $clean;
}

/** One line of the form. */
function pbgdpl_line(string $field, string $label, string $hint): void
{
    $value = pbgdpl_settings()[$field];
    printf(
        '<tr><th scope="row"><label for="pbgdpl-%1$s">%2$s</label></th><td><input class="regular-text code" type="text"'
        . ' id="pbgdpl-%1$s" name="pbgdpl[%1$s]" value="%3$s" autocomplete="off" aria-describedby="pbgdpl-%1$s-goi-y">'
        . '<p class="description" id="pbgdpl-%1$s-goi-y">%4$s</p></td></tr>',
        esc_attr($field),
        esc_html($label),
        esc_attr($value),
        esc_html($hint)
    );
}

/** What the service answers now, in words. */
function pbgdpl_state(): string
{
    $set = pbgdpl_settings();
    if ($set['nhung'] === '' || $set['ma'] === '') {
        return 'Điền địa chỉ nhúng và mã rồi bấm Lưu.';
    }
    $answer = pbgdpl_ask($set['nhung'] . '/k/' . $set['ma'] . '/manh?so=1');
    if (is_wp_error($answer)) {
        return 'Máy chủ này không gọi được địa chỉ nhúng: ' . $answer->get_error_message()
            . '. Nhờ người quản trị máy chủ mở kết nối ra ngoài tới địa chỉ đó.';
    }
    switch ((int) wp_remote_retrieve_response_code($answer)) {
        case 200:
            return 'Kết nối tốt. Đặt [pbgdpl] vào một trang để hiện chuyên mục.';
        case 404:
            return 'Hệ thống không có mã này. Chép lại mã ở mục «Gắn vào trang của cơ quan».';
        default:
            return 'Hệ thống đang bận, thử lại sau ít phút. Trang vẫn hiện bản đã lưu gần nhất.';
    }
}

/** The page. */
function pbgdpl_settings_page(): void
{
    if (!current_user_can('manage_options')) {
        return;
    }
    $kind = pbgdpl_settings()['kieu'];
    echo '<div class="wrap"><h1>Chuyên mục PBGDPL</h1>';
    echo '<p><strong>' . esc_html(pbgdpl_state()) . '</strong></p>';
    echo '<form method="post" action="options.php">';
    settings_fields('pbgdpl');
    echo '<table class="form-table" role="presentation">';
    pbgdpl_line('nhung', 'Địa chỉ nhúng', 'Phần đầu của mã dán, đến trước «/k/». Ví dụ: https://nhung.pbgdpl.example.vn');
    pbgdpl_line('ma', 'Mã của trang này', '26 chữ và số sau «/k/» trong mã dán. Dán nguyên mã dán vào đây cũng được.');
    pbgdpl_line('cong_khai', 'Địa chỉ công khai', 'Không bắt buộc. Có địa chỉ này thì dán đường dẫn một bài vào trang là hiện bài.');
    echo '<tr><th scope="row">Cách hiện</th><td><fieldset><legend class="screen-reader-text">Cách hiện</legend>';
    foreach (['manh' => 'Nội dung nằm ngay trong trang (nên dùng): máy tìm kiếm đọc được, không cần mã kịch bản',
        'khung' => 'Khung: giữ nguyên giao diện của chuyên mục'] as $value => $label) {
        printf(
            '<label><input type="radio" name="pbgdpl[kieu]" value="%s"%s> %s</label><br>',
            esc_attr($value),
            checked($kind, $value, false),
            esc_html($label)
        );
    }
    echo '</fieldset></td></tr></table>';
    submit_button('Lưu');
    echo '</form><h2>Mã ngắn</h2><ul class="ul-disc">'
        . '<li><code>[pbgdpl]</code> chuyên mục</li>'
        . '<li><code>[pbgdpl_danh_sach loai="tin" so="5"]</code> bài mới; loại: tin, van-ban-moi, to-gap</li>'
        . '<li><code>[pbgdpl_bai id="…"]</code> một bài; id là phần sau «/bai/» trong địa chỉ của bài</li>'
        . '<li><code>[pbgdpl_tim_kiem]</code> ô tìm kiếm</li>'
        . '</ul><p>Thêm <code>kieu="khung"</code> hoặc <code>kieu="manh"</code> để đổi cách hiện ở một chỗ.</p></div>';
}

add_action('admin_menu', function (): void {
    add_options_page('Chuyên mục PBGDPL', 'Chuyên mục PBGDPL', 'manage_options', 'pbgdpl', 'pbgdpl_settings_page');
});

add_action('admin_init', function (): void {
    register_setting('pbgdpl', 'pbgdpl', ['type' => 'array', 'sanitize_callback' => 'pbgdpl_clean', 'default' => [], 'show_in_rest' => false]);
});

add_filter('plugin_action_links_pbgdpl/pbgdpl.php', function (array $links): array {
    $page = '<a href="' . esc_url(admin_url('options-general.php?page=pbgdpl')) . '">Cài đặt</a>';
    return array_merge([$page], $links);
});
