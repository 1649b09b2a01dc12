<?php
/**
 * Asks the backend about orders nobody told us about: webhooks can get lost. Every opened payment is looked at again,
 * first soon, then ever more rarely, until it has ended.
 *
 * @package AlliancePay\WooCommerce
 */

declare( strict_types=1 );

namespace AlliancePay\WooCommerce;

use AlliancePay\WooCommerce\Order\Record;
use AlliancePay\WooCommerce\Order\Sync;
use RuntimeException;
use Throwable;

/** On WooCommerce's own schedule. */
final class Reconciliation {

	public const GROUP = 'alliancepay';
	private const HOOK = 'alliancepay_look';
	/** After the plugin was off for a while. */
	private const RESUME = 'alliancepay_resume';
	private const BEGUN = '_alliancepay_begun';
	/** Late money may still come for so long: the backend asks the bank for a week after expiry. */
	private const LAST = 9 * DAY_IN_SECONDS;

	public function listen(): void {
		add_action( self::HOOK, array( self::class, 'look' ) );
		add_action( self::RESUME, array( self::class, 'resume' ) );
		add_filter( 'woocommerce_cancel_unpaid_order', array( PageLife::class, 'may_be_cancelled' ), 20, 2 );
	}

	/** A payment was opened. */
	public static function begin( int $order_id ): void {
		$order = wc_get_order( $order_id );
		$order->update_meta_data( self::BEGUN, time() );
		$order->save_meta_data();
		as_unschedule_all_actions( self::HOOK, array( $order_id ), self::GROUP );
		self::schedule( $order_id, 0 );
	}

	/** Something could not be looked at now. */
	public static function look_soon( int $order_id ): void {
		self::schedule( $order_id, 0 );
	}

	/** The plugin is switched on; WooCommerce may come later, and then there is nothing to resume. */
	public static function on_activation(): void {
		if ( function_exists( 'as_schedule_single_action' ) ) {
			as_schedule_single_action( time(), self::RESUME, array(), self::GROUP );
		}
	}

	/** Takes up the orders whose schedule ended when the plugin was switched off. */
	public static function resume(): void {
		$orders = wc_get_orders(
			array(
				'payment_method' => Gateway::ID,
				'status'         => array( 'wc-pending', 'wc-on-hold', 'wc-failed', 'wc-cancelled' ),
				'date_created'   => '>' . ( time() - self::LAST ),
				'limit'          => 500,
			)
		);
		foreach ( $orders as $order ) {
			if ( Record::is_put( $order ) && ! as_has_scheduled_action( self::HOOK, array( $order->get_id() ), self::GROUP ) ) {
				self::schedule( $order->get_id(), 0 );
			}
		}
	}

	/**
	 * One look.
	 *
	 * @param int $order_id
	 */
	public static function look( $order_id ): void {
		$order = wc_get_order( (int) $order_id );
		if ( ! Record::is_put( $order ) ) {
			return;
		}
		$age = time() - (int) $order->get_meta( self::BEGUN );
		try {
			$order = Sync::from_backend( $order );
		} catch ( RuntimeException $problem ) {
			// What was broken may be whole at the next look.
			Log::error( "Order {$order_id}: could not be reconciled: {$problem->getMessage()}" );
		} catch ( Throwable $fault ) {
			self::schedule( (int) $order_id, $age );
			throw $fault;
		}
		$known  = ( new Record( $order ) )->known();
		$is_end = null !== $known && ( $known->holds_money() || 'REFUNDED' === $known->state() ) && array() === $known->anomalies();
		if ( ! $is_end && $age < self::LAST ) {
			self::schedule( (int) $order_id, $age );
		}
	}

	private static function schedule( int $order_id, int $age ): void {
		/**
		 * How soon after its beginning a payment is looked at for the first time, in seconds.
		 *
		 * @param int $seconds
		 */
		$first = max( 1, (int) apply_filters( 'alliancepay_first_look', 60 ) );
		$pause = max( $first, min( DAY_IN_SECONDS, intdiv( $age, 2 ) ) );
		if ( ! as_has_scheduled_action( self::HOOK, array( $order_id ), self::GROUP ) || $age > 0 ) {
			as_schedule_single_action( time() + $pause, self::HOOK, array( $order_id ), self::GROUP );
		}
	}
}
