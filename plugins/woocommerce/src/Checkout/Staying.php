<?php
/**
 * Staying on the checkout once the order is placed: the answer is a fragment instead of the bank's page, and the page's
 * script goes on with the widget, where the buyer chooses the way to pay or pays on a phone. Only for a page that asks for
 * it: without the script, in Blocks and on order-pay the answer is the bank's page as ever.
 *
 * @package AlliancePay\WooCommerce
 */

declare( strict_types=1 );

namespace AlliancePay\WooCommerce\Checkout;

use AlliancePay\WooCommerce\Order\Record;
use AlliancePay\WooCommerce\Payment;
use AlliancePay\WooCommerce\Settings;
use WC_Order;
use const AlliancePay\WooCommerce\FILE;
use const AlliancePay\WooCommerce\VERSION;

/** The fragment, and the page's question about the order behind it. */
final class Staying {

	private const ASK    = 'alliancepay_order';
	private const SCRIPT = 'alliancepay-stay';
	/** A field that the script puts into the form while the widget lives. */
	private const FIELD = 'alliancepay_stay';

	public function listen(): void {
		add_action( 'wc_ajax_' . self::ASK, array( $this, 'answer' ) );
		// Before the widget's own script: the script waits for the widget's first sign of life.
		add_action( 'wp_enqueue_scripts', array( $this, 'enqueue' ), 5 );
	}

	/** Whether the page that sends the order can go on by itself. */
	public static function is_asked(): bool {
		// phpcs:ignore WordPress.Security.NonceVerification -- WooCommerce has checked its nonce before it asks the gateway.
		return ( new Settings() )->stays() && 'checkout' === ( $_GET['wc-ajax'] ?? '' ) && isset( $_POST[ self::FIELD ] );
	}

	/** Where the page finds the order again, also after a reload. */
	public static function fragment( WC_Order $order ): string {
		return '#alliancepay-' . $order->get_id();
	}

	public function enqueue(): void {
		if ( ! is_checkout() || is_order_received_page() || is_checkout_pay_page() || ! ( new Settings() )->stays() ) {
			return;
		}
		wp_enqueue_script( self::SCRIPT, plugins_url( 'assets/stay.js', FILE ), array(), VERSION, true );
		wp_localize_script(
			self::SCRIPT,
			'alliancepayStay',
			array(
				'ask'      => add_query_arg( 'wc-ajax', self::ASK, home_url( '/' ) ),
				'language' => Scripts::language(),
				/* translators: %s: order number */
				'title'    => __( 'Order %s is placed. Pay it here.', 'alliancepay-checkout' ),
				'pay'      => __( 'Go to the bank’s page', 'alliancepay-checkout' ),
				'failed'   => __( 'The payment could not be opened here.', 'alliancepay-checkout' ),
				'again'    => __( 'Try again', 'alliancepay-checkout' ),
				'back'     => __( 'Back to the order form', 'alliancepay-checkout' ),
			)
		);
	}

	/** What the widget needs for the order of this visitor; for an order that has been decided, where it is told. */
	public function answer(): void {
		nocache_headers();
		// phpcs:ignore WordPress.Security.NonceVerification -- a question; the visitor's session says whose order it is.
		$order = self::of_this_visitor( absint( $_GET['order'] ?? 0 ) );
		if ( null === $order ) {
			wp_send_json( array(), 404 );
		}
		$told = array( 'received' => $order->get_checkout_order_received_url() );
		if ( ! $order->needs_payment() ) {
			wp_send_json( $told );
		}
		$token = Payment::token( $order );
		if ( '' === $token ) {
			wp_send_json( array(), 502 );
		}
		wp_send_json(
			$told + array(
				'orderToken' => $token,
				'order'      => ( new Record( $order ) )->name(),
				'number'     => $order->get_order_number(),
				'backend'    => ( new Settings() )->backend(),
			)
		);
	}

	private static function of_this_visitor( int $id ): ?WC_Order {
		$placed = WC()->session ? absint( WC()->session->get( 'order_awaiting_payment' ) ) : 0;
		$order  = $id > 0 && $id === $placed ? wc_get_order( $id ) : null;
		return Record::is_ours( $order ) ? $order : null;
	}
}
