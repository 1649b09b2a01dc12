<?php
/**
 * An order as the backend told of it: the part the shop decides by and shows. Reads the order of `GET /v1/orders/{order}`
 * and the payment session alike.
 *
 * @package AlliancePay\WooCommerce
 */

declare( strict_types=1 );

namespace AlliancePay\WooCommerce\Order;

/** What is known of a payment. */
final class Known {

	/** The bank holds the buyer's money, or a part of it. */
	private const HOLDS_MONEY = array( 'CAPTURED', 'PAID', 'PARTIALLY_REFUNDED' );

	/** Money came, whatever became of it. */
	private const MONEY_CAME = array( ...self::HOLDS_MONEY, 'REFUNDED' );

	/** The bank's words for movements that bring money. */
	private const BRINGS = array( 'PURCHASE', 'COMPLETION', 'ACCOUNT_2_ACCOUNT', 'SALE' );

	/** Kept of an attempt. */
	private const ATTEMPT = array( 'session', 'state', 'reason', 'product', 'amount', 'anomalies', 'bankOrder', 'notifiedAt', 'askedAt', 'createdAt', 'expiresAt' );

	/** Kept of an operation. */
	private const OPERATION = array( 'session', 'kind', 'status', 'amount', 'operationId', 'rrn', 'instrument', 'reason', 'createdAt', 'modifiedAt' );

	/** Kept of a refund. */
	private const REFUND = array( 'refund', 'state', 'amount', 'reason', 'offline', 'code', 'createdAt' );

	/** @param array<string, mixed> $facts */
	private function __construct( private array $facts ) {}

	/**
	 * From the backend's JSON; nothing when it is not of that shape.
	 *
	 * @param array<string, mixed> $order
	 */
	public static function of( array $order ): ?self {
		$amount = $order['amount'] ?? null;
		$fits   = is_string( $order['order'] ?? null ) && is_string( $order['state'] ?? null )
			&& is_int( $order['revision'] ?? null ) && is_array( $amount )
			&& is_int( $amount['minor'] ?? null ) && is_string( $amount['currency'] ?? null );
		if ( ! $fits ) {
			return null;
		}
		$few = static fn ( string $list, array $names ): array => array_map(
			static fn ( array $one ): array => array_intersect_key( $one, array_flip( $names ) ),
			array_values( array_filter( (array) ( $order[ $list ] ?? array() ), 'is_array' ) )
		);
		return new self(
			array(
				'order'      => $order['order'],
				'state'      => $order['state'],
				'reason'     => is_string( $order['reason'] ?? null ) ? $order['reason'] : null,
				'revision'   => $order['revision'],
				'amount'     => $amount,
				'anomalies'  => array_values( array_filter( (array) ( $order['anomalies'] ?? array() ), 'is_string' ) ),
				'attempts'   => $few( 'attempts', self::ATTEMPT ),
				'operations' => $few( 'operations', self::OPERATION ),
				'refunds'    => $few( 'refunds', self::REFUND ),
			)
		);
	}

	/**
	 * What was stored with the order before.
	 *
	 * @param mixed $stored
	 */
	public static function stored( $stored ): ?self {
		return is_array( $stored ) ? self::of( $stored ) : null;
	}

	/**
	 * For storing.
	 *
	 * @return array<string, mixed>
	 */
	public function facts(): array {
		return $this->facts;
	}

	/** The order's name at the backend. */
	public function order(): string {
		return $this->facts['order'];
	}

	public function state(): string {
		return $this->facts['state'];
	}

	public function reason(): ?string {
		return $this->facts['reason'];
	}

	public function revision(): int {
		return $this->facts['revision'];
	}

	public function minor(): int {
		return $this->facts['amount']['minor'];
	}

	public function currency(): string {
		return $this->facts['amount']['currency'];
	}

	/** @return list<string> */
	public function anomalies(): array {
		return $this->facts['anomalies'];
	}

	/**
	 * All attempts, or those in one of these states.
	 *
	 * @param list<string> $states
	 * @return list<array<string, mixed>>
	 */
	public function attempts( array $states = array() ): array {
		$is_meant = static fn ( array $attempt ): bool => array() === $states || in_array( $attempt['state'] ?? '', $states, true );
		return array_values( array_filter( $this->facts['attempts'], $is_meant ) );
	}

	/** @return list<array<string, mixed>> */
	public function operations(): array {
		return $this->facts['operations'];
	}

	/** @return list<array<string, mixed>> */
	public function refunds(): array {
		return $this->facts['refunds'];
	}

	/** Whether money came that has not all gone back. */
	public function holds_money(): bool {
		return in_array( $this->state(), self::HOLDS_MONEY, true );
	}

	/** Whether money came, even if all of it went back. */
	public function has_money_come(): bool {
		return in_array( $this->state(), self::MONEY_CAME, true );
	}

	/** Whether nothing is decided: the buyer is at the bank, or was never sent there. */
	public function is_open(): bool {
		return in_array( $this->state(), array( 'CREATED', 'REDIRECTED' ), true );
	}

	/** The attempt to show: the one whose money is here, else one whose money went back, else the newest. @return array<string, mixed> */
	public function attempt(): array {
		$attempts = $this->attempts();
		return $this->attempts( self::HOLDS_MONEY )[0] ?? $this->attempts( self::MONEY_CAME )[0] ?? $attempts[ count( $attempts ) - 1 ] ?? array();
	}

	/** What came beyond the order's sum, in minor units: of a payment that was too large, or of one payment more. */
	public function surplus(): int {
		return max( 0, array_sum( array_map( array( $this, 'came_by' ), $this->attempts( self::MONEY_CAME ) ) ) - $this->minor() );
	}

	/**
	 * What an attempt brought; the sum it was opened for where its movements do not tell in the order's currency.
	 *
	 * @param array<string, mixed> $attempt
	 */
	private function came_by( array $attempt ): int {
		$came = 0;
		foreach ( $this->operations() as $one ) {
			$is_of_it = ( $one['session'] ?? '' ) === ( $attempt['session'] ?? null ) && 'SUCCESS' === ( $one['status'] ?? '' ) && in_array( $one['kind'] ?? '', self::BRINGS, true );
			$came    += $is_of_it && $this->currency() === ( $one['amount']['currency'] ?? '' ) ? (int) ( $one['amount']['minor'] ?? 0 ) : 0;
		}
		return 0 < $came ? $came : (int) ( $attempt['amount']['minor'] ?? 0 );
	}

	/** The bank's number of the payment. */
	public function bank_order(): string {
		return (string) ( $this->attempt()['bankOrder'] ?? '' );
	}

	/** When the bank's notification came, of whichever attempt it was; nothing when none did. */
	public function notified_at(): ?string {
		$times = array_filter( array_column( $this->attempts(), 'notifiedAt' ) );
		return array() === $times ? null : (string) max( $times );
	}
}
