<?php
/**
 * Brings a WooCommerce order in line with what the backend told. Whatever the way the news came, it goes through here.
 *
 * @package AlliancePay\WooCommerce
 */

declare( strict_types=1 );

namespace AlliancePay\WooCommerce\Order;

use AlliancePay\WooCommerce\Admin\Alerts;
use AlliancePay\WooCommerce\Backend\Client;
use AlliancePay\WooCommerce\Backend\Problem;
use AlliancePay\WooCommerce\Gateway;
use AlliancePay\WooCommerce\Log;
use AlliancePay\WooCommerce\Money;
use AlliancePay\WooCommerce\PageLife;
use AlliancePay\WooCommerce\Reconciliation;
use AlliancePay\WooCommerce\Settings;
use AlliancePay\WooCommerce\Words;
use WC_Order;

/** Applies news, once and in the right order. */
final class Sync {

	public const WEBHOOK = 'webhook';
	public const BACKEND = 'backend';
	public const BANK    = 'bank';

	/** Asks the backend and applies its answer; the order as it is then. */
	public static function from_backend( WC_Order $order, bool $returned = false ): WC_Order {
		$name = ( new Record( $order ) )->name();
		return self::apply( $order->get_id(), Known::of( Client::of( new Settings() )->order( $name ) ), self::BACKEND, $returned );
	}

	/** Has the backend ask the bank now. Who asked by hand is told of an answer that is none. */
	public static function from_bank( WC_Order $order, int $patience ): WC_Order {
		$name  = ( new Record( $order ) )->name();
		$known = Known::of( Client::of( new Settings() )->check( $name, $patience ) );
		if ( null === $known || $known->order() !== $name ) {
			throw new Problem( Problem::NOT_A_BACKEND, 200, 'The answer is not about the order.' );
		}
		return self::apply( $order->get_id(), $known, self::BANK );
	}

	/** Applies one answer; null is one that this version cannot read. */
	public static function apply( int $id, ?Known $known, string $from, bool $returned = false ): WC_Order {
		return Lock::during(
			(string) $id,
			static function () use ( $id, $known, $from, $returned ): WC_Order {
				// Loaded under the lock: whoever had it before may have changed the order.
				$order  = Fresh::order( $id );
				$record = new Record( $order );
				if ( null === $known || $known->order() !== $record->name() ) {
					Log::error( "Order {$id}: the backend told of it in a way this version cannot read." );
					return $order;
				}
				$before = $record->known();
				if ( null !== $before && $known->revision() < $before->revision() ) {
					Log::info( "Order {$id}: older news (revision {$known->revision()}) from {$from} skipped." );
					return $order;
				}
				$record->remember( $known, $from );
				PageLife::follow( $order, $known );
				$order->save();
				self::act( $order, $record, $known, $returned );
				if ( Lock::is_held( 'refund_' . $id ) ) {
					// Whoever gives money back now writes their own record; of another refund there may be no more news.
					Reconciliation::look_soon( $id );
				} else {
					RefundBooks::settle( $order, $record, $known );
				}
				return wc_get_order( $id );
			}
		);
	}

	/** What is held for a person's decision is moved by that person. */
	private static function is_ours_to_move( WC_Order $order, Record $record ): bool {
		return match ( $record->held() ) {
			Decision::UNDECIDED, Decision::ANOMALY, Decision::SUM   => true,
			Decision::LATE, Decision::REFUNDED, Decision::ELSEWHERE => false,
			default                                                 => ! $order->get_date_paid(),
		};
	}

	private static function decide( WC_Order $order, Record $record, Known $known, bool $returned ): Decision {
		if ( Gateway::ID !== $order->get_payment_method() ) {
			// A person has decided once already: settled or not, that stands.
			return Decision::ELSEWHERE === $record->held() ? Decision::nothing() : Decision::taken_over( $known, $order->get_status() );
		}
		$movable = self::is_ours_to_move( $order, $record );
		return Decision::of( $known, $order->get_status(), Money::minor( $order->get_total() ), $order->get_currency(), $movable, $returned );
	}

	/** Tells staff what is wrong, once; whether this very thing was told before. */
	private static function was_told( WC_Order $order, Record $record, Known $known, Decision $decision ): bool {
		$what = implode( ' ', array( $decision->why, ...( Decision::ANOMALY === $decision->why ? $known->anomalies() : array() ) ) );
		if ( $decision->alerts && $record->alerted() === $what ) {
			return true;
		}
		if ( $decision->alerts ) {
			Alerts::raise( $order->get_id(), $decision->why );
		} elseif ( 'REFUNDED' === $known->state() ) {
			// Whatever was wrong with the money, it is back.
			Alerts::settle( $order->get_id() );
		}
		// An order that is put on hold for its money tells by that.
		$is_held = Decision::HOLD === $decision->action && Decision::ANOMALY === $decision->why;
		if ( $record->alerted() !== $what && ( $decision->alerts || $is_held || '' === $what ) ) {
			$record->remember_alert( $what );
			$order->save_meta_data();
		}
		return false;
	}

	private static function act( WC_Order $order, Record $record, Known $known, bool $returned ): void {
		$status   = $order->get_status();
		$decision = self::decide( $order, $record, $known, $returned );
		if ( self::was_told( $order, $record, $known, $decision ) ) {
			// What became of the order since is a person's decision.
			return;
		}
		$reason = Words::reason( $decision->why, $known );
		switch ( $decision->action ) {
			case Decision::PAY:
				$record->hold( '' );
				$order->save();
				Alerts::settle( $order->get_id() );
				$order->payment_complete( $known->bank_order() );
				break;
			case Decision::HOLD:
				if ( 'on-hold' !== $status ) {
					$record->hold( $decision->why );
					$order->update_status( 'on-hold', $reason );
				} elseif ( $record->held() !== $decision->why ) {
					$record->hold( $decision->why );
					$order->save();
					// WooCommerce drops the note of a status that the order has already.
					$order->add_order_note( $reason );
				}
				break;
			case Decision::FAIL:
				$record->hold( '' );
				$order->update_status( 'failed', Words::declined( $known ) );
				if ( 'on-hold' === $status ) {
					// Taken off when it was held; WooCommerce gives stock back to pending and cancelled orders only.
					wc_maybe_increase_stock_levels( $order->get_id() );
				}
				break;
			case Decision::REOPEN:
				$record->hold( '' );
				$order->update_status( 'pending', Words::state( $known->state(), $known->reason() ) );
				break;
			default:
				return;
		}
		Log::info( "Order {$order->get_id()}: {$known->state()}, revision {$known->revision()}: {$decision->action} {$decision->why}" );
	}
}
