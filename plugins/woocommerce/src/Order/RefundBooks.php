<?php
/**
 * Keeps WooCommerce's books of refunds in step with the bank's. Refunds made elsewhere (in the console, at the bank's
 * office) get a record; the record of one that the bank refused in the end is taken back. What goes back of money that
 * came beyond the order (twice, too much, beside another payment method) is noted and lessens nothing: the order stays
 * paid. No money is moved here.
 *
 * @package AlliancePay\WooCommerce
 */

declare( strict_types=1 );

namespace AlliancePay\WooCommerce\Order;

use AlliancePay\WooCommerce\Gateway;
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
				self::write( $order, $record, $known, $refund );
			} elseif ( 'FAILED' === $state && null !== $recorded && 0 < $recorded ) {
				self::take_back( $order, $record, $refund, $recorded );
			}
		}
	}

	/** @param array<string, mixed> $refund */
	private static function write( WC_Order $order, Record $record, Known $known, array $refund ): void {
		$went = (int) ( $refund['amount']['minor'] ?? 0 );
		$part = self::of_the_order( $order, $record, $known, $went );
		$left = Money::minor( (string) wc_format_decimal( $order->get_remaining_refund_amount(), 2 ) );
		$id   = 0;
		if ( $went <= 0 || ( $part > 0 && $left <= 0 ) ) {
			return;
		}
		if ( $part > 0 ) {
			$id = self::book( $order, min( $part, $left ), (string) ( $refund['reason'] ?? '' ) );
			if ( 0 === $id ) {
				return;
			}
		}
		$record->remember_refund( (string) $refund['refund'], $id );
		$order->save_meta_data();
		if ( $part < $went ) {
			$order->add_order_note( RefundWords::beside( $went - $part, (string) ( $refund['amount']['currency'] ?? '' ) ) );
		}
	}

	/** What of a sum that went back lessens what was paid for the order: what exceeds the money that came beyond it. */
	private static function of_the_order( WC_Order $order, Record $record, Known $known, int $went ): int {
		if ( Gateway::ID !== $order->get_payment_method() ) {
			return 0;
		}
		$gone   = $went;
		$booked = 0;
		foreach ( $known->refunds() as $refund ) {
			$recorded = $record->refunds()[ (string) ( $refund['refund'] ?? '' ) ] ?? null;
			if ( null !== $recorded && 'FAILED' !== ( $refund['state'] ?? '' ) ) {
				$made    = $recorded > 0 ? wc_get_order( $recorded ) : null;
				$gone   += (int) ( $refund['amount']['minor'] ?? 0 );
				$booked += $made instanceof WC_Order_Refund ? Money::minor( $made->get_amount() ) : 0;
			}
		}
		return max( 0, min( $went, $gone - $known->surplus() - $booked ) );
	}

	/** The record's number; none where WooCommerce takes none. */
	private static function book( WC_Order $order, int $minor, string $reason ): int {
		$made = wc_create_refund(
			array(
				'order_id'       => $order->get_id(),
				'amount'         => Money::decimal( $minor ),
				'reason'         => $reason,
				'refund_payment' => false,
				'restock_items'  => false,
			)
		);
		if ( is_wp_error( $made ) ) {
			Log::error( "Order {$order->get_id()}: a refund made elsewhere could not be recorded: {$made->get_error_code()}" );
			return 0;
		}
		return $made->get_id();
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
