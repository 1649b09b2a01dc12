<?php
/**
 * How long the bank's page takes money, against how long WooCommerce keeps an unpaid order.
 *
 * @package AlliancePay\WooCommerce
 */

declare( strict_types=1 );

namespace AlliancePay\WooCommerce;

use AlliancePay\WooCommerce\Order\Known;
use WC_Order;

/** Remembers what was seen, guards orders whose page lives, and warns. */
final class PageLife {

	private const EXPIRES = '_alliancepay_expires';
	private const SEEN    = 'alliancepay_page_life';
	/** The bank gives no page for a payment from an account that lives shorter than so many minutes. */
	private const ACCOUNT_PAGE = 60;

	/** The caller saves the order. */
	public static function remember( WC_Order $order, string $expires_at ): void {
		$expires = (int) strtotime( $expires_at );
		$order->update_meta_data( self::EXPIRES, $expires );
		$minutes = intdiv( $expires - time() + 59, 60 );
		if ( $minutes >= self::seen() ) {
			update_option(
				self::SEEN,
				array(
					'minutes' => $minutes,
					'at'      => time(),
				),
				false
			);
		}
	}

	/** The longest life of the last day: the backend may have been set to a shorter one since. */
	private static function seen(): int {
		$seen = (array) get_option( self::SEEN, array() );
		return (int) ( $seen['at'] ?? 0 ) > time() - DAY_IN_SECONDS ? (int) $seen['minutes'] : 0;
	}

	/** A page may have been opened elsewhere than here. The caller saves the order. */
	public static function follow( WC_Order $order, Known $known ): void {
		$expires = (string) ( $known->is_open() ? $known->attempt()['expiresAt'] ?? '' : '' );
		if ( '' !== $expires ) {
			$order->update_meta_data( self::EXPIRES, (int) strtotime( $expires ) );
		}
	}

	/**
	 * WooCommerce is about to cancel an unpaid order: not while the buyer can still pay it.
	 *
	 * @param bool $cancel
	 */
	public static function may_be_cancelled( $cancel, $order ): bool {
		$lives = $order instanceof WC_Order && Gateway::ID === $order->get_payment_method()
			&& (int) $order->get_meta( self::EXPIRES ) > time();
		return $cancel && ! $lives;
	}

	/** What is wrong between the two times, in words; empty when nothing is. */
	public static function warning(): string {
		$hold = self::hold_minutes();
		if ( null === $hold ) {
			return '';
		}
		$seen = self::seen();
		if ( $seen >= $hold ) {
			/* translators: 1: minutes, 2: minutes */
			return sprintf( __( 'WooCommerce cancels unpaid orders after %1$d minutes, but the bank’s page takes money for %2$d minutes. Raise “Hold stock” (WooCommerce → Settings → Products → Inventory), or lower page_lifetime in the backend.', 'alliancepay-checkout' ), $hold, $seen );
		}
		if ( $hold <= self::ACCOUNT_PAGE && array( 'card' ) !== ( new Settings() )->products() ) {
			/* translators: 1: minutes, 2: minutes */
			return sprintf( __( 'WooCommerce cancels unpaid orders after %1$d minutes, and the bank keeps the page of a payment from an account open for at least %2$d minutes. Raise “Hold stock”, or offer cards only. Until then orders whose page is open are kept from being cancelled.', 'alliancepay-checkout' ), $hold, self::ACCOUNT_PAGE );
		}
		return '';
	}

	/** After how long WooCommerce cancels; nothing when it does not. */
	private static function hold_minutes(): ?int {
		$minutes = (string) get_option( 'woocommerce_hold_stock_minutes', '60' );
		$manages = 'yes' === get_option( 'woocommerce_manage_stock', 'yes' );
		return $manages && ctype_digit( $minutes ) && (int) $minutes > 0 ? (int) $minutes : null;
	}
}
