<?php
/**
 * Writes posts as people would, and prints their addresses. Standard input: posts as
 * {"name": {"by": "quantri" or "tacgia", "text": "…"}}. An author has no `unfiltered_html`: WordPress filters what it saves.
 */

$_SERVER['HTTP_HOST'] = parse_url(getenv('WORDPRESS_HOME'), PHP_URL_HOST);
require_once __DIR__ . '/wp-load.php';

$order = json_decode(stream_get_contents(STDIN), true, 16, JSON_THROW_ON_ERROR);
if (!get_user_by('login', 'tacgia')) {
    wp_insert_user(['user_login' => 'tacgia', 'user_pass' => 'mat-khau-thu', 'user_email' => 'tacgia@example.vn', 'role' => 'author']);
}
$addresses = [];
foreach ($order as $name => $post) {
    // Sets or takes away the filters of what is saved, as a sign-in does.
    wp_set_current_user(get_user_by('login', $post['by'])->ID);
    $id = wp_insert_post(wp_slash([
        'post_title' => 'Chuyên mục pháp luật: ' . $name,
        'post_content' => $post['text'],
        'post_status' => 'publish',
        'post_author' => get_current_user_id(),
        'comment_status' => 'closed',
    ]), true);
    if (is_wp_error($id)) {
        fwrite(STDERR, $id->get_error_message());
        exit(1);
    }
    $addresses[$name] = get_permalink($id);
}
echo json_encode($addresses);
