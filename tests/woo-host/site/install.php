<?php
/**
 * Installs WordPress into a shop's folder: tables, one administrator, the theme.
 *
 * Usage: php install.php CORE LOGIN PASSWORD
 */

[ , $core, $wanted_login, $wanted_password ] = $argv;
$_SERVER['HTTP_HOST']          = parse_url( getenv( 'WOO_URL' ), PHP_URL_HOST ) . ':' . parse_url( getenv( 'WOO_URL' ), PHP_URL_PORT );
$_SERVER['SERVER_PROTOCOL']    = 'HTTP/1.1';
$_SERVER['REQUEST_METHOD']     = 'GET';
define( 'WP_INSTALLING', true );
require $core . '/wp-load.php';
require_once ABSPATH . 'wp-admin/includes/upgrade.php';
wp_install( 'Zerno', $wanted_login, 'owner@shop.example', false, '', $wanted_password );
switch_theme( 'twentytwentyone' );
update_option( 'permalink_structure', '/%postname%/' );
update_option( 'timezone_string', 'Europe/Kyiv' );
