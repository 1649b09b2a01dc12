<?php
/**
 * An order that is held only because nothing is decided yet can still be paid: the buyer finds the page that lives.
 *
 * @package AlliancePay\WooCommerce
 */

declare( strict_types=1 );

namespace AlliancePay\WooCommerce\Checkout;

use AlliancePay\WooCommerce\Order\Decision;
use AlliancePay\WooCommerce\Order\Record;

/** Keeps the order-pay page open. */
final class PayAgain {

	public function listen(): void {
		add_filter( 'woocommerce_valid_order_statuses_for_payment', array( $this, 'statuses' ), 10, 2 );
	}

	/**
	 * @param list<string>   $statuses
	 * @param \WC_Order|null $order
	 * @return list<string>
	 */
	public function statuses( $statuses, $order = null ): array {
		$undecided = Record::is_ours( $order ) && Decision::UNDECIDED === ( new Record( $order ) )->held();
		return $undecided ? array( ...$statuses, 'on-hold' ) : $statuses;
	}
}
