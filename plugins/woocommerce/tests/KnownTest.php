<?php
/**
 * Reads the golden files that the backend's own tests are held to.
 *
 * @package AlliancePay\WooCommerce
 */

declare( strict_types=1 );

use AlliancePay\WooCommerce\Order\Known;
use PHPUnit\Framework\TestCase;

final class KnownTest extends TestCase {

	public function test_the_webhooks_order_is_read(): void {
		$known = Known::of( golden( 'webhook/order-updated' )['order'] );
		$this->assertSame( 'A-1001', $known->order() );
		$this->assertSame( 'CAPTURED', $known->state() );
		$this->assertSame( 12905, $known->minor() );
		$this->assertSame( 'UAH', $known->currency() );
		$this->assertSame( 7, $known->revision() );
		$this->assertSame( array( 'unreachable' ), $known->anomalies() );
		$this->assertSame( '1762952514564YK07ZIElutD', $known->bank_order() );
		$this->assertSame( '2026-11-21T10:01:10Z', $known->notified_at() );
		$this->assertTrue( $known->holds_money() );
	}

	public function test_what_is_kept_is_read_again_and_holds_no_raw_messages(): void {
		$known = Known::of( golden( 'webhook/order-updated' )['order'] );
		$this->assertEquals( $known, Known::stored( $known->facts() ) );
		$kept = (string) json_encode( $known->facts() );
		foreach ( array( 'raw', 'events', 'customerId', 'statusPage', 'returnUrl', 'description' ) as $name ) {
			$this->assertStringNotContainsString( "\"{$name}\"", $kept );
		}
	}

	public function test_the_order_of_a_reading_is_the_order_of_a_webhook(): void {
		$this->assertNotNull( Known::of( golden( 'order/captured' ) ) );
	}

	public function test_what_is_no_order_is_not_read(): void {
		$this->assertNull( Known::of( array() ) );
		$order                    = golden( 'order/captured' );
		$order['amount']['minor'] = '12905';
		$this->assertNull( Known::of( $order ), 'a sum as text' );
		$this->assertNull( Known::stored( '' ) );
	}

	public function test_the_attempt_whose_money_is_here_goes_before_one_whose_money_went_back(): void {
		$order   = golden( 'webhook/order-updated' )['order'];
		$attempt = static fn ( string $session, string $state ): array => compact( 'session', 'state' );
		foreach (
			array(
				'B' => array( $attempt( 'A', 'REFUNDED' ), $attempt( 'B', 'CAPTURED' ), $attempt( 'C', 'REJECTED' ) ),
				'A' => array( $attempt( 'A', 'REFUNDED' ), $attempt( 'B', 'REFUNDED' ), $attempt( 'C', 'REJECTED' ) ),
				'C' => array( $attempt( 'A', 'REJECTED' ), $attempt( 'B', 'CANCELLED' ), $attempt( 'C', 'REJECTED' ) ),
				''  => array(),
			) as $session => $attempts
		) {
			$this->assertSame( $session, Known::of( array( 'attempts' => $attempts ) + $order )->attempt()['session'] ?? '' );
		}
	}

	public function test_what_came_beyond_the_order_is_told_by_its_movements_and_else_by_its_attempts(): void {
		$order = golden( 'webhook/order-updated' )['order'];
		$this->assertSame( 0, Known::of( $order )->surplus() );
		$order['operations'][0]['amount']['minor'] = 12907;
		$this->assertSame( 2, Known::of( $order )->surplus() );
		$order['operations'][0]['amount']['currency'] = 'USD';
		$this->assertSame( 0, Known::of( $order )->surplus(), 'charged in another currency' );
		$order['attempts'][] = array( 'session' => 'CCCCCCCCCCCCCCCCCCCCCA' ) + $order['attempts'][1];
		$this->assertSame( 12905, Known::of( $order )->surplus(), 'paid twice' );
	}

	public function test_no_notification_is_none(): void {
		$order = golden( 'webhook/order-updated' )['order'];
		foreach ( array_keys( $order['attempts'] ) as $index ) {
			$order['attempts'][ $index ]['notifiedAt'] = null;
		}
		$this->assertNull( Known::of( $order )->notified_at() );
	}
}
