<?php
/**
 * What stands in the payment box: the widget's option view, and words where it cannot run. No amount, no nonce, no token:
 * anything that varies would make WooCommerce throw the widget away at each update of the checkout.
 *
 * @package AlliancePay\WooCommerce
 */

declare( strict_types=1 );

namespace AlliancePay\WooCommerce\Checkout;

use AlliancePay\WooCommerce\Settings;
use const AlliancePay\WooCommerce\FILE;

/** Constant HTML. */
final class PaymentBox {

	/** Address of our mark. */
	public static function mark(): string {
		return plugins_url( 'assets/mark.svg', FILE );
	}

	public static function render( string $description ): void {
		if ( ( new Settings() )->shows_widget() ) {
			printf( '<alliancepay-checkout view="option" lang="%s" class="alliancepay-option"></alliancepay-checkout>', esc_attr( Scripts::language() ) );
		}
		if ( '' !== $description ) {
			printf( '<div class="alliancepay-words">%s</div>', wp_kses_post( wpautop( wptexturize( $description ) ) ) );
		}
	}
}
