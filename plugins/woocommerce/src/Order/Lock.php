<?php
/**
 * One change to an order at a time: a webhook, the buyer's return and the schedule may all come at once.
 *
 * @package AlliancePay\WooCommerce
 */

declare( strict_types=1 );

namespace AlliancePay\WooCommerce\Order;

use RuntimeException;

/** A row in the options table; its unique name is the lock. */
final class Lock {

	private const PATIENCE = 5.0;
	/** A process that died leaves its lock behind for so many seconds. */
	private const STALE = 60;

	/**
	 * Runs the work alone; waits a moment for whoever is at it.
	 *
	 * @template T
	 * @param callable(): T $work
	 * @return T
	 * @throws RuntimeException When somebody else does not finish.
	 */
	public static function during( string $what, callable $work ) {
		$name     = 'alliancepay_lock_' . $what;
		$deadline = microtime( true ) + self::PATIENCE;
		while ( ! self::take( $name ) ) {
			if ( microtime( true ) > $deadline ) {
				throw new RuntimeException( "{$what} is being worked on" );
			}
			usleep( 50000 );
		}
		try {
			return $work();
		} finally {
			self::release( $name );
		}
	}

	/** Whether somebody holds it. */
	public static function is_held( string $what ): bool {
		global $wpdb;
		$taken = $wpdb->get_var( $wpdb->prepare( "SELECT option_value FROM {$wpdb->options} WHERE option_name = %s", 'alliancepay_lock_' . $what ) );
		return null !== $taken && (int) $taken >= time() - self::STALE;
	}

	private static function take( string $name ): bool {
		global $wpdb;
		// Straight to the table: the options' cache would answer from memory.
		$wpdb->query( $wpdb->prepare( "DELETE FROM {$wpdb->options} WHERE option_name = %s AND option_value < %d", $name, time() - self::STALE ) );
		return 1 === (int) $wpdb->query(
			$wpdb->prepare( "INSERT IGNORE INTO {$wpdb->options} (option_name, option_value, autoload) VALUES (%s, %d, 'no')", $name, time() )
		);
	}

	private static function release( string $name ): void {
		global $wpdb;
		$wpdb->delete( $wpdb->options, array( 'option_name' => $name ) );
	}
}
