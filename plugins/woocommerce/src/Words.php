<?php
/**
 * What people read: states, reasons, refusals. Unknown words are shown as they are, never as paid or failed.
 *
 * @package AlliancePay\WooCommerce
 */

declare( strict_types=1 );

namespace AlliancePay\WooCommerce;

use AlliancePay\WooCommerce\Backend\Problem;
use AlliancePay\WooCommerce\Order\Decision;
use AlliancePay\WooCommerce\Order\Known;
use RuntimeException;

/** Texts that more than one place shows; those about refunds are in RefundWords. */
final class Words {

	/** A payment's state. */
	public static function state( string $state, ?string $reason = null ): string {
		return match ( $state ) {
			'CREATED'            => __( 'Not begun', 'alliancepay-checkout' ),
			'REDIRECTED'         => __( 'Waiting for the payment', 'alliancepay-checkout' ),
			'CAPTURED'           => __( 'Paid', 'alliancepay-checkout' ),
			'PAID'               => __( 'Paid, settled', 'alliancepay-checkout' ),
			'PARTIALLY_REFUNDED' => __( 'Refunded in part', 'alliancepay-checkout' ),
			'REFUNDED'           => __( 'Refunded', 'alliancepay-checkout' ),
			'REJECTED'           => __( 'Declined', 'alliancepay-checkout' ),
			'CANCELLED'          => 'expired' === $reason ? __( 'Expired, not paid', 'alliancepay-checkout' ) : __( 'Cancelled, not paid', 'alliancepay-checkout' ),
			default              => $state,
		};
	}

	/** The look of a state: good, bad, waiting, quiet. */
	public static function tone( Known $known ): string {
		if ( array() !== $known->anomalies() ) {
			return 'bad';
		}
		return match ( $known->state() ) {
			'CAPTURED', 'PAID', 'PARTIALLY_REFUNDED' => 'good',
			'REJECTED'                               => 'bad',
			'CREATED', 'REDIRECTED'                  => 'waiting',
			default                                  => 'quiet',
		};
	}

	/** A money fact beside the state. */
	public static function anomaly( string $anomaly ): string {
		return match ( $anomaly ) {
			'underpaid'   => __( 'less came than the order costs', 'alliancepay-checkout' ),
			'overpaid'    => __( 'more came than the order costs', 'alliancepay-checkout' ),
			'repeated'    => __( 'it was paid twice', 'alliancepay-checkout' ),
			'unreachable' => __( 'the bank may hold another attempt whose answer got lost', 'alliancepay-checkout' ),
			default       => $anomaly,
		};
	}

	/** Why an order is held. */
	public static function reason( string $why, Known $known ): string {
		return match ( $why ) {
			Decision::UNDECIDED => __( 'The buyer is back from the bank; whether the payment succeeded is not known yet.', 'alliancepay-checkout' ),
			Decision::ANOMALY   => sprintf(
				/* translators: %s: list of what is wrong */
				__( 'Money came, and something is wrong with it: %s. Do not ship before a person has looked.', 'alliancepay-checkout' ),
				implode( ', ', array_map( array( self::class, 'anomaly' ), $known->anomalies() ) )
			),
			Decision::SUM       => sprintf(
				/* translators: %s: sum */
				__( 'The buyer paid %s, and that is not what the order costs now. Do not ship before a person has looked.', 'alliancepay-checkout' ),
				self::sum( $known->minor(), $known->currency() )
			),
			Decision::LATE      => __( 'The payment came after the order was cancelled. Ship it or give the money back.', 'alliancepay-checkout' ),
			Decision::ELSEWHERE => __( 'The buyer also paid with AlliancePay, though the order was then placed with another payment method. Ship once, and give back what came twice.', 'alliancepay-checkout' ),
			Decision::REFUNDED  => __( 'The payment came and went back in full before this shop heard of it.', 'alliancepay-checkout' ),
			default             => '',
		};
	}

	/** A declined payment, for the order's notes. */
	public static function declined( Known $known ): string {
		/* translators: %s: why, with the bank's code */
		return sprintf( __( 'The bank declined the payment: %s.', 'alliancepay-checkout' ), BankReasons::of( $known->reason() ?? '' ) );
	}

	/** Why no payment page could be opened, for the buyer. */
	public static function refused( string $word ): string {
		return match ( $word ) {
			'bank_unavailable', 'unavailable', 'idempotency_key_in_use', Problem::UNREACHABLE
				=> __( 'The bank cannot be reached right now. No payment page was opened. Please try again in a minute.', 'alliancepay-checkout' ),
			'order_locked'
				=> __( 'A payment of this order is already under way with another sum. Please finish it on the bank’s page, or try again in a quarter of an hour.', 'alliancepay-checkout' ),
			default
				=> __( 'AlliancePay cannot take this payment right now. No payment page was opened. Please choose another way to pay or contact us.', 'alliancepay-checkout' ),
		};
	}

	/** Why staff is not told more now: what stands there is what was known before. */
	public static function unanswered( RuntimeException $problem ): string {
		return match ( $problem instanceof Problem ? $problem->word : '' ) {
			/* translators: %s: technical reason */
			Problem::UNREACHABLE   => sprintf( __( 'The merchant backend does not answer (%s). What is shown here may be old.', 'alliancepay-checkout' ), $problem->getMessage() ),
			Problem::NOT_A_BACKEND => __( 'What answers at the backend’s address is not the merchant backend: see “Check connection” in the settings. What is shown here may be old.', 'alliancepay-checkout' ),
			'shop_key_invalid'     => __( 'The backend does not take this shop’s key: see “Check connection” in the settings. What is shown here may be old.', 'alliancepay-checkout' ),
			'unavailable'          => __( 'The merchant backend cannot use its ledger now. What is shown here may be old.', 'alliancepay-checkout' ),
			default                => $problem instanceof Problem ? $problem->getMessage() : __( 'This order is being updated right now. Reload the page in a few seconds.', 'alliancepay-checkout' ),
		};
	}

	/** A sum for people, as plain text. */
	public static function sum( int $minor, string $currency ): string {
		return html_entity_decode( wp_strip_all_tags( wc_price( (float) Money::decimal( $minor ), array( 'currency' => $currency ) ) ), ENT_QUOTES, 'UTF-8' );
	}

	/** A moment of the backend's, in the shop's time and format. */
	public static function moment( ?string $rfc3339 ): string {
		$time = null === $rfc3339 ? false : strtotime( $rfc3339 );
		return false === $time ? '–' : (string) wp_date( get_option( 'date_format' ) . ' ' . get_option( 'time_format' ), $time );
	}
}
