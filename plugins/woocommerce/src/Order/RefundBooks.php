<?php
/**
 * Keeps WooCommerce's books of refunds in step with the bank's. Refunds made elsewhere (in the console, at the bank's
 * office) get a record; the record of one that the bank refused in the end is taken back. No money is moved here.
 *
 * @package AlliancePay\WooCommerce
 */

declare( strict_types=1 );

namespace AlliancePay\WooCommerce\Order;

use AlliancePay\WooCommerce\Log;
use AlliancePay\WooCommerce\Money;
use AlliancePay\WooCommerce\RefundWords;
use WC_Order;
use WC_Order_Refund;

/** Writes down what is missing, takes back what did not happen. */
final class RefundBooks {

	public static function settle( WC_Order $order, Record $record, Known $known ): void {
		// Held for a person's decision, an order was never paid to WooCommerce, and its money may go back all the same.
		$is_held = ! in_array( $record->held(), array( '', Decision::UNDECIDED, Decision::REFUNDED ), true );
		if ( ! $order->get_date_paid() && ! $is_held ) {
			return;
		}
		foreach ( $known->refunds() as $refund ) {
			$id       = (string) ( $refund['refund'] ?? '' );
			$recorded = $record->refunds()[ $id ] ?? null;
			$state    = $refund['state'] ?? '';
			if ( 'SUCCESS' === $state && null === $recorded && '' !== $id ) {
				self::write( $order, $record, $refund );
			} elseif ( 'FAILED' === $state && null !== $recorded && 0 < $recorded ) {
				self::take_back( $order, $record, $refund, $recorded );
			}
		}
	}

	/** @param array<string, mixed> $refund */
	private static function write( WC_Order $order, Record $record, array $refund ): void {
		$left  = Money::minor( (string) wc_format_decimal( $order->get_remaining_refund_amount(), 2 ) );
		$minor = min( (int) ( $refund['amount']['minor'] ?? 0 ), $left );
		if ( $minor <= 0 ) {
			return;
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
			return;
		}
		$record->remember_refund( (string) $refund['refund'], $made->get_id() );
		$order->save_meta_data();
	}

	/** @param array<string, mixed> $refund */
	private static function take_back( WC_Order $order, Record $record, array $refund, int $recorded ): void {
		$made = wc_get_order( $recorded );
		if ( $made instanceof WC_Order_Refund ) {
			$made->delete( true );
		}
		$record->remember_refund( (string) $refund['refund'], 0 );
		$order->save_meta_data();
		$order->add_order_note( RefundWords::failed( (string) ( $refund['code'] ?? '' ) ) );
		if ( 'refunded' === $order->get_status() ) {
			$record->hold( Decision::ANOMALY );
			$order->update_status( 'on-hold', RefundWords::failed( (string) ( $refund['code'] ?? '' ) ) );
		}
	}
}
