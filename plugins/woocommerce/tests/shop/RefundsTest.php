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
			'code'    => 'FAILED' === $state ? '9/11' : null,
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
		$this->assertStringContainsString( 'the issuing bank is unavailable (code 9/11)', Checkout::notes( $order ) );
	}

	/** @return array<string, mixed> */
	private static function attempt( string $session, string $state ): array {
		$amount = array(
			'minor'    => self::MINOR,
			'currency' => 'UAH',
		);
		return compact( 'session', 'state', 'amount' );
	}

	public function test_the_return_of_a_second_payment_leaves_the_order_paid_until_the_first_goes_back_too(): void {
		$order = $this->an_order_at_the_bank();
		$both  = static fn ( string $first, string $second ): array => array( self::attempt( 'A', $first ), self::attempt( 'B', $second ) );
		$this->webhook(
			$this->told(
				$order,
				'CAPTURED',
				5,
				array(
					'anomalies' => array( 'repeated' ),
					'attempts'  => $both( 'CAPTURED', 'CAPTURED' ),
				)
			)
		);
		$this->assertSame( 'on-hold', $this->status( $order ) );
		$of_second = array( 'session' => 'B' ) + self::refund( 'rf_second', self::MINOR );
		$once      = $this->told(
			$order,
			'CAPTURED',
			6,
			array(
				'attempts' => $both( 'CAPTURED', 'REFUNDED' ),
				'refunds'  => array( $of_second ),
			)
		);
		$this->webhook( $once );
		$this->webhook( $once );
		$this->assertSame( array( 'processing', array() ), array( $this->status( $order ), self::booked( $order ) ) );
		$this->assertSame( 1, substr_count( Checkout::notes( $order ), 'had come beyond what this order costs' ) );
		$this->webhook(
			$this->told(
				$order,
				'REFUNDED',
				7,
				array(
					'attempts' => $both( 'REFUNDED', 'REFUNDED' ),
					'refunds'  => array( $of_second, array( 'session' => 'A' ) + self::refund( 'rf_first', self::MINOR ) ),
				)
			)
		);
		$this->assertSame( array( 'refunded', array( self::TOTAL ) ), array( $this->status( $order ), self::booked( $order ) ) );
	}

	public function test_the_return_of_the_first_of_two_payments_leaves_the_order_paid_by_the_second(): void {
		$order = $this->a_paid_order();
		$this->webhook(
			$this->told(
				$order,
				'CAPTURED',
				6,
				array(
					'attempts' => array( self::attempt( 'A', 'REFUNDED' ), self::attempt( 'B', 'CAPTURED' ) ),
					'refunds'  => array( array( 'session' => 'A' ) + self::refund( 'rf_1', self::MINOR ) ),
				)
			)
		);
		$this->assertSame( array( 'processing', array() ), array( $this->status( $order ), self::booked( $order ) ) );
	}

	public function test_the_return_of_what_was_paid_beside_another_method_leaves_that_order_as_it_is(): void {
		$order = $this->an_order_at_the_bank();
		Checkout::is_paid_by( $order, 'cheque' );
		wc_get_order( $order->get_id() )->update_status( 'processing' );
		$this->webhook( $this->told( $order, 'CAPTURED', 5, array( 'attempts' => array( self::attempt( 'A', 'CAPTURED' ) ) ) ) );
		$this->assertSame( 'on-hold', $this->status( $order ) );
		wc_get_order( $order->get_id() )->update_status( 'processing' );
		$back = array(
			'attempts' => array( self::attempt( 'A', 'REFUNDED' ) ),
			'refunds'  => array( array( 'session' => 'A' ) + self::refund( 'rf_1', self::MINOR ) ),
		);
		$this->webhook( $this->told( $order, 'REFUNDED', 6, $back ) );
		$this->assertSame( array( 'processing', array() ), array( $this->status( $order ), self::booked( $order ) ) );
		$this->assertStringContainsString( 'had come beyond what this order costs', Checkout::notes( $order ) );
	}

	public function test_of_an_order_that_was_overpaid_only_what_exceeds_the_surplus_is_booked(): void {
		$order = $this->an_order_at_the_bank();
		$paid  = array(
			'session' => 'A',
			'kind'    => 'PURCHASE',
			'status'  => 'SUCCESS',
			'amount'  => array(
				'minor'    => self::MINOR + 100,
				'currency' => 'UAH',
			),
		);
		$facts = array(
			'attempts'   => array( self::attempt( 'A', 'CAPTURED' ) ),
			'operations' => array( $paid, array( 'status' => 'FAIL' ) + $paid, array( 'kind' => 'REFUND' ) + $paid ),
		);
		$this->webhook( $this->told( $order, 'CAPTURED', 5, array( 'anomalies' => array( 'overpaid' ) ) + $facts ) );
		$this->assertSame( 'on-hold', $this->status( $order ) );
		$refunds = array( self::refund( 'rf_1', 60 ) );
		$this->webhook( $this->told( $order, 'PARTIALLY_REFUNDED', 6, array( 'anomalies' => array( 'overpaid' ), 'refunds' => $refunds ) + $facts ) );
		$this->assertSame( array(), self::booked( $order ) );
		$refunds[] = self::refund( 'rf_2', 540 );
		$this->webhook( $this->told( $order, 'PARTIALLY_REFUNDED', 7, array( 'refunds' => $refunds ) + $facts ) );
		$this->assertSame( array( 'processing', array( '5.00' ) ), array( $this->status( $order ), self::booked( $order ) ) );
		$refunds[] = self::refund( 'rf_3', 300 );
		$this->webhook( $this->told( $order, 'PARTIALLY_REFUNDED', 8, array( 'refunds' => $refunds ) + $facts ) );
		$booked = self::booked( $order );
		sort( $booked, SORT_STRING );
		$this->assertSame( array( '3.00', '5.00' ), $booked );
		$this->assertSame( 2, substr_count( Checkout::notes( $order ), 'had come beyond what this order costs' ) );
	}

	/** @dataProvider refused_by_the_bank */
	public function test_a_refund_the_bank_refuses_is_told_with_its_reason( string $code, string $words ): void {
		$order = $this->a_paid_order();
		$this->backend->will( self::REFUNDS, array( 'code' => $code ) + self::refund( 'rf_1', 1099, 'FAILED' ) );
		$said = self::gives_back( $order, '10.99' );
		$this->assertSame( $words, $said->get_error_message() );
		$this->assertSame( array(), self::booked( $order ) );
	}

	public function refused_by_the_bank(): array {
		$refused = static fn ( string $why ): string => "The bank refused the refund: {$why}. No money went back.";
		return array(
			array( '9/11', $refused( 'the issuing bank is unavailable (code 9/11)' ) ),
			array( '9/013', $refused( 'processing error (code 9/013)' ) ),
			array( '1/01', $refused( 'expired card (code 1/01)' ) ),
			array( '1/16', $refused( 'insufficient funds (code 1/16)' ) ),
			array( '1/21', $refused( 'card limit exceeded (code 1/21)' ) ),
			array( '1/85', $refused( 'wrong CVV (code 1/85)' ) ),
			array( '2/07', $refused( 'the card is blocked by its bank (code 2/07)' ) ),
			array( '33/05', $refused( '3-D Secure was not passed (code 33/05)' ) ),
			array( '77/00', $refused( 'code 77/00' ) ),
			array( '', $refused( 'it gave no reason' ) ),
			array( 'not_sent', 'The refund was not made: the request was not sent to the bank. No money went back.' ),
			array( 'never_arrived', 'The refund was not made: the request never reached the bank. No money went back.' ),
		);
	}

	/** @dataProvider refused_by_the_backend */
	public function test_a_refusal_frees_the_key_and_says_why( int $status, string $code, string $words ): void {
		$order = $this->a_paid_order();
		$this->backend->will( self::REFUNDS, Backend::problem( $status, $code, 'Only 500 minor units are left to go back.' ) );
		$this->backend->will(
			'GET /v1/orders/.*',
			array(
				'refundable' => array(
					'amount' => array(
						'minor'    => 500,
						'currency' => 'UAH',
					),
				),
			)
		);
		$said = self::gives_back( $order, '10.99' )->get_error_message();
		$this->assertStringContainsString( $words, $said );
		$this->assertStringNotContainsString( 'minor units', $said );
		$this->assertSame( '', wc_get_order( $order->get_id() )->get_meta( '_alliancepay_open_refund' ) );
		$this->assertSame( array(), self::booked( $order ) );
	}

	public function refused_by_the_backend(): array {
		return array(
			array( 409, 'refund_too_large', '5.00' ),
			array( 409, 'nothing_left', 'Nothing is left to go back' ),
			array( 409, 'not_paid', 'knows of no money for this order' ),
			array( 409, 'waits_for_settlement', 'only once it was collected' ),
			array( 409, 'refund_not_supported', 'Pay the buyer another way' ),
			array( 401, 'shop_key_invalid', 'does not take this shop’s key' ),
		);
	}

	public function test_how_much_is_left_is_not_made_up_where_the_backend_does_not_tell(): void {
		$order = $this->a_paid_order();
		$this->backend->will( self::REFUNDS, Backend::problem( 409, 'refund_too_large' ) );
		foreach ( array( self::timeout(), '{}', '{"refundable":"much"}', '{"refundable":{"amount":{"minor":"500"}}}' ) as $answer ) {
			$this->backend->will( 'GET /v1/orders/.*', $answer );
			$this->assertStringContainsString( 'more than may still go back', self::gives_back( $order, '10.99' )->get_error_message() );
		}
	}

	/** @dataProvider no_answers */
	public function test_what_is_no_answer_of_the_backends_leaves_the_key_for_the_next_press( array $answer ): void {
		$order = $this->a_paid_order();
		$this->backend->will( self::REFUNDS, $answer );
		$this->assertStringContainsString( 'not known whether the refund was made', self::gives_back( $order, '10.99' )->get_error_message() );
		self::gives_back( $order, '10.99' );
		$keys = array_column( array_column( array_slice( $this->backend->asked, -2 ), 'headers' ), 'Idempotency-Key' );
		$this->assertSame( $keys[0], $keys[1] );
	}

	public function no_answers(): array {
		return array(
			'a gateway in between'  => array( array( 504, '<h1>Gateway timeout</h1>' ) ),
			'a filter in between'   => array( array( 403, '<h1>Forbidden</h1>' ) ),
			'a ledger out of reach' => array( Backend::problem( 503, 'unavailable' ) ),
			'still at work'         => array( Backend::problem( 409, 'idempotency_key_in_use' ) ),
		);
	}

	public function test_an_order_of_another_method_is_not_refunded_here(): void {
		$order = $this->an_order();
		Checkout::is_paid_by( $order, 'cheque' );
		$this->assertFalse( ( new AlliancePay\WooCommerce\Gateway() )->can_refund_order( $order ) );
		$this->assertInstanceOf( WP_Error::class, ( new AlliancePay\WooCommerce\Gateway() )->process_refund( $order->get_id(), '1.00' ) );
		$this->assertSame( 0, $this->backend->count( 'POST', '/.*' ) );
	}
}
