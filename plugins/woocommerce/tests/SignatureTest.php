<?php
/**
 * Signatures of webhooks, by the golden files that the backend's signing is held to.
 *
 * @package AlliancePay\WooCommerce
 */

declare( strict_types=1 );

use AlliancePay\WooCommerce\Backend\Signature;
use PHPUnit\Framework\TestCase;

final class SignatureTest extends TestCase {

	private const SECRET = 'a-webhook-secret';
	private const BODY   = '{"type":"order.updated"}';
	private const NOW    = 1800000000;

	private static function header( int $time, string $body = self::BODY, string $secret = self::SECRET ): string {
		return "t={$time},v1=" . hash_hmac( 'sha256', "{$time}.{$body}", $secret );
	}

	private static function holds( string $header, string $body = self::BODY, string $secret = self::SECRET ): bool {
		return Signature::holds( $header, $body, $secret, self::NOW );
	}

	/**
	 * @dataProvider signed
	 * @param array{secret: string, time: int, body: string, header: string} $golden
	 */
	public function test_what_the_backend_signs_holds_and_nothing_else_under_its_signature( array $golden ): void {
		list( 'secret' => $secret, 'time' => $time, 'body' => $body, 'header' => $header ) = $golden;
		$this->assertTrue( Signature::holds( $header, $body, $secret, $time ) );
		$this->assertFalse( Signature::holds( $header, $body . ' ', $secret, $time ) );
		$this->assertFalse( Signature::holds( $header, $body, $secret . 'x', $time ) );
		$this->assertFalse( Signature::holds( str_replace( "t={$time},", 't=' . ( $time + 1 ) . ',', $header ), $body, $secret, $time ) );
	}

	public function signed(): array {
		return goldens( 'webhook-signature' );
	}

	public function test_three_hundred_seconds_either_way_are_borne_and_no_more(): void {
		foreach ( array( -300, 300 ) as $off ) {
			$this->assertTrue( self::holds( self::header( self::NOW + $off ) ) );
		}
		foreach ( array( -301, 301 ) as $off ) {
			$this->assertFalse( self::holds( self::header( self::NOW + $off ) ) );
		}
	}

	public function test_another_body_or_secret_does_not_hold(): void {
		$this->assertFalse( self::holds( self::header( self::NOW ), self::BODY . ' ' ) );
		$this->assertFalse( self::holds( self::header( self::NOW, self::BODY, 'another-secret' ) ) );
	}

	public function test_a_shop_without_a_secret_believes_nobody(): void {
		$this->assertFalse( self::holds( self::header( self::NOW, self::BODY, '' ), self::BODY, '' ) );
	}

	/** @dataProvider junk */
	public function test_what_is_no_signature_does_not_hold( string $header ): void {
		$this->assertFalse( self::holds( $header ) );
	}

	public function junk(): array {
		$good = self::header( self::NOW );
		return array(
			'nothing'     => array( '' ),
			'new line'    => array( $good . "\n" ),
			'upper case'  => array( strtoupper( $good ) ),
			'no time'     => array( substr( $good, strpos( $good, ',' ) + 1 ) ),
			'short'       => array( substr( $good, 0, -1 ) ),
			'two of them' => array( $good . ',' . $good ),
			'huge time'   => array( str_replace( 't=', 't=99999999999999', $good ) ),
		);
	}
}
