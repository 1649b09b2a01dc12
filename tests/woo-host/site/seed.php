<?php
/**
 * Connects a shop's gateway with its backend, as the settings page would.
 *
 * Usage: php seed.php CORE, with WOO_BACKEND, WOO_SHOP_KEY and WOO_WEBHOOK_SECRET in the environment, and WOO_ORDERS
 * where orders are to be kept as `posts`.
 */

[ , $core ]                = $argv;
$_SERVER['HTTP_HOST']      = parse_url( getenv( 'WOO_URL' ), PHP_URL_HOST ) . ':' . parse_url( getenv( 'WOO_URL' ), PHP_URL_PORT );
$_SERVER['REQUEST_METHOD'] = 'GET';
require $core . '/wp-load.php';

update_option(
	AlliancePay\WooCommerce\Settings::OPTION,
	array(
		'enabled'        => 'yes',
		'backend_url'    => getenv( 'WOO_BACKEND' ),
		'shop_key'       => AlliancePay\WooCommerce\Secrets::seal( getenv( 'WOO_SHOP_KEY' ) ),
		'webhook_secret' => AlliancePay\WooCommerce\Secrets::seal( getenv( 'WOO_WEBHOOK_SECRET' ) ),
		'products'       => 'all',
		'show_widget'    => 'yes',
		'show_console'   => 'yes',
		'debug'          => 'yes',
	)
);

if ( 'posts' === getenv( 'WOO_ORDERS' ) ) {
	update_option( 'woocommerce_custom_orders_table_enabled', 'no' );
}
