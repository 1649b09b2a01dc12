<?php
/**
 * Sends a buyer to the bank: the order is put, a session opened, both by this server. An order has one live attempt at
 * most: the backend answers a second press with the session that lives.
 *
 * @package AlliancePay\WooCommerce
 */

declare( strict_types=1 );

namespace AlliancePay\WooCommerce;

use AlliancePay\WooCommerce\Backend\Client;
use AlliancePay\WooCommerce\Backend\Problem;
use AlliancePay\WooCommerce\Checkout\Staying;
use AlliancePay\WooCommerce\Order\Record;
use AlliancePay\WooCommerce\Order\Request;
use AlliancePay\WooCommerce\Order\Sync;
use InvalidArgumentException;
use RuntimeException;
use WC_Order;

/** Opens payments. */
final class Payment {

	/**
	 * The address to send the buyer to.
	 *
	 * @throws PaymentRefused When there is none.
	 */
	public static function open( WC_Order $order ): string {
		return self::with_token(
			$order,
			static function ( Client $client, string $token ) use ( $order ): string {
				return self::leaves( $order, $client->open_session( $token, wp_generate_uuid4(), Request::language() ) );
			}
		);
	}

	/**
	 * The fragment of the checkout's own page, where the widget opens the session once the buyer has chosen the way to pay.
	 *
	 * @throws PaymentRefused When the order cannot be paid.
	 */
	public static function stay( WC_Order $order ): string {
		return self::with_token(
			$order,
			static function () use ( $order ): string {
				self::waits( $order );
				Log::info( "Order {$order->get_id()}: the buyer pays on the checkout's page." );
				return Staying::fragment( $order );
			}
		);
	}

	/** @param callable(Client, string): string $then */
	private static function with_token( WC_Order $order, callable $then ): string {
		$settings = new Settings();
		// Stored before anybody is asked: a webhook may be faster than the answer.
		$name = ( new Record( $order ) )->name_it();
		$order->save();
		try {
			$client = Client::of( $settings );
			return $then( $client, $client->put_order( $name, Request::of( $order, $settings ) ) );
		} catch ( Problem $problem ) {
			return self::after( $problem, $order );
		} catch ( InvalidArgumentException $error ) {
			Log::error( "Order {$order->get_id()}: {$error->getMessage()}" );
			throw new PaymentRefused( Words::refused( 'sum' ) );
		}
	}

	/**
	 * The right to pay the order, for its own page after the bank: declined, or not paid yet, it is paid from there. Empty
	 * where there is nothing to pay, or the backend does not answer: the page has a link then.
	 */
	public static function token( WC_Order $order ): string {
		if ( Gateway::ID !== $order->get_payment_method() || ! $order->needs_payment() ) {
			return '';
		}
		try {
			$settings = new Settings();
			return Client::of( $settings )->put_order( ( new Record( $order ) )->name(), Request::of( $order, $settings ), Client::GLANCE );
		} catch ( RuntimeException | InvalidArgumentException $problem ) {
			Log::info( "Order {$order->get_id()}: no way to pay again on its page: {$problem->getMessage()}" );
			return '';
		}
	}

	/** @param array{session: string, page: string, expiresAt?: string} $session */
	private static function leaves( WC_Order $order, array $session ): string {
		if ( ! in_array( wp_parse_url( $session['page'], PHP_URL_SCHEME ), array( 'https', 'http' ), true ) ) {
			throw new Problem( Problem::NOT_A_BACKEND, 200, 'The session has no payment page.' );
		}
		( new Record( $order ) )->remember_session( $session['session'] );
		PageLife::remember( $order, (string) ( $session['expiresAt'] ?? '' ) );
		self::waits( $order );
		Log::info( "Order {$order->get_id()}: the buyer leaves for the payment page." );
		return $session['page'];
	}

	/** A payment begins; the order waits for it, and is looked at again whatever becomes of the buyer. */
	private static function waits( WC_Order $order ): void {
		self::is_awaited( $order );
		Reconciliation::begin( $order->get_id() );
	}

	/** Puts the order where it waits to be paid. */
	public static function is_awaited( WC_Order $order ): void {
		( new Record( $order ) )->hold( '' );
		if ( 'pending' === $order->get_status() ) {
			$order->save();
		} else {
			// Tried again after a refusal, or while nothing was decided.
			$order->update_status( 'pending', __( 'The buyer pays again with AlliancePay.', 'alliancepay-checkout' ) );
		}
	}

	private static function after( Problem $problem, WC_Order $order ): string {
		if ( 'order_already_paid' === $problem->word ) {
			try {
				Sync::from_backend( $order );
			} catch ( RuntimeException $error ) {
				Log::error( "Order {$order->get_id()}: paid already, and the backend does not tell more: {$error->getMessage()}" );
			}
			return $order->get_checkout_order_received_url();
		}
		Log::error( "Order {$order->get_id()}: no payment page. {$problem->line()}" );
		throw new PaymentRefused( Words::refused( $problem->word ) );
	}
}
