<?php
/**
 * What staff reads about refunds: why one was not made, and what became of one.
 *
 * @package AlliancePay\WooCommerce
 */

declare( strict_types=1 );

namespace AlliancePay\WooCommerce;

use AlliancePay\WooCommerce\Backend\Problem;

/** Texts; sums as people read them. */
final class RefundWords {

	/**
	 * Why a refund was not made.
	 *
	 * @param string $left What may still go back of the payment; empty where that is not known.
	 */
	public static function problem( Problem $problem, string $left = '' ): string {
		return match ( $problem->word ) {
			Problem::UNREACHABLE, Problem::NOT_A_BACKEND, 'unavailable', 'idempotency_key_in_use'
				=> __( 'The backend did not say, so it is not known whether the refund was made. Press again with the same sum in a minute: it cannot go back twice.', 'alliancepay-checkout' ),
			'bank_unavailable'
				=> __( 'The bank does not answer. No money was moved. Press again with the same sum in a minute.', 'alliancepay-checkout' ),
			'shop_key_invalid'
				=> __( 'The backend does not take this shop’s key: see “Check connection” in the settings. No money was moved.', 'alliancepay-checkout' ),
			'not_paid'
				=> __( 'The backend knows of no money for this order that could go back. If there should be some: “Update from Alliance API”.', 'alliancepay-checkout' ),
			'nothing_left'
				=> __( 'Nothing is left to go back: all of it went back or is on its way.', 'alliancepay-checkout' ),
			'refund_too_large', 'several_payments'
				=> self::too_large( $left ),
			'waits_for_settlement'
				=> __( 'Alipay+ gives money back only once it was collected, in a few days: the payment is “Paid, settled” then. No money was moved.', 'alliancepay-checkout' ),
			'refund_not_supported'
				=> __( 'The bank does not give this kind of payment back. Pay the buyer another way, record that in the console, and use “Refund manually” here.', 'alliancepay-checkout' ),
			default
				=> $problem->getMessage(),
		};
	}

	private static function too_large( string $left ): string {
		return '' === $left
			? __( 'That is more than may still go back of the payment, of a line or of delivery. No money was moved.', 'alliancepay-checkout' )
			/* translators: %s: sum */
			: sprintf( __( 'That is more than may go back at once. %s are left of the payment; less may be left of a line or of delivery, or where the money came in parts. No money was moved.', 'alliancepay-checkout' ), $left );
	}

	/** A refund that did not happen in the end. */
	public static function failed( string $code ): string {
		return match ( $code ) {
			'not_sent'      => __( 'The refund was not made: the request was not sent to the bank. No money went back.', 'alliancepay-checkout' ),
			'never_arrived' => __( 'The refund was not made: the request never reached the bank. No money went back.', 'alliancepay-checkout' ),
			/* translators: %s: why, with the bank's code */
			default         => sprintf( __( 'The bank refused the refund: %s. No money went back.', 'alliancepay-checkout' ), BankReasons::of( $code ) ),
		};
	}

	/** A refund that is in the shop's books already. */
	public static function booked( int $id ): string {
		/* translators: %d: number of a refund */
		return sprintf( __( 'This refund was made already: it stands in the order as refund #%d. Reload the page. Nothing went back a second time.', 'alliancepay-checkout' ), $id );
	}

	/** What went back of money that came beyond the order, for the order's notes. */
	public static function beside( int $minor, string $currency ): string {
		/* translators: %s: sum */
		return sprintf( __( '%s went back to the buyer through AlliancePay. It had come beyond what this order costs: nothing of the order itself is refunded by it.', 'alliancepay-checkout' ), Words::sum( $minor, $currency ) );
	}

	/** A refund, for the order's notes. */
	public static function note( string $state, int $minor, string $currency ): string {
		$sum = Words::sum( $minor, $currency );
		return 'SUCCESS' === $state
			/* translators: %s: sum */
			? sprintf( __( '%s went back to the buyer through AlliancePay.', 'alliancepay-checkout' ), $sum )
			/* translators: %s: sum */
			: sprintf( __( 'A refund of %s was sent to the bank; its confirmation is awaited.', 'alliancepay-checkout' ), $sum );
	}
}
