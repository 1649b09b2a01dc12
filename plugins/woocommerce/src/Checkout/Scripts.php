<?php
/**
 * The widget's script on the pages that show it. From the shop's own hosting: no other origin is needed for it.
 *
 * @package AlliancePay\WooCommerce
 */

declare( strict_types=1 );

namespace AlliancePay\WooCommerce\Checkout;

use AlliancePay\WooCommerce\Settings;
use const AlliancePay\WooCommerce\FILE;
use const AlliancePay\WooCommerce\VERSION;

/** Enqueues. */
final class Scripts {

	public const WIDGET = 'alliancepay-widget';

	public function listen(): void {
		add_action( 'wp_enqueue_scripts', array( $this, 'on_checkout' ) );
	}

	/** Checkout, order-pay and order-received alike. */
	public function on_checkout(): void {
		self::register();
		if ( ! is_checkout() || ! ( new Settings() )->is_complete() ) {
			return;
		}
		wp_enqueue_script( self::WIDGET );
		wp_enqueue_style( 'alliancepay-checkout', plugins_url( 'assets/checkout.css', FILE ), array(), VERSION );
	}

	/** Makes the widget's script known; it is loaded where it is wanted. */
	public static function register(): void {
		if ( ! wp_script_is( self::WIDGET, 'registered' ) ) {
			// The bundle names its wasm by hash; the version in the address renews the loader with the plugin.
			wp_register_script( self::WIDGET, plugins_url( 'assets/widget/alliancepay.js', FILE ), array(), VERSION, true );
		}
	}

	/** Whole tag of the page's language, for the widget. */
	public static function language(): string {
		return str_replace( '_', '-', determine_locale() );
	}
}
