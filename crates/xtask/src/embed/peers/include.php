<?php
/** A page of a PHP site that includes the recipe. */

require_once __DIR__ . '/pbgdpl.php';
echo str_replace('{chuyen-muc}', pbgdpl_manh(['so' => 5]), (string) file_get_contents(__DIR__ . '/host.html'));
