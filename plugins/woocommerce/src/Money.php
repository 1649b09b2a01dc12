<?php
/**
 * Sums between WooCommerce's decimal texts and minor units. By digits, never by float arithmetic: 19.99 × 100 in floats
 * is not 1999.
 *
 * @package AlliancePay\WooCommerce
 */

declare( strict_types=1 );

namespace AlliancePay\WooCommerce;

use InvalidArgumentException;

/** Exact conversions; what cannot be exact is refused. */
final class Money {

	/** Currencies the backend takes; all have two decimals. */
	public const CURRENCIES = array( 'UAH', 'USD', 'EUR' );

	/** 2^53 − 1: larger sums lose kopecks in pages that read them, and the backend takes none. */
	private const MOST = 9007199254740991;

	/**
	 * A sum in minor units.
	 *
	 * @param string|int|float $sum Sum as WooCommerce holds it.
	 * @throws InvalidArgumentException When it is no sum of whole minor units.
	 */
	public static function minor( string|int|float $sum ): int {
		// Six digits keep every kopeck and drop what adding floats left behind the last one.
		$text = is_float( $sum ) ? number_format( $sum, 6, '.', '' ) : trim( (string) $sum );
		if ( 1 !== preg_match( '/^(-?)(\d{1,15})(?:\.(\d*))?$/', $text, $part ) ) {
			throw new InvalidArgumentException( "`{$text}` is not a sum of money" );
		}
		$fraction = rtrim( $part[3] ?? '', '0' );
		if ( strlen( $fraction ) > 2 ) {
			throw new InvalidArgumentException( "{$text} has parts of a kopeck; set the shop to two decimals" );
		}
		$minor = (int) ( $part[2] . str_pad( $fraction, 2, '0' ) );
		if ( $minor > self::MOST ) {
			throw new InvalidArgumentException( "{$text} is more than anybody pays" );
		}
		return '-' === $part[1] ? -$minor : $minor;
	}

	/** A sum of minor units as WooCommerce takes it. */
	public static function decimal( int $minor ): string {
		$sign   = $minor < 0 ? '-' : '';
		$digits = str_pad( ltrim( (string) $minor, '-' ), 3, '0', STR_PAD_LEFT );
		return $sign . substr( $digits, 0, -2 ) . '.' . substr( $digits, -2 );
	}
}
