<?php
/**
 * What staff reads: how the bank answers when it is asked, and words while the backend is away, refuses or is somebody else.
 *
 * @package AlliancePay\WooCommerce
 */

declare( strict_types=1 );

use AlliancePay\WooCommerce\Admin\BankQuestion;
use AlliancePay\WooCommerce\Admin\ConnectionCheck;
use AlliancePay\WooCommerce\Admin\PaymentStatusPage;
use AlliancePay\WooCommerce\Admin\PaymentView;

final class StaffTest extends ShopTestCase {

	private const CHECK = '/v1/orders/.*/check';

	/** What the page "Payment status" shows. */
	private static function page( WC_Order $order ): string {
		$_GET['order_id'] = (string) $order->get_id();
		ob_start();
		( new PaymentStatusPage() )->show();
		unset( $_GET['order_id'] );
		return (string) ob_get_clean();
	}

	/** What is said on the page after the button "Update from Alliance API". */
	private static function updates( WC_Order $order ): string {
		BankQuestion::put( wc_get_order( $order->get_id() ) );
		return BankQuestion::said();
	}

	/** The bank's answer, through the backend. @param array<string, mixed> $told */
	private function bank_answers( array $told ): void {
		$this->backend->will(
			'POST ' . self::CHECK,
			array(
				'order'   => $told,
				'changed' => false,
				'source'  => 'bank',
			)
		);
	}

	private function bank_is_silent(): void {
		$this->backend->will( 'POST ' . self::CHECK, Backend::problem( 503, 'bank_unavailable' ) );
	}

	/** Time passes since the bank was asked. */
	private static function waits( WC_Order $order, int $seconds ): void {
		$order = wc_get_order( $order->get_id() );
		$order->update_meta_data( '_alliancepay_heard', array( 'at' => time() - $seconds ) + $order->get_meta( '_alliancepay_heard' ) );
		$order->save();
	}

	public function test_the_bank_is_asked_when_no_callback_came_and_what_has_ended_is_left_in_peace(): void {
		$order = $this->an_order_at_the_bank();
		$this->bank_answers( $this->told( $order, 'REDIRECTED', 2 ) );
		$html = self::page( $order );
		$this->assertStringContainsString( 'No callback from AlliancePay', $html );
		$this->assertStringContainsString( 'As the bank answered', $html );
		self::page( $order );
		$this->assertSame( 1, $this->backend->count( 'POST', self::CHECK ), 'a page that is loaded again at once' );

		self::waits( $order, 11 );
		$this->bank_answers( $this->told( $order, 'CAPTURED', 5 ) );
		$this->assertStringContainsString( '>Paid</span>', self::page( $order ) );
		$this->assertSame( 2, $this->backend->count( 'POST', self::CHECK ) );
		$this->assertSame( 'processing', $this->status( $order ), 'what the bank answered is acted on' );
		self::waits( $order, 60 );
		self::page( $order );
		$this->assertSame( 2, $this->backend->count( 'POST', self::CHECK ), 'it has ended' );
		self::waits( $order, HOUR_IN_SECONDS + 1 );
		self::page( $order );
		$this->assertSame( 3, $this->backend->count( 'POST', self::CHECK ) );
		$this->assertSame( 0, $this->backend->count( 'GET', '/v1/orders/.*' ) );
	}

	public function test_an_order_that_a_callback_told_of_is_shown_as_it_was_told(): void {
		$order   = $this->an_order_at_the_bank();
		$attempt = array(
			'state'      => 'CAPTURED',
			'notifiedAt' => '2026-11-21T10:01:10Z',
		);
		$this->webhook( $this->told( $order, 'CAPTURED', 5, array( 'attempts' => array( $attempt ) ) ) );
		$this->backend->asked = array();
		$html                 = self::page( $order );
		$this->assertStringContainsString( 'Callback received', $html );
		$this->assertStringContainsString( 'As the backend told this shop', $html );
		$this->assertSame( array(), $this->backend->asked );
	}

	public function test_while_the_bank_is_silent_the_backend_tells_what_it_knows_and_the_page_says_so(): void {
		$order = $this->an_order_at_the_bank();
		foreach ( array( Backend::problem( 503, 'bank_unavailable' ), self::timeout() ) as $revision => $silence ) {
			$this->backend->will( 'POST ' . self::CHECK, $silence );
			$this->backend->will( 'GET /v1/orders/.*', $this->told( $order, 'REDIRECTED', 2 + $revision ) );
			$html = self::page( $order );
			$this->assertStringContainsString( 'The bank does not answer now', $html );
			$this->assertStringContainsString( 'As this shop asked the backend', $html );
			$this->assertStringContainsString( '>Waiting for the payment</span>', $html );
			$this->assertStringContainsString( 'The bank does not answer now', self::updates( $order ) );
		}
		$this->assertSame( 4, $this->backend->count( 'GET', '/v1/orders/.*' ) );
	}

	public function test_what_the_bank_answered_stays_its_word_until_there_is_other_news(): void {
		$order = $this->an_order_at_the_bank();
		$told  = $this->told( $order, 'CAPTURED', 5 );
		$this->bank_answers( $told );
		self::updates( $order );
		$this->backend->will( 'GET /v1/orders/.*', $told );
		do_action( 'alliancepay_look', $order->get_id() );
		$this->webhook( $told );
		$this->assertStringContainsString( 'As the bank answered', PaymentView::html( wc_get_order( $order->get_id() ) ) );
		$this->webhook( $this->told( $order, 'PAID', 6 ) );
		$this->assertStringContainsString( 'As the backend told this shop', PaymentView::html( wc_get_order( $order->get_id() ) ) );
	}

	public function test_the_button_says_what_has_changed_and_that_nothing_has(): void {
		$order = $this->an_order_at_the_bank();
		$this->bank_answers( $this->told( $order, 'REDIRECTED', 2 ) );
		$this->assertStringContainsString( 'The state was “Not begun” and is “Waiting for the payment” now', self::updates( $order ) );
		$this->assertStringContainsString( 'Nothing has changed', self::updates( $order ) );
		$this->bank_answers( $this->told( $order, 'CAPTURED', 5 ) );
		$this->assertStringContainsString( 'The state was “Waiting for the payment” and is “Paid” now', self::updates( $order ) );
		$this->bank_answers( $this->told( $order, 'CAPTURED', 6, array( 'operations' => array( array( 'kind' => 'PURCHASE' ) ) ) ) );
		$this->assertStringContainsString( 'operations, refunds or warnings have changed', self::updates( $order ) );
		$this->bank_answers( array( 'state' => 'PAID' ) );
		$this->assertStringContainsString( 'is not the merchant backend', self::updates( $order ), 'an answer about nothing' );
		$this->assertSame( '', BankQuestion::said(), 'once' );
	}

	/** @dataProvider silences */
	public function test_the_status_page_tells_why_it_may_be_old_and_shows_what_is_known( $answer, string $words ): void {
		$order = $this->a_paid_order();
		$this->backend->will( 'POST ' . self::CHECK, $answer );
		$this->backend->will( 'GET /v1/orders/.*', $answer );
		$html = self::page( $order );
		$this->assertStringContainsString( $words, $html );
		$this->assertStringContainsString( '>Paid</span>', $html );
	}

	public function silences(): array {
		return array(
			'nobody there' => array( new WP_Error( ...self::TIMEOUT ), 'does not answer (cURL error 28' ),
			'a stranger'   => array( '<html>', 'is not the merchant backend' ),
			'no ledger'    => array( Backend::problem( 503, 'unavailable' ), 'cannot use its ledger' ),
			'a wrong key'  => array( Backend::problem( 401, 'shop_key_invalid' ), 'does not take this shop’s key' ),
			'another no'   => array( Backend::problem( 403, 'odd', 'Ask <b>Olena</b>.' ), 'Ask &lt;b&gt;Olena&lt;/b&gt;.' ),
		);
	}

	public function test_why_the_bank_declined_stands_in_the_order_in_words(): void {
		$order = $this->an_order_at_the_bank();
		$this->webhook( array( 'reason' => '1/16' ) + $this->told( $order, 'REJECTED', 3 ) );
		$this->assertStringContainsString( 'The bank declined the payment: insufficient funds (code 1/16).', Checkout::notes( $order ) );
		$this->bank_is_silent();
		$this->backend->will( 'GET /v1/orders/.*', self::timeout() );
		$this->assertStringContainsString( '<dd>insufficient funds (code 1/16)</dd>', self::page( $order ) );
	}

	public function test_the_column_is_empty_for_an_order_that_is_paid_otherwise(): void {
		$order = $this->an_order_at_the_bank();
		$this->assertStringContainsString( 'No callback from AlliancePay', self::cell( $order ) );
		Checkout::is_paid_by( $order, 'cheque' );
		$this->assertSame( '', self::cell( $order ), 'it was at our bank and is paid at the counter now' );
		$never = $this->an_order();
		Checkout::is_paid_by( $never, 'cheque' );
		$this->assertSame( '', self::cell( $never ) );
	}

	public function test_a_stranger_that_answers_200_to_everything_is_not_taken_for_the_backend(): void {
		$this->backend->will( 'GET .*', '{}' );
		$findings = ( new ReflectionMethod( ConnectionCheck::class, 'findings' ) );
		$findings->setAccessible( true );
		$said = $findings->invoke( null, Backend::ADDRESS, self::KEY, new AlliancePay\WooCommerce\Settings() );
		$this->assertCount( 1, $said );
		$this->assertSame( 'bad', $said[0][0] );
		$this->assertStringContainsString( 'not the merchant backend', $said[0][1] );
	}
}
