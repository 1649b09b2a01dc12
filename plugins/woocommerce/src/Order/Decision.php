<?php
/**
 * What becomes of a WooCommerce order when the backend has told of its payment. A table, nothing else: no WordPress here.
 *
 * | backend says | pending | on-hold (ours) | failed | cancelled, in the bin | processing |
 * |---|---|---|---|---|---|
 * | on its way | stay; hold once the buyer is back | stay | reopen | stay | stay |
 * | money, nothing wrong | pay | pay | pay | hold, alert | stay |
 * | money, an anomaly | hold | hold | hold | hold, alert | hold, alert |
 * | all refunded | hold | hold | hold | hold, alert | stay |
 * | rejected | fail | fail | stay | stay | stay |
 * | cancelled, expired | stay | reopen | stay | stay | stay |
 * | a word we do not know | stay | stay | stay | stay | stay |
 *
 * An order that was placed again with another payment method is moved by that method; only money makes us hold it, once.
 *
 * @package AlliancePay\WooCommerce
 */

declare( strict_types=1 );

namespace AlliancePay\WooCommerce\Order;

/** One decision. */
final class Decision {

	public const STAY   = 'stay';
	public const PAY    = 'pay';
	public const HOLD   = 'hold';
	public const FAIL   = 'fail';
	public const REOPEN = 'reopen';

	/** Nobody expects money for these any more. */
	private const GIVEN_UP = array( 'cancelled', 'trash' );

	/** Why an order is held. */
	public const UNDECIDED = 'undecided';
	public const ANOMALY   = 'anomaly';
	public const SUM       = 'sum';
	public const LATE      = 'late';
	public const REFUNDED  = 'refunded';
	public const ELSEWHERE = 'elsewhere';

	private function __construct( public string $action, public string $why = '', public bool $alerts = false ) {}

	/**
	 * Decides.
	 *
	 * @param Known  $known    What the backend told.
	 * @param string $status   The order's status without `wc-`.
	 * @param int    $minor    The order's total.
	 * @param string $currency And its currency.
	 * @param bool   $movable  For an order on hold or given up: whether nobody has decided about its money yet.
	 * @param bool   $returned Whether the buyer is back from the bank.
	 */
	public static function of( Known $known, string $status, int $minor, string $currency, bool $movable, bool $returned ): self {
		if ( $known->holds_money() ) {
			$trouble = self::trouble( $known, $minor, $currency );
			return self::with_money( $trouble, $status, $movable );
		}
		return match ( $known->state() ) {
			'REFUNDED'              => self::all_refunded( $status, $movable ),
			'CREATED', 'REDIRECTED' => self::under_way( $status, $returned ),
			'REJECTED'              => self::rejected( $status, $movable ),
			'CANCELLED'             => new self( 'on-hold' === $status && $movable ? self::REOPEN : self::STAY ),
			// Unknown is neither paid nor failed.
			default                 => new self( self::STAY ),
		};
	}

	/** Nothing is to be done. */
	public static function nothing(): self {
		return new self( self::STAY );
	}

	/** Decides about an order that another payment method has taken over while a page of ours was open. */
	public static function taken_over( Known $known, string $status ): self {
		if ( ! $known->holds_money() ) {
			return new self( self::STAY );
		}
		$is_open = in_array( $status, array( 'pending', 'on-hold', 'failed', 'processing', 'checkout-draft', ...self::GIVEN_UP ), true );
		return new self( $is_open ? self::HOLD : self::STAY, self::ELSEWHERE, true );
	}

	/** What a person must look at before anything is shipped; nothing when all is well. */
	private static function trouble( Known $known, int $minor, string $currency ): string {
		if ( array() !== $known->anomalies() ) {
			return self::ANOMALY;
		}
		$same = $known->minor() === $minor && $known->currency() === $currency;
		return $same ? '' : self::SUM;
	}

	private static function with_money( string $trouble, string $status, bool $movable ): self {
		if ( in_array( $status, self::GIVEN_UP, true ) ) {
			// What was paid before it was given up, or has been decided by a person, is no late money.
			return $movable ? new self( self::HOLD, '' === $trouble ? self::LATE : $trouble, true ) : new self( self::STAY, $trouble, self::ANOMALY === $trouble );
		}
		$waits = in_array( $status, array( 'pending', 'failed', 'checkout-draft' ), true ) || ( 'on-hold' === $status && $movable );
		if ( '' === $trouble ) {
			return new self( $waits ? self::PAY : self::STAY );
		}
		if ( 'processing' === $status && self::SUM === $trouble ) {
			// It was paid in the right sum, and staff has changed the order since.
			return new self( self::STAY );
		}
		if ( $waits || 'processing' === $status ) {
			return new self( self::HOLD, $trouble, 'processing' === $status );
		}
		return new self( self::STAY, $trouble, 'on-hold' !== $status );
	}

	private static function all_refunded( string $status, bool $movable ): self {
		$given_up = in_array( $status, self::GIVEN_UP, true );
		$waits    = in_array( $status, array( 'pending', 'failed' ), true ) || ( ( 'on-hold' === $status || $given_up ) && $movable );
		return $waits ? new self( self::HOLD, self::REFUNDED, $given_up ) : new self( self::STAY );
	}

	private static function under_way( string $status, bool $returned ): self {
		return match ( true ) {
			'failed' === $status               => new self( self::REOPEN ),
			'pending' === $status && $returned => new self( self::HOLD, self::UNDECIDED ),
			default                            => new self( self::STAY ),
		};
	}

	private static function rejected( string $status, bool $movable ): self {
		$waits = 'pending' === $status || ( 'on-hold' === $status && $movable );
		return new self( $waits ? self::FAIL : self::STAY );
	}
}
