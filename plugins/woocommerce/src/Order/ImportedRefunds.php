<?php
/**
 * Refunds made elsewhere (in the console, at the bank's office): WooCommerce gets a record of each, so that its books say
 * what the bank's do. No money is moved here.
 *
 * @package AlliancePay\WooCommerce
 */

declare( strict_types=1 );

namespace AlliancePay\WooCommerce\Order;

use AlliancePay\WooCommerce\Log;
use AlliancePay\WooCommerce\Money;
use WC_Order;

/** Writes down what is not written down yet. */
final class ImportedRefunds {

	public static function record( WC_Order $order, Record $record, Known $known ): void {
		if ( ! $order->get_date_paid() ) {
			return;
		}
		foreach ( $known->refunds() as $refund ) {
			$id = (string) ( $refund['refund'] ?? '' );
			if ( 'SUCCESS' !== ( $refund['state'] ?? '' ) || '' === $id || isset( $record->refunds()[ $id ] ) ) {
				continue;
			}
			$left  = Money::minor( (string) wc_format_decimal( $order->get_remaining_refund_amount(), 2 ) );
			$minor = min( (int) ( $refund['amount']['minor'] ?? 0 ), $left );
			if ( $minor <= 0 ) {
				continue;
			}
			$made = wc_create_refund(
				array(
					'order_id'       => $order->get_id(),
					'amount'         => Money::decimal( $minor ),
					'reason'         => (string) ( $refund['reason'] ?? '' ),
					'refund_payment' => false,
					'restock_items'  => false,
				)
			);
			if ( is_wp_error( $made ) ) {
				Log::error( "Order {$order->get_id()}: a refund made elsewhere could not be recorded: {$made->get_error_code()}" );
				continue;
			}
			$record->remember_refund( $id, $made->get_id() );
			$order->save_meta_data();
		}
	}
}
