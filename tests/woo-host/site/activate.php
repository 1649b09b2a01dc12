<?php
/**
 * Activates one plugin in a process of its own, as an administrator's click does.
 *
 * Usage: php activate.php CORE PLUGIN
 */

// WordPress loads into this very scope: plain names would be overwritten.
[ , $core, $wanted_plugin ] = $argv;
$_SERVER['HTTP_HOST']      = parse_url( getenv( 'WOO_URL' ), PHP_URL_HOST ) . ':' . parse_url( getenv( 'WOO_URL' ), PHP_URL_PORT );
$_SERVER['REQUEST_METHOD'] = 'GET';
require $core . '/wp-load.php';
require_once ABSPATH . 'wp-admin/includes/plugin.php';
wp_set_current_user( 1 );
$result = activate_plugin( $wanted_plugin );
if ( is_wp_error( $result ) ) {
	fwrite( STDERR, $wanted_plugin . ': ' . $result->get_error_message() . "\n" );
	exit( 1 );
}
