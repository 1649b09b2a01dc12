<?php
/**
 * The web server's rules, for PHP's own server: content from the shop's folder, the rest from the shared core,
 * unknown paths to WordPress.
 */

const KINDS = array(
	'js'    => 'text/javascript',
	'mjs'   => 'text/javascript',
	'css'   => 'text/css',
	'wasm'  => 'application/wasm',
	'json'  => 'application/json',
	'svg'   => 'image/svg+xml',
	'png'   => 'image/png',
	'jpg'   => 'image/jpeg',
	'gif'   => 'image/gif',
	'webp'  => 'image/webp',
	'woff2' => 'font/woff2',
	'woff'  => 'font/woff',
	'map'   => 'application/json',
);

$path = rawurldecode( (string) parse_url( $_SERVER['REQUEST_URI'], PHP_URL_PATH ) );
if ( str_contains( $path, '..' ) ) {
	http_response_code( 404 );
	return true;
}
if ( str_starts_with( $path, '/wp-content/' ) ) {
	$file = getenv( 'WOO_SITE' ) . '/content/' . substr( $path, strlen( '/wp-content/' ) );
	$kind = KINDS[ strtolower( pathinfo( $file, PATHINFO_EXTENSION ) ) ] ?? null;
	if ( null !== $kind && is_file( $file ) ) {
		header( 'Content-Type: ' . $kind );
		header( 'Cache-Control: no-cache' );
		readfile( $file );
		return true;
	}
	http_response_code( 404 );
	return true;
}
$file = $_SERVER['DOCUMENT_ROOT'] . $path;
if ( is_file( $file ) || ( str_ends_with( $path, '/' ) && is_file( $file . 'index.php' ) && '/' !== $path ) ) {
	return false;
}
if ( is_dir( $file ) && '/' !== $path ) {
	header( 'Location: ' . $path . '/', true, 301 );
	return true;
}
$_SERVER['SCRIPT_NAME'] = '/index.php';
$_SERVER['PHP_SELF']    = '/index.php';
chdir( $_SERVER['DOCUMENT_ROOT'] );
require $_SERVER['DOCUMENT_ROOT'] . '/index.php';
return true;
