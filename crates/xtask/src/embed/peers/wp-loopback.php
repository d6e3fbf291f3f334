<?php
/** The service stands on this machine and on a port of its own: WordPress' guard against both is for the open network. */

add_filter('http_request_host_is_external', '__return_true');
add_filter('http_allowed_safe_ports', function (array $ports, string $host, string $url): array {
    return array_merge($ports, [(int) wp_parse_url($url, PHP_URL_PORT)]);
}, 10, 3);
