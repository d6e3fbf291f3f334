<?php
/** Takes away the settings; kept copies end by themselves within a day. */

defined('WP_UNINSTALL_PLUGIN') || exit;

delete_option('pbgdpl');
