<?php
/**
 * The cart is emptied when the order is paid, not when the buyer comes back.
 *
 * @package AlliancePay\WooCommerce
 */

declare( strict_types=1 );

namespace AlliancePay\WooCommerce\Checkout;

use AlliancePay\WooCommerce\Gateway;
use WC_Order;

/** Holds WooCommerce back while nothing is paid. */
final class Cart {

	/** What WooCommerce empties the cart with. */
	private const CLEARS = 'wc_clear_cart_after_payment';

	public function listen(): void {
		// After the return page has caught up, before WooCommerce empties.
		add_action( 'template_redirect', array( $this, 'keep' ), 5 );
	}

	/** Older WooCommerce has no filter for it; taking the whole step away works in all. */
	public function keep(): void {
		foreach ( array( self::of_this_page(), self::of_this_session() ) as $order ) {
			if ( $order instanceof WC_Order && Gateway::ID === $order->get_payment_method() && ! $order->is_paid() ) {
				remove_action( 'template_redirect', self::CLEARS, 20 );
				remove_action( 'get_header', self::CLEARS );
			}
		}
	}

	private static function of_this_page() {
		return is_order_received_page() ? wc_get_order( absint( get_query_var( 'order-received' ) ) ) : null;
	}

	private static function of_this_session() {
		$awaiting = WC()->session ? absint( WC()->session->get( 'order_awaiting_payment' ) ) : 0;
		return $awaiting > 0 ? wc_get_order( $awaiting ) : null;
	}
}
