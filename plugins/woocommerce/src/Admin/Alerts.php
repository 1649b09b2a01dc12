<?php
/**
 * Orders that a person must look at: money that came too late, twice or in another sum.
 *
 * @package AlliancePay\WooCommerce
 */

declare( strict_types=1 );

namespace AlliancePay\WooCommerce\Admin;

/** A short list, kept until each is settled or put away. */
final class Alerts {

	private const OPTION = 'alliancepay_alerts';
	private const MOST   = 50;

	public static function raise( int $order_id, string $why ): void {
		$all = self::all();
		if ( ( $all[ $order_id ] ?? '' ) !== $why ) {
			update_option( self::OPTION, array_slice( array( $order_id => $why ) + $all, 0, self::MOST, true ), false );
		}
	}

	public static function settle( int $order_id ): void {
		$all = self::all();
		if ( isset( $all[ $order_id ] ) ) {
			unset( $all[ $order_id ] );
			update_option( self::OPTION, $all, false );
		}
	}

	/** @return array<int, string> */
	public static function all(): array {
		return (array) get_option( self::OPTION, array() );
	}
}
