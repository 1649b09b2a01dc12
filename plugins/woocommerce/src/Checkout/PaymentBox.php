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

/** Constant HTML. */
final class PaymentBox {

	public static function render( string $description ): void {
		if ( ( new Settings() )->shows_widget() ) {
			printf( '<alliancepay-checkout view="option" lang="%s" class="alliancepay-option"></alliancepay-checkout>', esc_attr( Scripts::language() ) );
		}
		if ( '' !== $description ) {
			printf( '<div class="alliancepay-words">%s</div>', wp_kses_post( wpautop( wptexturize( $description ) ) ) );
		}
	}
}
