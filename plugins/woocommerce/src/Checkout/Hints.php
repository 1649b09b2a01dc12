<?php
/**
 * Hints in the head of the pages that show the widget: its wasm and its words come beside its script, not after it. No
 * `integrity` in them: browsers take none for such files, and the script checks both itself.
 *
 * @package AlliancePay\WooCommerce
 */

declare( strict_types=1 );

namespace AlliancePay\WooCommerce\Checkout;

use AlliancePay\WooCommerce\Order\Record;
use AlliancePay\WooCommerce\Settings;
use const AlliancePay\WooCommerce\FILE;

/** Hints. */
final class Hints {

	/** The script has the names of these words itself; it looks the others up in a list. */
	private const AT_HAND = array( 'uk', 'en' );

	public function listen(): void {
		add_filter( 'wp_preload_resources', array( $this, 'add' ) );
	}

	/**
	 * @param mixed $all
	 * @return mixed
	 */
	public function add( $all ) {
		if ( ! is_array( $all ) || ! self::widget_is_sure() ) {
			return $all;
		}
		$patterns = array( 'alliancepay-*.wasm', 'alliancepay-' . self::words() . '-*.json' );
		if ( ! in_array( self::language(), self::AT_HAND, true ) ) {
			$patterns[] = 'alliancepay-more-*.json';
		}
		foreach ( $patterns as $pattern ) {
			// The names carry hashes. One that cannot be told is left out: a wrong hint is a wasted download.
			$files = glob( dirname( FILE ) . '/assets/widget/' . $pattern );
			if ( is_array( $files ) && 1 === count( $files ) ) {
				$all[] = array(
					'href'        => plugins_url( 'assets/widget/' . basename( $files[0] ), FILE ),
					'as'          => 'fetch',
					'crossorigin' => 'anonymous',
				);
			}
		}
		return $all;
	}

	/** The Blocks checkout shows the widget only to whoever chooses our method. */
	private static function widget_is_sure(): bool {
		$settings = new Settings();
		if ( ! is_checkout() || ! $settings->is_complete() ) {
			return false;
		}
		if ( is_order_received_page() ) {
			return Record::is_ours( wc_get_order( absint( get_query_var( 'order-received' ) ) ) );
		}
		return $settings->shows_widget() && ! has_block( 'woocommerce/checkout' );
	}

	private static function language(): string {
		return strtolower( (string) strtok( Scripts::language(), '-' ) );
	}

	/** The language of the words that the widget will load: English where it has no others. */
	private static function words(): string {
		$language = self::language();
		$is_known = 1 === preg_match( '/^[a-z]{2}$/', $language ) && array() !== (array) glob( dirname( FILE ) . "/assets/widget/alliancepay-$language-*.json" );
		return $is_known ? $language : 'en';
	}
}
