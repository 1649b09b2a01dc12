<?php
/**
 * Refunds whose answers get lost, that others made, that the bank takes back.
 *
 * @package AlliancePay\WooCommerce
 */

declare( strict_types=1 );

final class RefundsTest extends ShopTestCase {

	private const REFUNDS = 'POST /v1/orders/.*/refunds';

	/** @return WC_Order_Refund|WP_Error */
	private static function gives_back( WC_Order $order, string $sum ) {
		return wc_create_refund(
			array(
				'order_id'       => $order->get_id(),
				'amount'         => $sum,
				'reason'         => 'Broken',
				'refund_payment' => true,
			)
		);
	}

	/** @return array<string, mixed> */
	private static function refund( string $id, int $minor, string $state = 'SUCCESS' ): array {
		return array(
			'refund'  => $id,
			'state'   => $state,
			'code'    => 'FAILED' === $state ? '51' : null,
			'amount'  => array(
				'minor'    => $minor,
				'currency' => 'UAH',
			),
			'reason'  => 'Broken',
			'offline' => false,
		);
	}

	/** @return list<string> */
	private static function booked( WC_Order $order ): array {
		return array_map( static fn ( $refund ) => $refund->get_amount(), wc_get_order( $order->get_id() )->get_refunds() );
	}

	public function test_an_unanswered_refund_is_pressed_again_by_the_same_key_and_another_sum_by_another(): void {
		$order = $this->a_paid_order();
		$this->backend->will( self::REFUNDS, self::timeout() );
		$said = self::gives_back( $order, '10.99' );
		$this->assertInstanceOf( WP_Error::class, $said );
		$this->assertStringContainsString( 'not known', $said->get_error_message() );
		$this->assertSame( array(), self::booked( $order ) );
		self::gives_back( $order, '10.99' );
		self::gives_back( $order, '11.00' );
		$keys = array_column( array_column( array_slice( $this->backend->asked, -3 ), 'headers' ), 'Idempotency-Key' );
		$this->assertSame( $keys[0], $keys[1] );
		$this->assertNotSame( $keys[1], $keys[2] );
		$this->assertSame( 1099, $this->backend->asked[ count( $this->backend->asked ) - 2 ]['body']['amountMinor'] );
	}

	public function test_a_refund_that_was_made_without_an_answer_and_told_later_is_booked_once(): void {
		$order = $this->a_paid_order();
		$this->backend->will( self::REFUNDS, self::timeout() );
		self::gives_back( $order, '10.99' );
		$this->webhook( $this->told( $order, 'PARTIALLY_REFUNDED', 6, array( 'refunds' => array( self::refund( 'rf_1', 1099 ) ) ) ) );
		$this->assertSame( array( '10.99' ), self::booked( $order ) );

		// Staff has not seen it and presses again: the backend answers with the refund that was made.
		$this->backend->will( self::REFUNDS, self::refund( 'rf_1', 1099 ) );
		$said = self::gives_back( $order, '10.99' );
		$this->assertInstanceOf( WP_Error::class, $said );
		$this->assertStringContainsString( 'already', $said->get_error_message() );
		$this->assertSame( array( '10.99' ), self::booked( $order ) );

		// A second one of the same sum is a wish of its own.
		$this->backend->will( self::REFUNDS, self::refund( 'rf_2', 1099 ) );
		$this->assertInstanceOf( WC_Order_Refund::class, self::gives_back( $order, '10.99' ) );
		$this->assertSame( array( '10.99', '10.99' ), self::booked( $order ) );
	}

	public function test_a_refund_of_the_consoles_that_is_told_during_one_of_the_shops_is_booked_after_it(): void {
		$order = $this->a_paid_order();
		$both  = $this->told( $order, 'PARTIALLY_REFUNDED', 7, array( 'refunds' => array( self::refund( 'rf_console', 500 ), self::refund( 'rf_shop', 1099 ) ) ) );
		$this->backend->will( self::REFUNDS, self::refund( 'rf_shop', 1099 ) );
		$during = function ( $answer, $request, $url ) use ( $both ) {
			if ( str_ends_with( $url, '/refunds' ) ) {
				$this->assertSame( 204, $this->webhook( $both ) );
			}
			return $answer;
		};
		as_unschedule_all_actions( '', array(), 'alliancepay' );
		add_filter( 'pre_http_request', $during, 20, 3 );
		self::gives_back( $order, '10.99' );
		remove_filter( 'pre_http_request', $during, 20 );
		$this->assertSame( array( '10.99' ), self::booked( $order ), 'not twice' );
		$this->assertTrue( as_has_scheduled_action( 'alliancepay_look', array( $order->get_id() ), 'alliancepay' ) );
		$this->backend->will( 'GET /v1/orders/.*', $both );
		do_action( 'alliancepay_look', $order->get_id() );
		$booked = self::booked( $order );
		sort( $booked, SORT_STRING );
		$this->assertSame( array( '10.99', '5.00' ), $booked );
	}

	public function test_a_refund_the_bank_refuses_at_last_is_taken_out_of_the_books(): void {
		$order = $this->a_paid_order();
		$this->backend->will( self::REFUNDS, self::refund( 'rf_1', 60995, 'PENDING' ) );
		$this->backend->will( 'GET /v1/orders/.*', self::timeout() );
		$this->assertInstanceOf( WC_Order_Refund::class, self::gives_back( $order, self::TOTAL ) );
		$this->assertSame( 'refunded', $this->status( $order ) );
		$this->webhook( $this->told( $order, 'CAPTURED', 8, array( 'refunds' => array( self::refund( 'rf_1', 60995, 'FAILED' ) ) ) ) );
		$this->assertSame( array(), self::booked( $order ) );
		$this->assertSame( 'on-hold', $this->status( $order ), 'the money is still here: a person decides' );
	}

	public function test_a_refusal_frees_the_key_and_says_why(): void {
		$order = $this->a_paid_order();
		$this->backend->will( self::REFUNDS, Backend::problem( 422, 'refund_too_large', 'Only 5.00 can still go back.' ) );
		$said = self::gives_back( $order, '10.99' );
		$this->assertSame( 'Only 5.00 can still go back.', $said->get_error_message() );
		$this->assertSame( '', wc_get_order( $order->get_id() )->get_meta( '_alliancepay_open_refund' ) );
		$this->assertSame( array(), self::booked( $order ) );
	}

	public function test_an_order_of_another_method_is_not_refunded_here(): void {
		$order = $this->an_order();
		Checkout::is_paid_by( $order, 'cheque' );
		$this->assertFalse( ( new AlliancePay\WooCommerce\Gateway() )->can_refund_order( $order ) );
		$this->assertInstanceOf( WP_Error::class, ( new AlliancePay\WooCommerce\Gateway() )->process_refund( $order->get_id(), '1.00' ) );
		$this->assertSame( 0, $this->backend->count( 'POST', '/.*' ) );
	}
}
