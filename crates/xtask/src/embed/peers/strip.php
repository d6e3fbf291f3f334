<?php
/** A page of a site whose editor lets frames and links through and takes scripts away, as many do. */

$pasted = file_get_contents(__DIR__ . '/' . basename($_GET['ma'] ?? '') . '.txt');
$kept = strip_tags((string) $pasted, '<p><a><iframe>');
echo str_replace('{chuyen-muc}', $kept, (string) file_get_contents(__DIR__ . '/host.html'));
