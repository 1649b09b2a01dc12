<?php
/**
 * What becomes of an order, for every state that the golden files hold.
 *
 * @package AlliancePay\WooCommerce
 */

declare( strict_types=1 );

use AlliancePay\WooCommerce\Order\Decision;
use AlliancePay\WooCommerce\Order\Known;
use PHPUnit\Framework\TestCase;

final class DecisionTest extends TestCase {

	private const STATUSES = array( 'pending', 'on-hold', 'failed', 'cancelled', 'trash', 'processing', 'completed', 'refunded', 'checkout-draft', 'shipped' );

	/** @param array<string, mixed> $changes */
	private static function known( string $session, array $changes = array() ): Known {
		return Known::of( array_merge( golden( "payment-session/{$session}" ), $changes ) );
	}

	private static function decide( Known $known, string $status, bool $movable = true, bool $returned = false, int $off = 0 ): Decision {
		return Decision::of( $known, $status, $known->minor() + $off, $known->currency(), $movable, $returned );
	}

	private static function row( Known $known, bool $returned = false ): array {
		$row = array();
		foreach ( self::STATUSES as $status ) {
			$decision       = self::decide( $known, $status, true, $returned );
			$row[ $status ] = $decision->action . ( $decision->alerts ? '!' : '' );
		}
		return $row;
	}

	private static function stays( array $but = array() ): array {
		return array_merge( array_fill_keys( self::STATUSES, 'stay' ), $but );
	}

	public function test_captured_pays_what_waits_and_holds_what_was_cancelled(): void {
		$paid = self::stays(
			array(
				'pending'        => 'pay',
				'on-hold'        => 'pay',
				'failed'         => 'pay',
				'checkout-draft' => 'pay',
				'cancelled'      => 'hold!',
				'trash'          => 'hold!',
			)
		);
		$this->assertSame( $paid, self::row( self::known( 'captured' ) ) );
		$this->assertSame( Decision::LATE, self::decide( self::known( 'captured' ), 'cancelled' )->why );
		foreach ( array( 'PAID', 'PARTIALLY_REFUNDED' ) as $state ) {
			$this->assertSame( $paid, self::row( self::known( 'captured', array( 'state' => $state ) ) ), $state );
		}
	}

	public function test_an_anomaly_is_never_shipped(): void {
		$known = self::known( 'captured-underpaid' );
		$row   = self::row( $known );
		$this->assertNotContains( 'pay', $row );
		foreach ( array( 'pending', 'on-hold', 'failed' ) as $status ) {
			$this->assertSame( 'hold', $row[ $status ] );
		}
		$this->assertSame( 'hold!', $row['processing'] );
		$this->assertSame( 'stay!', $row['completed'], 'what is shipped stays shipped, and staff is told' );
		$order = Known::of( golden( 'webhook/order-updated' )['order'] );
		$this->assertSame( array( 'hold', Decision::ANOMALY ), array( self::decide( $order, 'pending' )->action, self::decide( $order, 'pending' )->why ) );
	}

	public function test_another_sum_or_currency_than_the_orders_is_held(): void {
		$known = self::known( 'captured' );
		foreach ( array( -1, 1 ) as $off ) {
			$decision = self::decide( $known, 'pending', true, false, $off );
			$this->assertSame( array( Decision::HOLD, Decision::SUM ), array( $decision->action, $decision->why ) );
		}
		$decision = Decision::of( $known, 'pending', $known->minor(), 'USD', true, false );
		$this->assertSame( Decision::SUM, $decision->why );
	}

	public function test_a_paid_order_that_staff_has_changed_since_goes_on(): void {
		$this->assertSame( 'stay', self::decide( self::known( 'captured' ), 'processing', true, false, 500 )->action );
		$this->assertFalse( self::decide( self::known( 'captured' ), 'processing', true, false, 500 )->alerts );
	}

	public function test_money_for_an_order_that_another_method_took_over_is_held_and_told(): void {
		foreach ( array( 'captured', 'captured-underpaid' ) as $session ) {
			foreach ( array( 'pending', 'on-hold', 'failed', 'cancelled', 'trash', 'processing' ) as $status ) {
				$decision = Decision::taken_over( self::known( $session ), $status );
				$this->assertSame( array( Decision::HOLD, Decision::ELSEWHERE, true ), array( $decision->action, $decision->why, $decision->alerts ), $status );
			}
			$shipped = Decision::taken_over( self::known( $session ), 'completed' );
			$this->assertSame( array( Decision::STAY, true ), array( $shipped->action, $shipped->alerts ) );
		}
	}

	public function test_without_money_the_other_method_alone_moves_the_order(): void {
		foreach ( array( 'created', 'redirected', 'rejected', 'cancelled-bank', 'cancelled-expired', 'refunded', 'unrecognized' ) as $session ) {
			foreach ( self::STATUSES as $status ) {
				$this->assertSame( 'stay', Decision::taken_over( self::known( $session ), $status )->action, "{$session} {$status}" );
			}
		}
	}

	public function test_what_was_paid_and_then_cancelled_or_decided_by_a_person_is_not_held_as_late(): void {
		foreach ( array( 'cancelled', 'trash' ) as $status ) {
			$later = self::decide( self::known( 'captured' ), $status, false );
			$this->assertSame( array( 'stay', false ), array( $later->action, $later->alerts ), $status );
			$wrong = self::decide( self::known( 'captured-underpaid' ), $status, false );
			$this->assertSame( array( 'stay', true ), array( $wrong->action, $wrong->alerts ), $status );
		}
	}

	public function test_a_cancelled_order_whose_money_a_person_gave_back_stays_cancelled(): void {
		$this->assertSame( 'stay', self::decide( self::known( 'refunded' ), 'cancelled', false )->action );
		$this->assertSame( 'hold', self::decide( self::known( 'refunded' ), 'cancelled', true )->action );
	}

	public function test_only_a_rejection_fails_and_only_what_waits(): void {
		$expected = self::stays(
			array(
				'pending' => 'fail',
				'on-hold' => 'fail',
			)
		);
		$this->assertSame( $expected, self::row( self::known( 'rejected' ) ) );
		foreach ( array( 'created', 'redirected', 'cancelled-bank', 'cancelled-expired', 'refunded', 'captured', 'unrecognized' ) as $session ) {
			$this->assertNotContains( 'fail', self::row( self::known( $session ) ), $session );
		}
	}

	public function test_what_was_not_paid_in_time_can_be_paid_again(): void {
		foreach ( array( 'cancelled-bank', 'cancelled-expired' ) as $session ) {
			$this->assertSame( self::stays( array( 'on-hold' => 'reopen' ) ), self::row( self::known( $session ) ) );
		}
	}

	public function test_a_payment_under_way_waits_and_is_held_once_the_buyer_is_back(): void {
		foreach ( array( 'created', 'redirected' ) as $session ) {
			$this->assertSame( self::stays( array( 'failed' => 'reopen' ) ), self::row( self::known( $session ) ) );
			$back = self::decide( self::known( $session ), 'pending', true, true );
			$this->assertSame( array( Decision::HOLD, Decision::UNDECIDED ), array( $back->action, $back->why ) );
		}
	}

	public function test_a_word_nobody_knows_decides_nothing(): void {
		$this->assertSame( self::stays(), self::row( self::known( 'unrecognized' ) ) );
		$this->assertSame( self::stays(), self::row( self::known( 'unrecognized' ), true ) );
	}

	public function test_all_refunded_is_never_shipped(): void {
		$row = self::row( self::known( 'refunded' ) );
		$this->assertNotContains( 'pay', $row );
		$this->assertSame( 'hold', $row['pending'] );
		$this->assertSame( 'stay', $row['refunded'] );
	}

	public function test_an_order_that_staff_holds_is_left_alone(): void {
		foreach ( array( 'captured', 'rejected', 'cancelled-bank', 'refunded' ) as $session ) {
			$this->assertSame( 'stay', self::decide( self::known( $session ), 'on-hold', false )->action, $session );
		}
	}
}
