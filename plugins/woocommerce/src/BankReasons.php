<?php
/**
 * The bank's reason codes in words: `action/response`, as the bank writes them. The console reads them by the same table,
 * `crates/merchant-console/src/reasons.rs`.
 *
 * @package AlliancePay\WooCommerce
 */

declare( strict_types=1 );

namespace AlliancePay\WooCommerce;

/** Words with the code behind them: the words for staff, the code for the bank's support. */
final class BankReasons {

	/** Why the bank refused; a code without words stands alone. */
	public static function of( string $code ): string {
		if ( '' === $code ) {
			return __( 'it gave no reason', 'alliancepay-checkout' );
		}
		$words = self::words( $code );
		return '' === $words
			/* translators: %s: the bank's code */
			? sprintf( __( 'code %s', 'alliancepay-checkout' ), $code )
			/* translators: 1: a reason, 2: the bank's code */
			: sprintf( __( '%1$s (code %2$s)', 'alliancepay-checkout' ), $words, $code );
	}

	private static function words( string $code ): string {
		list( $action, $response ) = array_pad( explode( '/', $code, 2 ), 2, '' );
		$response                  = ltrim( $response, '0' );
		return match ( $action ) {
			'1'     => match ( $response ) {
				'16'    => __( 'insufficient funds', 'alliancepay-checkout' ),
				'1'     => __( 'expired card', 'alliancepay-checkout' ),
				'21'    => __( 'card limit exceeded', 'alliancepay-checkout' ),
				'85'    => __( 'wrong CVV', 'alliancepay-checkout' ),
				default => '',
			},
			'33'    => __( '3-D Secure was not passed', 'alliancepay-checkout' ),
			'9'     => in_array( $response, array( '11', '12' ), true )
				? __( 'the issuing bank is unavailable', 'alliancepay-checkout' )
				: __( 'processing error', 'alliancepay-checkout' ),
			'2'     => __( 'the card is blocked by its bank', 'alliancepay-checkout' ),
			default => '',
		};
	}
}
