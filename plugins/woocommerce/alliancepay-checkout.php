<?php
/**
 * Plugin Name: AlliancePay Checkout for WooCommerce
 * Description: Card and account payments through AlliancePay. Talks to your merchant backend; card data never touches the shop.
 * Version: 0.1.0
 * Author: AlliancePay Checkout contributors
 * License: MIT OR Apache-2.0
 * Text Domain: alliancepay-checkout
 * Domain Path: /languages
 * Requires at least: 6.1
 * Requires PHP: 8.0
 * Requires Plugins: woocommerce
 * WC requires at least: 7.9
 * WC tested up to: 10.0
 *
 * @package AlliancePay\WooCommerce
 */

declare( strict_types=1 );

namespace AlliancePay\WooCommerce;

defined( 'ABSPATH' ) || exit;

const VERSION = '0.1.0';
const FILE    = __FILE__;

spl_autoload_register(
	static function ( string $name ): void {
		if ( str_starts_with( $name, __NAMESPACE__ . '\\' ) ) {
			$path = __DIR__ . '/src/' . str_replace( '\\', '/', substr( $name, strlen( __NAMESPACE__ ) + 1 ) ) . '.php';
			if ( is_file( $path ) ) {
				require $path;
			}
		}
	}
);

( new Plugin() )->listen();
