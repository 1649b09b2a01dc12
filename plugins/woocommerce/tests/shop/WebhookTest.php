<?php
/**
 * Webhooks from strangers, twice, late, in any order, about orders that have gone on without them.
 *
 * @package AlliancePay\WooCommerce
 */

declare( strict_types=1 );

use AlliancePay\WooCommerce\Admin\Alerts;
use AlliancePay\WooCommerce\Order\Decision;

final class WebhookTest extends ShopTestCase {

	public function test_a_stranger_an_old_one_and_a_changed_one_move_nothing(): void {
		$order = $this->an_order_at_the_bank();
		$told  = $this->told( $order, 'CAPTURED', 5 );
		$this->assertSame( 401, $this->webhook( $told, 'another-secret-of-sixteen' ) );
		$this->assertSame( 401, $this->webhook( $told, self::SECRET, 301 ) );
		$this->assertSame( 401, $this->webhook( $told, self::SECRET, -301 ) );
		$this->set_up( array( 'webhook_secret' => '' ) );
		$this->assertSame( 401, $this->webhook( $told, '' ) );
		$this->assertSame( 'pending', $this->status( $order ) );
	}

	public function test_the_same_webhook_again_pays_once(): void {
		$order = $this->a_paid_order();
		foreach ( array( 1, 2, 3 ) as $_ ) {
			$this->assertSame( 204, $this->webhook( $this->told( $order, 'CAPTURED', 5 ) ) );
		}
		$this->assertSame( array( 'processing', 1 ), array( $this->status( $order ), $this->completions( $order ) ) );
	}

	public function test_older_news_that_come_later_change_nothing(): void {
		$order = $this->a_paid_order();
		foreach ( array( 'REDIRECTED', 'REJECTED', 'CANCELLED', 'CREATED' ) as $revision => $state ) {
			$this->assertSame( 204, $this->webhook( $this->told( $order, $state, $revision + 1 ) ) );
			$this->assertSame( 'processing', $this->status( $order ), $state );
		}
	}

	public function test_declined_then_paid_in_either_order_of_arrival_ends_paid(): void {
		$order = $this->an_order_at_the_bank();
		$this->webhook( $this->told( $order, 'REJECTED', 3 ) );
		$this->assertSame( 'failed', $this->status( $order ) );
		$this->webhook( $this->told( $order, 'REDIRECTED', 4 ) );
		$this->assertSame( 'pending', $this->status( $order ), 'paid again from the page after the bank' );
		$this->webhook( $this->told( $order, 'CAPTURED', 6 ) );
		$this->webhook( $this->told( $order, 'REJECTED', 3 ) );
		$this->assertSame( array( 'processing', 1 ), array( $this->status( $order ), $this->completions( $order ) ) );
	}

	/** @dataProvider given_up */
	public function test_money_for_an_order_that_was_given_up_is_held_and_told( string $status ): void {
		$order = $this->an_order_at_the_bank();
		$order->update_status( $status );
		$this->webhook( $this->told( $order, 'CAPTURED', 5 ) );
		$this->assertSame( 'on-hold', $this->status( $order ) );
		$this->assertSame( Decision::LATE, Alerts::all()[ $order->get_id() ] ?? '' );
		// A person decides, and no later news moves it: twice told is once held.
		$this->webhook( $this->told( $order, 'PAID', 6 ) );
		$this->assertSame( array( 'on-hold', 0 ), array( $this->status( $order ), $this->completions( $order ) ) );
		wc_get_order( $order->get_id() )->update_status( $status );
		$this->webhook( $this->told( $order, 'PAID', 7 ) );
		$this->assertSame( $status, $this->status( $order ), 'staff has given it up knowing of the money' );
	}

	public function test_money_for_an_order_that_another_method_took_over_is_held_and_told_once(): void {
		$order = $this->an_order_at_the_bank();
		Checkout::is_paid_by( $order, 'cheque' );
		// What that method does with it.
		wc_get_order( $order->get_id() )->update_status( 'on-hold' );
		$this->webhook( $this->told( $order, 'REDIRECTED', 3 ) );
		$this->assertSame( array(), Alerts::all(), 'no money yet' );
		$this->webhook( $this->told( $order, 'CAPTURED', 5 ) );
		$this->webhook( $this->told( $order, 'CAPTURED', 6 ) );
		$this->assertSame( array( 'on-hold', 0 ), array( $this->status( $order ), $this->completions( $order ) ) );
		$this->assertSame( array( $order->get_id() => Decision::ELSEWHERE ), Alerts::all() );
		$this->assertSame( 1, substr_count( Checkout::notes( $order ), 'placed with another payment method' ) );
		// A person decides, and later news do not bring it up again.
		Alerts::settle( $order->get_id() );
		wc_get_order( $order->get_id() )->update_status( 'processing' );
		$this->webhook( $this->told( $order, 'PAID', 7 ) );
		$this->assertSame( array( 'processing', array() ), array( $this->status( $order ), Alerts::all() ) );
		$this->assertSame( 1, substr_count( Checkout::notes( $order ), 'placed with another payment method' ) );
	}

	public function test_what_staff_has_dealt_with_is_told_again_only_when_something_else_is_wrong(): void {
		$order = $this->a_paid_order();
		wc_get_order( $order->get_id() )->update_status( 'completed' );
		$twice = $this->told( $order, 'CAPTURED', 6, array( 'anomalies' => array( 'repeated' ) ) );
		$this->webhook( $twice );
		$this->assertSame( array( $order->get_id() => Decision::ANOMALY ), Alerts::all() );
		Alerts::settle( $order->get_id() );
		$this->webhook( $twice );
		$this->backend->will( 'GET /v1/orders/.*', $twice );
		do_action( 'alliancepay_look', $order->get_id() );
		$this->assertSame( array(), Alerts::all(), 'nothing new' );
		$this->webhook( $this->told( $order, 'CAPTURED', 7, array( 'anomalies' => array( 'overpaid', 'repeated' ) ) ) );
		$this->assertSame( array( $order->get_id() => Decision::ANOMALY ), Alerts::all() );
		Alerts::settle( $order->get_id() );
		// All well for a while.
		$this->webhook( $this->told( $order, 'CAPTURED', 8 ) );
		$this->webhook( $this->told( $order, 'CAPTURED', 9, array( 'anomalies' => array( 'overpaid', 'repeated' ) ) ) );
		$this->assertSame( array( $order->get_id() => Decision::ANOMALY ), Alerts::all() );
	}

	public function test_an_order_that_staff_goes_on_with_knowing_what_is_wrong_is_not_held_again(): void {
		$order = $this->a_paid_order();
		$twice = $this->told( $order, 'CAPTURED', 6, array( 'anomalies' => array( 'repeated' ) ) );
		$this->webhook( $twice );
		$this->assertSame( 'on-hold', $this->status( $order ) );
		$this->webhook( $twice );
		Alerts::settle( $order->get_id() );
		wc_get_order( $order->get_id() )->update_status( 'processing' );
		$this->webhook( $twice );
		$this->assertSame( array( 'processing', array() ), array( $this->status( $order ), Alerts::all() ) );
	}

	public function test_goods_that_were_kept_for_an_undecided_payment_are_on_sale_again_when_it_is_declined(): void {
		$order = $this->an_order_at_the_bank();
		$this->comes_back( $order, 'REDIRECTED', 2 );
		$this->assertSame( array( 'on-hold', true ), array( $this->status( $order ), Checkout::has_taken_stock( $order ) ) );
		$this->webhook( $this->told( $order, 'REJECTED', 3 ) );
		$this->assertSame( array( 'failed', false ), array( $this->status( $order ), Checkout::has_taken_stock( $order ) ) );
		$this->webhook( $this->told( $order, 'CAPTURED', 5 ) );
		$this->assertSame( array( 'processing', true ), array( $this->status( $order ), Checkout::has_taken_stock( $order ) ) );
	}

	public function test_a_paid_order_that_staff_cancels_is_not_told_of_as_late(): void {
		$order = $this->a_paid_order();
		wc_get_order( $order->get_id() )->update_status( 'cancelled' );
		$this->webhook( $this->told( $order, 'PAID', 6 ) );
		$this->assertSame( 'cancelled', $this->status( $order ) );
		$this->assertSame( array(), Alerts::all() );
	}

	public function given_up(): array {
		return array(
			'cancelled'  => array( 'cancelled' ),
			'in the bin' => array( 'trash' ),
		);
	}

	public function test_an_order_staff_holds_and_one_staff_has_changed_are_not_shipped_by_a_webhook(): void {
		$order = $this->an_order_at_the_bank();
		Checkout::costs( $order, '700.00' );
		$this->webhook( $this->told( $order, 'CAPTURED', 5 ) );
		$this->assertSame( 'on-hold', $this->status( $order ), 'less came than it costs now' );
		$this->assertSame( 0, $this->completions( $order ) );
		// Staff takes the change back: the next look ships it.
		Checkout::costs( wc_get_order( $order->get_id() ), self::TOTAL );
		$this->webhook( $this->told( $order, 'CAPTURED', 5 ) );
		$this->assertSame( array( 'processing', 1 ), array( $this->status( $order ), $this->completions( $order ) ) );
	}

	public function test_a_word_nobody_knows_and_junk_are_taken_and_move_nothing(): void {
		$order = $this->an_order_at_the_bank();
		$junk  = array(
			$this->told( $order, 'ON_THE_MOON', 5 ),
			array( 'amount' => 'many' ) + $this->told( $order, 'CAPTURED', 6 ),
			array( 'order' => array( 'nested' ) ) + $this->told( $order, 'CAPTURED', 6 ),
			array( 'order' => '99999999999999999999' ) + $this->told( $order, 'CAPTURED', 6 ),
			array( 'order' => '' ) + $this->told( $order, 'CAPTURED', 6 ),
			array(),
		);
		foreach ( $junk as $told ) {
			$this->assertSame( 204, $this->webhook( $told ) );
			$this->assertSame( 'pending', $this->status( $order ) );
		}
	}

	public function test_an_order_keeps_its_name_when_the_prefix_changes_and_another_shops_is_not_taken_for_it(): void {
		$this->set_up( array( 'order_prefix' => 'shop2-7' ) );
		$order = $this->an_order_at_the_bank();
		$this->assertSame( 'shop2-7' . $order->get_id(), $this->told( $order, 'CREATED', 1 )['order'] );
		$this->set_up( array( 'order_prefix' => 'new-' ) );
		$this->assertSame( 204, $this->webhook( array( 'order' => 'shop1-7' . $order->get_id() ) + $this->told( $order, 'CAPTURED', 5 ) ) );
		$this->assertSame( 'pending', $this->status( $order ), 'another shop on the same backend' );
		$this->assertSame( 204, $this->webhook( $this->told( $order, 'CAPTURED', 5 ) ) );
		$this->assertSame( 'processing', $this->status( $order ) );
	}

	public function test_an_order_that_is_being_worked_on_is_told_again_later(): void {
		$order = $this->an_order_at_the_bank();
		$busy  = AlliancePay\WooCommerce\Order\Lock::during( (string) $order->get_id(), fn () => $this->webhook( $this->told( $order, 'CAPTURED', 5 ) ) );
		$this->assertSame( 503, $busy );
		$this->assertSame( 'pending', $this->status( $order ) );
		$this->assertSame( 204, $this->webhook( $this->told( $order, 'CAPTURED', 5 ) ) );
		$this->assertSame( 'processing', $this->status( $order ) );
	}
}
