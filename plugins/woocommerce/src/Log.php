<?php
/**
 * WooCommerce's log. Only order numbers, states and codes are written: no key, no token, no address with a query, nothing
 * about a person.
 *
 * @package AlliancePay\WooCommerce
 */

declare( strict_types=1 );

namespace AlliancePay\WooCommerce;

/** Writes to the log named after the gateway. */
final class Log {

	/** Something a merchant must act on. */
	public static function error( string $line ): void {
		wc_get_logger()->error( $line, array( 'source' => Gateway::ID ) );
	}

	/** The ordinary course of things, for those who switched it on. */
	public static function info( string $line ): void {
		if ( ( new Settings() )->logs_more() ) {
			wc_get_logger()->info( $line, array( 'source' => Gateway::ID ) );
		}
	}
}
