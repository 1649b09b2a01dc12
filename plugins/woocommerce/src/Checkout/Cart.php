<?php
/**
 * The cart is emptied when the order is paid, not when the buyer comes back.
 *
 * @package AlliancePay\WooCommerce
 */

declare( strict_types=1 );

namespace AlliancePay\WooCommerce\Checkout;

use AlliancePay\WooCommerce\Gateway;
use AlliancePay\WooCommerce\Order\Record;
use WC_Order;

/** Holds WooCommerce back while nothing is paid. */
final class Cart {

	/** What WooCommerce empties the cart with before a page is shown. */
	private const CLEARS = 'wc_clear_cart_after_payment';
	/** What it takes out of the session with the cart, and the order that the checkout goes on with. */
	private const KEPT = array( 'cart', 'cart_totals', 'applied_coupons', 'coupon_discount_totals', 'coupon_discount_tax_totals', 'removed_cart_contents', 'chosen_shipping_methods', self::AWAITING );
	/** How the session names that order, and how the Blocks checkout names its own. */
	private const AWAITING  = 'order_awaiting_payment';
	private const OF_BLOCKS = 'store_api_draft_order';

	/** @var array<string, mixed> */
	private array $kept = array();

	public function listen(): void {
		// After the return page has caught up, before WooCommerce empties.
		add_action( 'template_redirect', array( $this, 'keep' ), 5 );
	}

	/** Older WooCommerce has no filter for it; taking the whole step away works in all. */
	public function keep(): void {
		$shown = self::of_this_page();
		if ( ! WC()->session ) {
			return;
		}
		if ( $shown instanceof WC_Order && absint( WC()->session->get( self::OF_BLOCKS ) ) === $shown->get_id() ) {
			// Named like an order of the other checkout, it has WooCommerce empty the cart once it is paid; and an order that the
			// buyer has left for this one holds nothing back.
			WC()->session->set( self::AWAITING, $shown->get_id() );
		}
		if ( ! ( self::is_unpaid( $shown ) || self::is_unpaid( self::awaiting_order() ) ) ) {
			return;
		}
		remove_action( 'template_redirect', self::CLEARS, 20 );
		remove_action( 'get_header', self::CLEARS );
		if ( is_order_received_page() ) {
			// The page itself empties too, whatever became of the payment, and asks nobody: it is put back.
			foreach ( self::KEPT as $name ) {
				$this->kept[ $name ] = WC()->session->get( $name );
			}
			// After WooCommerce has emptied the session.
			add_action( 'woocommerce_cart_emptied', array( $this, 'put_back' ), 20 );
		}
	}

	public function put_back(): void {
		foreach ( $this->kept as $name => $value ) {
			WC()->session->set( $name, $value );
		}
		WC()->cart->get_cart_from_session();
	}

	/** The order that this visitor's checkout goes on with. */
	public static function awaiting_order(): ?WC_Order {
		$awaiting = WC()->session ? absint( WC()->session->get( self::AWAITING ) ) : 0;
		$order    = $awaiting > 0 ? wc_get_order( $awaiting ) : null;
		return $order instanceof WC_Order ? $order : null;
	}

	private static function of_this_page() {
		return is_order_received_page() ? wc_get_order( absint( get_query_var( 'order-received' ) ) ) : null;
	}

	private static function is_unpaid( $order ): bool {
		if ( ! $order instanceof WC_Order || Gateway::ID !== $order->get_payment_method() || $order->is_paid() ) {
			return false;
		}
		// Held for a person's decision, an order is not paid to WooCommerce, and not to be bought again either.
		$known = ( new Record( $order ) )->known();
		return null === $known || ! $known->has_money_come();
	}
}
