<?php
/**
 * The backend did not do what was asked.
 *
 * @package AlliancePay\WooCommerce
 */

declare( strict_types=1 );

namespace AlliancePay\WooCommerce\Backend;

use RuntimeException;

/** `code` is the backend's stable word; `unreachable` and `not_a_backend` are ours. */
final class Problem extends RuntimeException {

	public const UNREACHABLE   = 'unreachable';
	public const NOT_A_BACKEND = 'not_a_backend';

	public function __construct(
		public string $word,
		public int $status,
		string $detail,
	) {
		parent::__construct( $detail );
	}

	/** Whether the same request may be sent again at once. */
	public function is_passing(): bool {
		return self::UNREACHABLE === $this->word || 'idempotency_key_in_use' === $this->word;
	}

	/** Whether the backend itself said no, for good. A stranger's answer says nothing about what the backend did. */
	public function is_refusal(): bool {
		return $this->status >= 400 && $this->status < 500 && self::NOT_A_BACKEND !== $this->word && ! $this->is_passing();
	}

	/** For the log. */
	public function line(): string {
		return sprintf( '%s (HTTP %d): %s', $this->word, $this->status, $this->getMessage() );
	}
}
