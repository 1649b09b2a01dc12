<?php
/**
 * The merchant backend's HTTP interface, as far as the shop's server uses it.
 *
 * @package AlliancePay\WooCommerce
 */

declare( strict_types=1 );

namespace AlliancePay\WooCommerce\Backend;

use AlliancePay\WooCommerce\Settings;

/** Asks the backend; every failure is a Problem. */
final class Client {

	/** A payment page may take the bank several tries. */
	public const PATIENCE = 35;
	/** An answer that the backend has by itself, or that a page is not built without. */
	public const SHORT = 10;
	/** What a person waits for while a page is built. */
	public const GLANCE = 5;

	public function __construct( private string $backend, private string $shop_key ) {}

	public static function of( Settings $settings ): self {
		return new self( $settings->backend(), $settings->shop_key() );
	}

	/**
	 * Puts the order; its token.
	 *
	 * @param array<string, mixed> $body
	 */
	public function put_order( string $order, array $body, int $patience = self::SHORT ): string {
		return self::told( $this->send( 'PUT', '/v1/orders/' . rawurlencode( $order ), $this->shop_key, $body, array(), $patience ), 'orderToken' )['orderToken'];
	}

	/**
	 * Opens a payment session, or finds the one that lives. The same key is sent once more when no answer came.
	 *
	 * @return array{session: string, page: string, expiresAt?: string}
	 */
	public function open_session( string $token, string $key, string $locale ): array {
		$send = fn (): array => self::told(
			$this->send(
				'POST',
				'/v1/payment-sessions',
				$token,
				array( 'locale' => $locale ),
				array( 'Idempotency-Key' => $key )
			),
			'session',
			'page'
		);
		try {
			return $send();
		} catch ( Problem $problem ) {
			if ( ! $problem->is_passing() ) {
				throw $problem;
			}
			return $send();
		}
	}

	/**
	 * The order as the backend's ledger has it; the bank is not asked.
	 *
	 * @return array<string, mixed>
	 */
	public function order( string $order ): array {
		return $this->send( 'GET', '/v1/orders/' . rawurlencode( $order ), $this->shop_key, null, array(), self::GLANCE );
	}

	/**
	 * Asks the bank now; the order after its answer.
	 *
	 * @return array<string, mixed>
	 */
	public function check( string $order, int $patience ): array {
		$answer = $this->send( 'POST', '/v1/orders/' . rawurlencode( $order ) . '/check', $this->shop_key, null, array(), $patience );
		return is_array( $answer['order'] ?? null ) ? $answer['order'] : throw self::stranger( 200 );
	}

	/**
	 * Gives money back.
	 *
	 * @param array<string, mixed> $body
	 * @return array<string, mixed>
	 */
	public function refund( string $order, string $key, array $body ): array {
		$path = '/v1/orders/' . rawurlencode( $order ) . '/refunds';
		return self::told( $this->send( 'POST', $path, $this->shop_key, $body, array( 'Idempotency-Key' => $key ) ), 'refund', 'state' );
	}

	/**
	 * A short-lived right for one member of staff to see one order.
	 *
	 * @param array<string, mixed> $body
	 */
	public function console_token( array $body ): string {
		return self::told( $this->send( 'POST', '/v1/console-tokens', $this->shop_key, $body, array(), self::GLANCE ), 'token' )['token'];
	}

	/**
	 * A list of the backend's; for the connection check.
	 *
	 * @return list<array<string, mixed>>
	 */
	public function list( string $path, string $name ): array {
		$answer = $this->send( 'GET', $path, $this->shop_key, null, array(), self::GLANCE );
		return is_array( $answer[ $name ] ?? null ) ? array_values( array_filter( $answer[ $name ], 'is_array' ) ) : throw self::stranger( 200 );
	}

	/**
	 * @param array<string, mixed>|null $body
	 * @param array<string, string>     $headers
	 * @return array<string, mixed>
	 */
	private function send( string $method, string $path, string $bearer, ?array $body = null, array $headers = array(), int $patience = self::PATIENCE ): array {
		$request = array(
			'method'      => $method,
			'timeout'     => $patience,
			'redirection' => 0,
			'headers'     => array(
				'Authorization' => 'Bearer ' . $bearer,
				'Accept'        => 'application/json',
			) + $headers,
		);
		if ( null !== $body ) {
			$request['headers']['Content-Type'] = 'application/json';
			$request['body']                    = wp_json_encode( array() === $body ? new \stdClass() : $body );
		}
		$answer = wp_remote_request( $this->backend . $path, $request );
		if ( is_wp_error( $answer ) ) {
			throw new Problem( Problem::UNREACHABLE, 0, $answer->get_error_message() );
		}
		return self::read( (int) wp_remote_retrieve_response_code( $answer ), wp_remote_retrieve_body( $answer ) );
	}

	/**
	 * @return array<string, mixed>
	 */
	private static function read( int $status, string $body ): array {
		$read = json_decode( $body, true, 64 );
		if ( $status >= 200 && $status < 300 && is_array( $read ) ) {
			return $read;
		}
		if ( is_array( $read ) && is_string( $read['code'] ?? null ) ) {
			$detail = $read['detail'] ?? $read['title'] ?? '';
			throw new Problem( $read['code'], $status, is_string( $detail ) ? $detail : '' );
		}
		throw self::stranger( $status );
	}

	/**
	 * An answer that has what is needed; anything at the backend's address may say "200" to everything.
	 *
	 * @param array<string, mixed> $answer
	 * @return array<string, mixed>
	 */
	private static function told( array $answer, string ...$names ): array {
		foreach ( $names as $name ) {
			if ( ! is_string( $answer[ $name ] ?? null ) || '' === $answer[ $name ] ) {
				throw self::stranger( 200 );
			}
		}
		return $answer;
	}

	private static function stranger( int $status ): Problem {
		return new Problem( Problem::NOT_A_BACKEND, $status, 'What answers there is not the merchant backend.' );
	}
}
