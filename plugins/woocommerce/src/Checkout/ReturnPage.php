<?php
/**
 * The order-received page: asks how the payment stands, then shows the widget waiting for the outcome, with true words
 * where it cannot run. Shown to whoever has the order's key; it tells nothing about a person.
 *
 * @package AlliancePay\WooCommerce
 */

declare( strict_types=1 );

namespace AlliancePay\WooCommerce\Checkout;

use AlliancePay\WooCommerce\Gateway;
use AlliancePay\WooCommerce\Log;
use AlliancePay\WooCommerce\Order\Known;
use AlliancePay\WooCommerce\Order\Record;
use AlliancePay\WooCommerce\Order\Sync;
use AlliancePay\WooCommerce\Payment;
use AlliancePay\WooCommerce\Settings;
use RuntimeException;
use WC_Order;

/** The way back from the bank. */
final class ReturnPage {

	private bool $is_shown = false;
	/** Whether the backend answered for this page; one that is silent is not waited for twice. */
	private bool $is_told = true;

	public function listen(): void {
		add_action( 'wp', array( $this, 'catch_up' ) );
		add_action( 'woocommerce_thankyou_' . Gateway::ID, array( $this, 'show' ) );
		add_filter( 'the_content', array( $this, 'show_anyway' ), 99 );
	}

	/** Before anything is shown: what does the backend know? Its answer may be newer than any webhook. */
	public function catch_up(): void {
		$order = self::order();
		if ( null === $order || $order->is_paid() ) {
			return;
		}
		// phpcs:ignore WordPress.Security.NonceVerification -- the bank's redirect carries no nonce; the order's key was checked.
		$returned = isset( $_GET['alliancepay_session'] );
		try {
			Sync::from_backend( $order, $returned );
		} catch ( RuntimeException $problem ) {
			$this->is_told = false;
			Log::error( "Order {$order->get_id()}: the returning buyer could not be told more: {$problem->getMessage()}" );
		}
	}

	/**
	 * In WooCommerce's own place.
	 *
	 * @param int $order_id
	 */
	public function show( $order_id ): void {
		$order = wc_get_order( $order_id );
		if ( Record::is_ours( $order ) && ! $this->is_shown ) {
			$this->is_shown = true;
			echo $this->html( $order ); // phpcs:ignore WordPress.Security.EscapeOutput -- escaped there.
		}
	}

	/**
	 * WooCommerce asks guests for their e-mail address when they come late or in another browser, and calls no hook then.
	 * How the payment stands is told all the same.
	 *
	 * @param string $content
	 */
	public function show_anyway( $content ): string {
		$order = $this->is_shown || ! in_the_loop() || ! is_main_query() ? null : self::order();
		if ( null === $order ) {
			return (string) $content;
		}
		$this->is_shown = true;
		return $this->html( $order ) . $content;
	}

	/** The order of this page, if the page names one of ours with its key. */
	private static function order(): ?WC_Order {
		if ( ! function_exists( 'is_order_received_page' ) || ! is_order_received_page() ) {
			return null;
		}
		$order = wc_get_order( absint( get_query_var( 'order-received' ) ) );
		// phpcs:ignore WordPress.Security.NonceVerification -- the key is what opens this page.
		$key = isset( $_GET['key'] ) ? wc_clean( wp_unslash( $_GET['key'] ) ) : '';
		// A buyer may come back from a page of ours to an order that another payment method has taken over since.
		$is_told = Record::is_ours( $order ) || ( Record::is_put( $order ) && isset( $_GET['alliancepay_session'] ) );
		return $is_told && is_string( $key ) && hash_equals( $order->get_order_key(), $key ) ? $order : null;
	}

	private function html( WC_Order $order ): string {
		$record  = new Record( $order );
		$known   = $record->known();
		$again   = null !== $known && in_array( $known->state(), array( 'REJECTED', 'CANCELLED' ), true ) && $order->needs_payment()
			? sprintf( '<p><a class="button" href="%s">%s</a></p>', esc_url( $order->get_checkout_payment_url() ), esc_html__( 'Pay again', 'alliancepay-checkout' ) )
			: '';
		$token   = $this->is_told ? Payment::token( $order ) : '';
		$session = self::session( $record, $known );
		$words   = sprintf( '<p class="alliancepay-status" role="status">%s</p>%s', esc_html( self::words( $known ) ), $again );
		if ( '' === $token && '' === $session ) {
			// Nothing the widget could ask by.
			return '<section class="alliancepay-return">' . $words . '</section>';
		}
		return sprintf(
			'<section class="alliancepay-return"><alliancepay-checkout view="status" backend="%1$s" order="%2$s" session="%3$s"%4$s lang="%5$s">%6$s</alliancepay-checkout></section>',
			esc_attr( ( new Settings() )->backend() ),
			esc_attr( $record->name() ),
			esc_attr( $session ),
			'' === $token ? '' : ' order-token="' . esc_attr( $token ) . '"',
			esc_attr( Scripts::language() ),
			$words
		);
	}

	/** The attempt that tells how the order stands: the widget may have opened others than this shop has. */
	private static function session( Record $record, ?Known $known ): string {
		$attempt = null === $known ? '' : (string) ( $known->attempt()['session'] ?? '' );
		return '' === $attempt ? $record->session() : $attempt;
	}

	/** For a page without the widget. */
	private static function words( ?Known $known ): string {
		if ( null !== $known && $known->holds_money() ) {
			return __( 'Your payment has arrived. Thank you.', 'alliancepay-checkout' );
		}
		return match ( null === $known ? '' : $known->state() ) {
			'REFUNDED'  => __( 'Your payment was given back.', 'alliancepay-checkout' ),
			'REJECTED'  => __( 'The bank declined the payment. Nothing was charged. You can pay again.', 'alliancepay-checkout' ),
			'CANCELLED' => __( 'The payment was not made. Nothing was charged. You can pay again.', 'alliancepay-checkout' ),
			default     => __( 'We are waiting for the bank’s confirmation. You will not be charged twice. Reload this page in a minute to see the result.', 'alliancepay-checkout' ),
		};
	}
}
