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

	public function test_no_notification_is_none(): void {
		$order = golden( 'webhook/order-updated' )['order'];
		foreach ( array_keys( $order['attempts'] ) as $index ) {
			$order['attempts'][ $index ]['notifiedAt'] = null;
		}
		$this->assertNull( Known::of( $order )->notified_at() );
	}
}
