<?php
/**
 * The backend's side of the wire, as a trial scripts it: what is answered to which request, and what was asked. Everything
 * else in a trial is real: WordPress, its database, the plugin.
 *
 * @package AlliancePay\WooCommerce
 */

declare( strict_types=1 );

/** Answers instead of the network. */
final class Backend {

	public const ADDRESS = 'https://pay.shop.example';

	/** @var list<array{method: string, path: string, timeout: float, headers: array<string, string>, body: mixed}> */
	public array $asked = array();

	/** @var array<string, list<array{0: int, 1: string}|WP_Error>> */
	private array $answers = array();

	public function listen(): void {
		add_filter( 'pre_http_request', array( $this, 'answer' ), 10, 3 );
	}

	public function fall_silent(): void {
		remove_filter( 'pre_http_request', array( $this, 'answer' ), 10 );
	}

	/** The next answers to requests such as `PUT /v1/orders/`; the last one stays. */
	public function will( string $request, array|WP_Error|string ...$answers ): self {
		$this->answers[ $request ] = array_map(
			static fn ( $answer ) => match ( true ) {
				$answer instanceof WP_Error   => $answer,
				is_string( $answer )          => array( 200, $answer ),
				is_int( $answer[0] ?? null )  => $answer,
				default                       => array( 200, (string) wp_json_encode( $answer ) ),
			},
			$answers
		);
		return $this;
	}

	/** A refusal, as the backend words them. */
	public static function problem( int $status, string $code, string $detail = 'In words.' ): array {
		return array( $status, (string) wp_json_encode( compact( 'status', 'code', 'detail' ) ) );
	}

	/**
	 * @param mixed                $nothing
	 * @param array<string, mixed> $request
	 */
	public function answer( $nothing, array $request, string $url ) {
		$path          = substr( $url, strlen( self::ADDRESS ) );
		$this->asked[] = array(
			'method'  => $request['method'],
			'path'    => $path,
			'timeout' => $request['timeout'],
			'headers' => $request['headers'],
			'body'    => json_decode( (string) ( $request['body'] ?? '' ), true ),
		);
		foreach ( array_keys( $this->answers ) as $known ) {
			list( $method, $pattern ) = explode( ' ', $known );
			if ( $method === $request['method'] && 1 === preg_match( "#^{$pattern}$#", $path ) ) {
				$answer = 1 < count( $this->answers[ $known ] ) ? array_shift( $this->answers[ $known ] ) : $this->answers[ $known ][0];
				return $answer instanceof WP_Error ? $answer : array(
					'response' => array( 'code' => $answer[0] ),
					'headers'  => array(),
					'body'     => $answer[1],
				);
			}
		}
		return new WP_Error( 'http_request_failed', "nothing is scripted for {$request['method']} {$path}" );
	}

	/** How often a path was asked, by its pattern. */
	public function count( string $method, string $pattern ): int {
		return count( array_filter( $this->asked, static fn ( $one ) => $method === $one['method'] && 1 === preg_match( "#^{$pattern}$#", $one['path'] ) ) );
	}
}
