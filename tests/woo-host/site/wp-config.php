<?php
/**
 * WordPress settings of a test shop: one shared core, one small folder per shop.
 *
 * The shop's folder and address come from the environment, so that a copied folder is another shop at once.
 */

$site = getenv( 'WOO_SITE' );
$url  = getenv( 'WOO_URL' );
if ( ! $site || ! $url ) {
	exit( "WOO_SITE and WOO_URL say which shop is meant.\n" );
}

define( 'WP_HOME', $url );
define( 'WP_SITEURL', $url );
define( 'WP_CONTENT_DIR', $site . '/content' );
define( 'WP_CONTENT_URL', $url . '/wp-content' );

if ( getenv( 'WOO_DB_SOCKET' ) ) {
	define( 'DB_NAME', getenv( 'WOO_DB_NAME' ) );
	define( 'DB_USER', 'root' );
	define( 'DB_HOST', 'localhost:' . getenv( 'WOO_DB_SOCKET' ) );
} else {
	define( 'DB_NAME', 'shop' );
	define( 'DB_USER', 'nobody' );
	define( 'DB_HOST', 'localhost' );
	define( 'DB_DIR', $site . '/database' );
	define( 'DB_FILE', 'shop.sqlite' );
	// Readers do not wait for the writer: the shop answers a page, a webhook and the buyer's browser at once.
	define( 'SQLITE_JOURNAL_MODE', 'WAL' );
}
define( 'DB_PASSWORD', '' );
define( 'DB_CHARSET', 'utf8mb4' );
define( 'DB_COLLATE', '' );

// A test shop on loopback: its cookies open nothing else.
foreach ( array( 'AUTH_KEY', 'SECURE_AUTH_KEY', 'LOGGED_IN_KEY', 'NONCE_KEY', 'AUTH_SALT', 'SECURE_AUTH_SALT', 'LOGGED_IN_SALT', 'NONCE_SALT' ) as $name ) {
	define( $name, hash( 'sha256', $name . 'of a test shop' ) );
}
$table_prefix = 'wp_';

define( 'WP_DEBUG', true );
define( 'WP_DEBUG_LOG', $site . '/debug.log' );
define( 'WP_DEBUG_DISPLAY', false );
define( 'WP_HTTP_BLOCK_EXTERNAL', true );
define( 'WP_ACCESSIBLE_HOSTS', '127.0.0.1,localhost' );
define( 'DISABLE_WP_CRON', true );
define( 'AUTOMATIC_UPDATER_DISABLED', true );
define( 'CONCATENATE_SCRIPTS', false );
define( 'WP_ENVIRONMENT_TYPE', 'local' );

if ( ! defined( 'ABSPATH' ) ) {
	define( 'ABSPATH', __DIR__ . '/' );
}
require_once ABSPATH . 'wp-settings.php';
