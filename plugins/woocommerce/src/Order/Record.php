<?php
/**
 * What the plugin keeps with an order. Through WooCommerce's own methods only: they work for both kinds of order tables.
 *
 * @package AlliancePay\WooCommerce
 */

declare( strict_types=1 );

namespace AlliancePay\WooCommerce\Order;

use AlliancePay\WooCommerce\Gateway;
use AlliancePay\WooCommerce\Settings;
use WC_Order;

/** An order's payment data. The caller saves. */
final class Record {

	private const ORDER    = '_alliancepay_order';
	private const SESSION  = '_alliancepay_session';
	private const KNOWN    = '_alliancepay_known';
	private const HEARD    = '_alliancepay_heard';
	private const HELD     = '_alliancepay_held';
	private const REFUNDS  = '_alliancepay_refunds';
	private const ALERTED  = '_alliancepay_alerted';

	public function __construct( private WC_Order $order ) {}

	/** Whether the order was put at the backend, whatever it is paid with now. */
	public static function is_put( $order ): bool {
		return $order instanceof WC_Order && '' !== ( new self( $order ) )->name();
	}

	/** Whether the order is paid with us: by its payment method, or because money came. */
	public static function is_ours( $order ): bool {
		if ( ! self::is_put( $order ) ) {
			return false;
		}
		$known = ( new self( $order ) )->known();
		return Gateway::ID === $order->get_payment_method() || ( null !== $known && $known->has_money_come() );
	}

	/**
	 * The shop's order that the backend knows by this name. A name ends with the order's id, and keeps the prefix it was
	 * given under; whose it is says the order itself.
	 */
	public static function find( string $name ): ?WC_Order {
		$digits = 1 === preg_match( '/\d{1,18}$/D', $name, $end ) ? $end[0] : '';
		for ( $skipped = 0; $skipped < strlen( $digits ); $skipped++ ) {
			// Digits at the prefix's end look like the id's first ones.
			$order = wc_get_order( (int) substr( $digits, $skipped ) );
			if ( self::is_put( $order ) && ( new self( $order ) )->name() === $name ) {
				return $order;
			}
		}
		return null;
	}

	/** The order's name at the backend. Its id and not its number: numbers can be given twice by other plugins. */
	public function name(): string {
		return (string) $this->order->get_meta( self::ORDER );
	}

	/** Gives the order its name, once. */
	public function name_it(): string {
		$name = $this->name();
		if ( '' === $name ) {
			$name = ( new Settings() )->prefix() . $this->order->get_id();
			$this->order->update_meta_data( self::ORDER, $name );
		}
		return $name;
	}

	/** The payment session last opened. */
	public function session(): string {
		return (string) $this->order->get_meta( self::SESSION );
	}

	public function remember_session( string $session ): void {
		$this->order->update_meta_data( self::SESSION, $session );
	}

	/** What the backend told last. */
	public function known(): ?Known {
		return Known::stored( $this->order->get_meta( self::KNOWN ) );
	}

	/** Where that came from, and when: `webhook`, `backend` or `bank`; a Unix time. @return array{0: string, 1: int} */
	public function heard(): array {
		$heard = (array) $this->order->get_meta( self::HEARD );
		return array( (string) ( $heard['from'] ?? '' ), (int) ( $heard['at'] ?? 0 ) );
	}

	/** Keeps what was told. Whoever repeats what the bank itself has answered does not put their name in its place. */
	public function remember( Known $known, string $from ): void {
		$before     = $this->known();
		$is_the_old = null !== $before && $before->revision() === $known->revision();
		$this->order->update_meta_data( self::KNOWN, $known->facts() );
		if ( $is_the_old && Sync::BANK === $this->heard()[0] && Sync::BANK !== $from ) {
			return;
		}
		$this->order->update_meta_data(
			self::HEARD,
			array(
				'from' => $from,
				'at'   => time(),
			)
		);
	}

	/** Why we hold the order; empty when we do not. */
	public function held(): string {
		return (string) $this->order->get_meta( self::HELD );
	}

	public function hold( string $why ): void {
		$this->order->update_meta_data( self::HELD, $why );
	}

	/** What staff was last told about the order; empty while nothing is wrong. */
	public function alerted(): string {
		return (string) $this->order->get_meta( self::ALERTED );
	}

	public function remember_alert( string $what ): void {
		$this->order->update_meta_data( self::ALERTED, $what );
	}

	/** The refunds that WooCommerce has a record of: backend's id to WooCommerce's. @return array<string, int> */
	public function refunds(): array {
		$known = $this->order->get_meta( self::REFUNDS );
		return is_array( $known ) ? $known : array();
	}

	public function remember_refund( string $refund, int $id ): void {
		$this->order->update_meta_data( self::REFUNDS, array_replace( $this->refunds(), array( $refund => $id ) ) );
	}
}
