<?php
/** Takes away the settings and the copies, on every site of a network. */

defined('WP_UNINSTALL_PLUGIN') || exit;

/** Of the present site. */
function pbgdpl_uninstall(): void
{
    global $wpdb;
    delete_option('pbgdpl');
    foreach (['_transient_pbgdpl_', '_transient_timeout_pbgdpl_'] as $start) {
        $like = $wpdb->esc_like($start) . '%';
        $wpdb->query($wpdb->prepare("DELETE FROM {$wpdb->options} WHERE option_name LIKE %s", $like));
    }
}

if (is_multisite()) {
    foreach (get_sites(['fields' => 'ids', 'number' => 0]) as $pbgdpl_site) {
        switch_to_blog((int) $pbgdpl_site);
        pbgdpl_uninstall();
        restore_current_blog();
    }
} else {
    pbgdpl_uninstall();
}
