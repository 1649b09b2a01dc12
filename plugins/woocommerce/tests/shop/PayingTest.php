<?php
/**
 * Opening a payment while the backend is away, slow, somebody else, or of another opinion. WooCommerce gets an answer of
 * its kind each time: anything thrown would be an HTTP 500 to the buyer.
 *
 * @package AlliancePay\WooCommerce
 */

declare( strict_types=1 );

use AlliancePay\WooCommerce\Checkout\ReturnPage;
use AlliancePay\WooCommerce\Checkout\Staying;
use AlliancePay\WooCommerce\Gateway;
use AlliancePay\WooCommerce\Order\Lock;
use AlliancePay\WooCommerce\PageLife;
use AlliancePay\WooCommerce\Payment;
use AlliancePay\WooCommerce\PaymentRefused;

final class PayingTest extends ShopTestCase {

	/** @dataProvider refusals */
	public function test_a_payment_that_cannot_be_opened_is_told_and_leaves_the_order_waiting( $put, $session, string $words ): void {
		$order = $this->an_order();
		$this->opens();
		if ( null !== $put ) {
			$this->backend->will( 'PUT /v1/orders/.*', $put );
		}
		if ( null !== $session ) {
			$this->backend->will( 'POST /v1/payment-sessions', $session );
		}
		$this->assertSame( array( 'result' => 'failure' ), ( new Gateway() )->process_payment( $order->get_id() ) );
		$this->assertStringContainsString( $words, Checkout::told() );
		$this->assertSame( 'pending', $this->status( $order ) );

		// The next press finds everything well.
		$this->opens();
		$this->assertSame( 'https://pay.bank.example/?hpp=1', ( new Gateway() )->process_payment( $order->get_id() )['redirect'] );
	}

	public function refusals(): array {
		$silent = new WP_Error( ...self::TIMEOUT );
		$page   = array(
			'session' => 'AAAAAAAAAAAAAAAAAAAAAA',
			'page'    => 'javascript:alert(1)',
		);
		return array(
			'nobody there'                 => array( $silent, null, 'cannot be reached' ),
			'nobody there for the session' => array( null, $silent, 'cannot be reached' ),
			'an empty 500'                 => array( array( 500, '' ), null, 'cannot take this payment' ),
			'a page instead'               => array( '<!doctype html><p>Welcome', null, 'cannot take this payment' ),
			'a friendly stranger'          => array( '{}', null, 'cannot take this payment' ),
			'a list'                       => array( '[1,2]', null, 'cannot take this payment' ),
			'a token that is none'         => array( '{"orderToken":{"a":1}}', null, 'cannot take this payment' ),
			'a session without a page'     => array( null, '{"session":"AAAA"}', 'cannot take this payment' ),
			'a page that is a script'      => array( null, $page, 'cannot take this payment' ),
			'a strange refusal'            => array( array( 400, '{"code":"odd","detail":{"a":1}}' ), null, 'cannot take this payment' ),
			'a wrong key'                  => array( Backend::problem( 401, 'shop_key_invalid' ), null, 'cannot take this payment' ),
			'a silent bank'                => array( null, Backend::problem( 502, 'bank_unavailable' ), 'No payment page was opened' ),
			'another sum under way'        => array( Backend::problem( 409, 'order_locked' ), null, 'already under way' ),
		);
	}

	public function test_an_unanswered_session_is_asked_for_once_more_by_the_same_key(): void {
		$order = $this->an_order();
		$this->opens();
		$this->backend->will(
			'POST /v1/payment-sessions',
			self::timeout(),
			array(
				'session' => 'AAAAAAAAAAAAAAAAAAAAAA',
				'page'    => 'https://pay.bank.example/?hpp=1',
			)
		);
		$this->assertSame( 'success', ( new Gateway() )->process_payment( $order->get_id() )['result'] );
		$keys = array_column( array_column( array_slice( $this->backend->asked, -2 ), 'headers' ), 'Idempotency-Key' );
		$this->assertCount( 2, $keys );
		$this->assertSame( $keys[0], $keys[1] );
	}

	public function test_no_page_of_the_shop_waits_long_for_a_silent_backend(): void {
		$order = $this->an_order_at_the_bank();
		$this->backend->will( 'PUT /v1/orders/.*', self::timeout() );
		$this->backend->asked = array();
		$this->assertSame( '', Payment::token( $order ) );
		$this->assertLessThanOrEqual( 5, $this->backend->asked[0]['timeout'] );
	}

	public function test_what_was_paid_already_is_told_and_not_paid_again(): void {
		$order = $this->an_order_at_the_bank();
		$this->backend->will( 'POST /v1/payment-sessions', Backend::problem( 409, 'order_already_paid' ) );
		$this->backend->will( 'GET /v1/orders/.*', $this->told( $order, 'CAPTURED', 5 ) );
		$answer = ( new Gateway() )->process_payment( $order->get_id() );
		$this->assertStringContainsString( 'order-received', $answer['redirect'] );
		$this->assertSame( 'processing', $this->status( $order ) );
	}

	public function test_only_a_page_that_can_go_on_by_itself_stays(): void {
		$this->opens();
		$asks = function ( array $get, array $post ): string {
			list( $_GET, $_POST ) = array( $get, $post );
			$order                = $this->an_order();
			$redirect             = ( new Gateway() )->process_payment( $order->get_id() )['redirect'];
			list( $_GET, $_POST ) = array( array(), array() );
			return str_replace( Staying::fragment( $order ), 'stays', $redirect );
		};
		$ajax = array( 'wc-ajax' => 'checkout' );
		$says = array( 'alliancepay_stay' => '1' );
		$this->assertStringStartsWith( 'https:', $asks( $ajax, $says ), 'the shop has not set it' );
		$this->set_up( array( 'after_order' => 'page' ) );
		$this->assertStringStartsWith( 'https:', $asks( $ajax, array() ), 'a page without the widget' );
		$this->assertStringStartsWith( 'https:', $asks( array(), $says ), 'a page without scripts, or order-pay' );
		$opened = $this->backend->count( 'POST', '/v1/payment-sessions' );
		$this->assertSame( 'stays', $asks( $ajax, $says ) );
		$this->assertSame( $opened, $this->backend->count( 'POST', '/v1/payment-sessions' ), 'the widget opens it' );
	}

	public function test_the_page_after_the_bank_shows_the_attempt_that_paid_whoever_opened_it(): void {
		$order = $this->an_order_at_the_bank();
		$shown = static function () use ( $order ): string {
			ob_start();
			( new ReturnPage() )->show( $order->get_id() );
			return (string) ob_get_clean();
		};
		$attempt  = static fn ( string $session, string $state ): array => compact( 'session', 'state' );
		$declined = $attempt( 'AAAAAAAAAAAAAAAAAAAAAA', 'REJECTED' );
		$this->webhook( $this->told( $order, 'REJECTED', 3, array( 'attempts' => array( $declined ) ) ) );
		$this->assertStringContainsString( 'session="AAAAAAAAAAAAAAAAAAAAAA" order-token="a-token"', $shown() );
		// The widget opened another, which the shop's server has never seen.
		$this->webhook( $this->told( $order, 'CAPTURED', 5, array( 'attempts' => array( $declined, $attempt( 'BBBBBBBBBBBBBBBBBBBBBB', 'CAPTURED' ) ) ) ) );
		$this->assertStringContainsString( 'session="BBBBBBBBBBBBBBBBBBBBBB" lang=', $shown() );
	}

	public function test_the_checkout_goes_on_with_an_undecided_order_and_with_no_other_that_is_held(): void {
		$order = $this->an_order_at_the_bank();
		WC()->session->set( 'order_awaiting_payment', $order->get_id() );
		$this->comes_back( $order, 'REDIRECTED', 2 );
		$this->assertSame( 'on-hold', $this->status( $order ) );
		$busy = Lock::during(
			(string) $order->get_id(),
			static function (): string {
				try {
					do_action( 'woocommerce_before_checkout_process' );
				} catch ( PaymentRefused $refused ) {
					return $refused->getMessage();
				}
				return '';
			}
		);
		$this->assertStringContainsString( 'try again in a minute', $busy );
		do_action( 'woocommerce_before_checkout_process' );
		$this->assertSame( 'pending', $this->status( $order ) );

		$this->webhook( $this->told( $order, 'CAPTURED', 5, array( 'anomalies' => array( 'underpaid' ) ) ) );
		do_action( 'woocommerce_before_checkout_process' );
		$this->assertSame( 'on-hold', $this->status( $order ), 'money came' );
		WC()->session->set( 'order_awaiting_payment', null );
	}

	public function test_without_anything_to_ask_by_the_page_after_the_bank_has_words_alone(): void {
		$order = $this->a_paid_order();
		$order->update_meta_data( '_alliancepay_session', '' );
		$order->save();
		ob_start();
		( new ReturnPage() )->show( $order->get_id() );
		$html = (string) ob_get_clean();
		$this->assertStringNotContainsString( '<alliancepay-checkout', $html );
		$this->assertStringContainsString( 'Your payment has arrived', $html );
	}

	public function test_an_order_whose_page_is_open_is_not_cancelled_for_its_stock_and_then_it_is(): void {
		$order = $this->an_order_at_the_bank();
		$this->assertFalse( PageLife::may_be_cancelled( true, $order ) );
		$order->update_meta_data( '_alliancepay_expires', time() - 1 );
		$this->assertTrue( PageLife::may_be_cancelled( true, $order ) );
	}

	public function test_the_warning_about_stock_follows_the_backends_setting(): void {
		delete_option( 'alliancepay_page_life' );
		$this->set_up( array( 'products' => 'card' ) );
		update_option( 'woocommerce_hold_stock_minutes', '10' );
		$this->assertSame( '', PageLife::warning(), 'nothing was seen yet' );
		$this->an_order_at_the_bank();
		$this->assertStringContainsString( '15', PageLife::warning() );
		update_option( 'woocommerce_hold_stock_minutes', '60' );
		$this->assertSame( '', PageLife::warning() );
		$this->set_up();
		$this->assertStringContainsString( '60', PageLife::warning(), 'an account’s page lives for an hour' );
	}
}
