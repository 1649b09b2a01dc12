<?php
/**
 * An order that is held only because nothing is decided yet can still be paid: the buyer finds the page that lives, from
 * order-pay and from the checkout.
 *
 * @package AlliancePay\WooCommerce
 */

declare( strict_types=1 );

namespace AlliancePay\WooCommerce\Checkout;

use AlliancePay\WooCommerce\Order\Decision;
use AlliancePay\WooCommerce\Order\Fresh;
use AlliancePay\WooCommerce\Order\Lock;
use AlliancePay\WooCommerce\Order\Record;
use AlliancePay\WooCommerce\Payment;
use AlliancePay\WooCommerce\PaymentRefused;
use AlliancePay\WooCommerce\Words;
use RuntimeException;
use WC_Order;

/** Keeps the order-pay page open, and one order for one cart. */
final class PayAgain {

	public function listen(): void {
		add_filter( 'woocommerce_valid_order_statuses_for_payment', array( $this, 'statuses' ), 10, 2 );
		add_action( 'woocommerce_before_checkout_process', array( $this, 'take_up' ) );
	}

	/**
	 * @param list<string>   $statuses
	 * @param \WC_Order|null $order
	 * @return list<string>
	 */
	public function statuses( $statuses, $order = null ): array {
		return self::is_undecided( $order ) ? array( ...$statuses, 'on-hold' ) : $statuses;
	}

	/**
	 * The checkout goes on with an order that is pending, and would make another one beside an order that is on hold.
	 *
	 * @throws PaymentRefused When news of the order are being written down; WooCommerce says so, and the next press is well.
	 */
	public function take_up(): void {
		$order = Cart::awaiting_order();
		if ( ! self::is_held( $order ) ) {
			return;
		}
		try {
			Lock::during(
				(string) $order->get_id(),
				static function () use ( $order ): void {
					$now = Fresh::order( $order->get_id() );
					if ( self::is_held( $now ) ) {
						Payment::is_awaited( $now );
					}
				}
			);
		} catch ( RuntimeException $busy ) {
			throw new PaymentRefused( Words::refused( 'unavailable' ) );
		}
	}

	private static function is_held( ?WC_Order $order ): bool {
		return self::is_undecided( $order ) && 'on-hold' === $order->get_status();
	}

	private static function is_undecided( $order ): bool {
		return Record::is_ours( $order ) && Decision::UNDECIDED === ( new Record( $order ) )->held();
	}
}
