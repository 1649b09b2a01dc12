<?php
/**
 * Refunds through WooCommerce's own form. A wish has one idempotency key until its answer is known: what was sent and not
 * answered is never sent a second time as something new.
 *
 * @package AlliancePay\WooCommerce
 */

declare( strict_types=1 );

namespace AlliancePay\WooCommerce;

use AlliancePay\WooCommerce\Backend\Client;
use AlliancePay\WooCommerce\Backend\Problem;
use AlliancePay\WooCommerce\Order\Fresh;
use AlliancePay\WooCommerce\Order\Lock;
use AlliancePay\WooCommerce\Order\Record;
use AlliancePay\WooCommerce\Order\RefundRequest;
use InvalidArgumentException;
use RuntimeException;
use WC_Order;
use WC_Order_Refund;
use WP_Error;

/** Gives money back. */
final class Refunds {

	private const KEY  = '_alliancepay_refund_key';
	private const OPEN = '_alliancepay_open_refund';
	/** How long staff waits for the bank's decision, in seconds. */
	private const PATIENCE = 8.0;

	/**
	 * @param string|float|null $amount
	 * @return true|WP_Error
	 */
	public static function give_back( $order, $amount, string $reason ) {
		if ( ! Record::is_ours( $order ) ) {
			return new WP_Error( 'alliancepay_refund', __( 'This order was not paid with AlliancePay.', 'alliancepay-checkout' ) );
		}
		try {
			$minor = Money::minor( null === $amount ? (string) $order->get_remaining_refund_amount() : $amount );
			// While this runs a webhook about the same refund must not record it as made elsewhere.
			return Lock::during( 'refund_' . $order->get_id(), static fn () => self::send( Fresh::order( $order->get_id() ), $minor, $reason ) );
		} catch ( InvalidArgumentException $error ) {
			return new WP_Error( 'alliancepay_refund', $error->getMessage() );
		} catch ( Problem $problem ) {
			Log::error( "Order {$order->get_id()}: refund not made. {$problem->line()}" );
			return new WP_Error( 'alliancepay_refund', RefundWords::problem( $problem, in_array( $problem->word, array( 'refund_too_large', 'several_payments' ), true ) ? self::left( $order ) : '' ) );
		} catch ( RuntimeException $busy ) {
			return new WP_Error( 'alliancepay_refund', __( 'Another refund of this order is under way. Look at the order again in a minute.', 'alliancepay-checkout' ) );
		}
	}

	/** @return true|WP_Error */
	private static function send( WC_Order $order, int $minor, string $reason ) {
		$wc_refund = self::wc_refund( $order, $minor );
		$body      = RefundRequest::of( $order, $wc_refund, $minor, $reason );
		$key       = self::key( $order, $body );
		if ( null !== $wc_refund ) {
			$wc_refund->update_meta_data( self::KEY, $key );
			$wc_refund->save_meta_data();
		}
		$record = new Record( $order );
		try {
			$answer = Client::of( new Settings() )->refund( $record->name(), $key, $body );
		} catch ( Problem $problem ) {
			if ( $problem->is_refusal() ) {
				// Nothing was stored there, and the key is free.
				self::forget_key( $order );
			}
			throw $problem;
		}
		self::forget_key( $order );
		$booked = $record->refunds()[ $answer['refund'] ] ?? 0;
		if ( $booked > 0 ) {
			// Sent before without an answer, it was made, and the books got their record when the backend told of it.
			return new WP_Error( 'alliancepay_refund', RefundWords::booked( $booked ) );
		}
		$answer = self::decided( $record->name(), $answer );
		if ( 'FAILED' === $answer['state'] ) {
			return new WP_Error( 'alliancepay_refund', RefundWords::failed( (string) ( $answer['code'] ?? '' ) ) );
		}
		$record->remember_refund( $answer['refund'], null === $wc_refund ? 0 : $wc_refund->get_id() );
		$order->save_meta_data();
		$order->add_order_note( RefundWords::note( $answer['state'], $minor, $order->get_currency() ) );
		return true;
	}

	/** What may still go back, for people; empty where the backend does not tell. */
	private static function left( WC_Order $order ): string {
		try {
			$left = Client::of( new Settings() )->order( ( new Record( $order ) )->name() )['refundable']['amount'] ?? null;
		} catch ( Problem $silent ) {
			return '';
		}
		return is_int( $left['minor'] ?? null ) && is_string( $left['currency'] ?? null ) ? Words::sum( $left['minor'], $left['currency'] ) : '';
	}

	/**
	 * The bank says at once that it has the wish, and some seconds later what came of it: staff is told that while they wait.
	 *
	 * @param array{refund: string, state: string, code?: string} $refund
	 * @return array{refund: string, state: string, code?: string}
	 */
	private static function decided( string $order, array $refund ): array {
		$deadline = microtime( true ) + self::PATIENCE;
		while ( in_array( $refund['state'], array( 'PENDING', 'UNKNOWN' ), true ) && microtime( true ) < $deadline ) {
			usleep( 500000 );
			try {
				$told = Client::of( new Settings() )->order( $order );
			} catch ( Problem $problem ) {
				break;
			}
			foreach ( (array) ( $told['refunds'] ?? array() ) as $one ) {
				$refund = ( $one['refund'] ?? '' ) === $refund['refund'] ? $one + $refund : $refund;
			}
		}
		return $refund;
	}

	/**
	 * WooCommerce stores its refund before it asks us: the newest of that sum that has no key. Not by the order's own list:
	 * WooCommerce would keep that in its cache with a refund in it that it deletes when we refuse.
	 */
	private static function wc_refund( WC_Order $order, int $minor ): ?WC_Order_Refund {
		$refunds = wc_get_orders(
			array(
				'type'    => 'shop_order_refund',
				'parent'  => $order->get_id(),
				'limit'   => -1,
				'orderby' => 'ID',
				'order'   => 'DESC',
			)
		);
		foreach ( $refunds as $refund ) {
			if ( '' === (string) $refund->get_meta( self::KEY ) && Money::minor( $refund->get_amount() ) === $minor && ! $refund->get_refunded_payment() ) {
				return $refund;
			}
		}
		return null;
	}

	/** @param array<string, mixed> $body */
	private static function key( WC_Order $order, array $body ): string {
		$wish = md5( (string) wp_json_encode( $body ) );
		$open = $order->get_meta( self::OPEN );
		if ( is_array( $open ) && $wish === ( $open['wish'] ?? '' ) ) {
			return (string) $open['key'];
		}
		$key = wp_generate_uuid4();
		$order->update_meta_data(
			self::OPEN,
			array(
				'wish' => $wish,
				'key'  => $key,
			)
		);
		$order->save_meta_data();
		return $key;
	}

	private static function forget_key( WC_Order $order ): void {
		$order->delete_meta_data( self::OPEN );
		$order->save_meta_data();
	}
}
