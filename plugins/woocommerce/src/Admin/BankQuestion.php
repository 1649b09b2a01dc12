<?php
/**
 * Staff asks the bank how a payment stands, by the button or by opening the page of an order that no callback told of.
 * Where the bank is silent the backend's ledger answers, and that is said.
 *
 * @package AlliancePay\WooCommerce
 */

declare( strict_types=1 );

namespace AlliancePay\WooCommerce\Admin;

use AlliancePay\WooCommerce\Backend\Client;
use AlliancePay\WooCommerce\Backend\Problem;
use AlliancePay\WooCommerce\Order\Known;
use AlliancePay\WooCommerce\Order\Record;
use AlliancePay\WooCommerce\Order\Sync;
use AlliancePay\WooCommerce\Words;
use RuntimeException;
use WC_Order;

/** Asks, and says what came of it. */
final class BankQuestion {

	/** A page that is loaded again at once need not ask again. */
	private const REST = 10;
	/** What has ended seldom moves; the button asks all the same. */
	private const REST_AT_THE_END = HOUR_IN_SECONDS;

	/** By the button: what came of it is said on the page that follows. */
	public static function put( WC_Order $order ): void {
		set_transient( self::name(), self::ask( $order, Client::PATIENCE ), MINUTE_IN_SECONDS );
	}

	/** What the last question had to say, once. */
	public static function said(): string {
		$said = get_transient( self::name() );
		delete_transient( self::name() );
		return is_array( $said ) ? self::notice( ...$said ) : '';
	}

	/** For a page that is being built; what staff must know about the answer. */
	public static function put_if_no_callback( WC_Order $order ): string {
		if ( ! self::is_due( new Record( $order ) ) ) {
			return '';
		}
		list( $kind, $words ) = self::ask( $order, Client::SHORT );
		// An answer shows in the details themselves.
		return 'success' === $kind ? '' : self::notice( $kind, $words );
	}

	private static function is_due( Record $record ): bool {
		$known = $record->known();
		if ( null !== $known && null !== $known->notified_at() ) {
			return false;
		}
		list( $from, $at ) = $record->heard();
		$rest              = null === $known || $known->is_open() ? self::REST : self::REST_AT_THE_END;
		return Sync::BANK !== $from || time() - $at > $rest;
	}

	/** @return array{0: string, 1: string} The kind of notice, and its words. */
	private static function ask( WC_Order $order, int $patience ): array {
		$before = ( new Record( $order ) )->known();
		try {
			$record = new Record( Sync::from_bank( $order, $patience ) );
		} catch ( Problem $problem ) {
			return in_array( $problem->word, array( 'bank_unavailable', Problem::UNREACHABLE ), true ) ? self::ask_the_ledger( $order ) : array( 'error', Words::unanswered( $problem ) );
		} catch ( RuntimeException $busy ) {
			return array( 'error', Words::unanswered( $busy ) );
		}
		return array( 'success', self::news( $before, $record->known() ) );
	}

	/** @return array{0: string, 1: string} */
	private static function ask_the_ledger( WC_Order $order ): array {
		try {
			Sync::from_backend( $order );
			return array( 'warning', __( 'The bank does not answer now. What is shown here is what the merchant backend knows, and may be old.', 'alliancepay-checkout' ) );
		} catch ( RuntimeException $problem ) {
			return array( 'error', Words::unanswered( $problem ) );
		}
	}

	private static function news( ?Known $before, Known $after ): string {
		$was = null === $before ? Words::state( 'CREATED' ) : Words::state( $before->state(), $before->reason() );
		$is  = Words::state( $after->state(), $after->reason() );
		if ( $was !== $is ) {
			/* translators: 1: a payment's state, 2: its new state */
			return sprintf( __( 'The bank was asked. The state was “%1$s” and is “%2$s” now.', 'alliancepay-checkout' ), $was, $is );
		}
		return self::beside_the_state( $before ) !== self::beside_the_state( $after )
			? __( 'The bank was asked. The state is the same; attempts, operations, refunds or warnings have changed.', 'alliancepay-checkout' )
			: __( 'The bank was asked. Nothing has changed.', 'alliancepay-checkout' );
	}

	/** @return list<array<mixed>> */
	private static function beside_the_state( ?Known $known ): array {
		return null === $known ? array( array(), array(), array(), array() ) : array( array_column( $known->attempts(), 'state' ), $known->operations(), $known->refunds(), $known->anomalies() );
	}

	private static function notice( string $kind, string $words ): string {
		return sprintf( '<div class="notice notice-%s inline"><p>%s</p></div>', esc_attr( $kind ), esc_html( $words ) );
	}

	/** Each member of staff reads their own. */
	private static function name(): string {
		return 'alliancepay_said_' . get_current_user_id();
	}
}
