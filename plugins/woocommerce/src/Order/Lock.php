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

	private const NAME = 'alliancepay_lock_';
	/** How long somebody else is waited for, in seconds. */
	private const PATIENCE = 5.0;
	/** A process that died leaves its lock behind for so many seconds. */
	private const STALE = 90;

	/**
	 * Runs the work alone; waits a moment for whoever is at it.
	 *
	 * @template T
	 * @param callable(): T $work
	 * @return T
	 * @throws RuntimeException When somebody else does not finish.
	 */
	public static function during( string $what, callable $work ) {
		$name     = self::NAME . $what;
		$deadline = microtime( true ) + self::PATIENCE;
		$mine     = self::take( $name );
		while ( null === $mine ) {
			if ( microtime( true ) > $deadline ) {
				throw new RuntimeException( "{$what} is being worked on" );
			}
			usleep( 50000 );
			$mine = self::take( $name );
		}
		try {
			return $work();
		} finally {
			self::release( $name, $mine );
		}
	}

	/** Whether somebody holds it. */
	public static function is_held( string $what ): bool {
		global $wpdb;
		$taken = $wpdb->get_var( $wpdb->prepare( "SELECT option_value FROM {$wpdb->options} WHERE option_name = %s", self::NAME . $what ) );
		return null !== $taken && (string) $taken >= self::stale();
	}

	/** What the lock is known by, where it was free. */
	private static function take( string $name ): ?string {
		global $wpdb;
		$mine = uniqid( time() . ' ', true );
		// Straight to the table: the options' cache would answer from memory.
		$wpdb->query( $wpdb->prepare( "DELETE FROM {$wpdb->options} WHERE option_name = %s AND option_value < %s", $name, self::stale() ) );
		$taken = (int) $wpdb->query(
			$wpdb->prepare( "INSERT IGNORE INTO {$wpdb->options} (option_name, option_value, autoload) VALUES (%s, %s, 'no')", $name, $mine )
		);
		return 1 === $taken ? $mine : null;
	}

	/** Only one's own: who was slower than anybody waits finds another's in its place. */
	private static function release( string $name, string $mine ): void {
		global $wpdb;
		$wpdb->delete(
			$wpdb->options,
			array(
				'option_name'  => $name,
				'option_value' => $mine,
			)
		);
	}

	/** Before it nobody is at work any more. Times have ten digits: as texts they sort like numbers. */
	private static function stale(): string {
		return (string) ( time() - self::STALE );
	}
}
