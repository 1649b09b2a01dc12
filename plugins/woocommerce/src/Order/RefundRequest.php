<?php
/**
 * A WooCommerce refund as the backend takes it: by lines and pieces where staff chose some, else by sum.
 *
 * @package AlliancePay\WooCommerce
 */

declare( strict_types=1 );

namespace AlliancePay\WooCommerce\Order;

use AlliancePay\WooCommerce\Money;
use WC_Order;
use WC_Order_Item;
use WC_Order_Refund;

/** Builds the body of `POST /v1/orders/{order}/refunds`. */
final class RefundRequest {

	/** @return array<string, mixed> */
	public static function of( WC_Order $order, ?WC_Order_Refund $refund, int $minor, string $reason ): array {
		$wish = null === $refund ? null : self::by_lines( $order, $refund, $minor );
		return ( $wish ?? array( 'amountMinor' => $minor ) ) + array(
			'reason'  => mb_substr( trim( $reason ), 0, 500 ),
			'offline' => false,
		);
	}

	/** @return array<string, mixed>|null */
	private static function by_lines( WC_Order $order, WC_Order_Refund $refund, int $minor ): ?array {
		$lines    = array();
		$shipping = 0;
		$sum      = 0;
		foreach ( $refund->get_items( array( 'line_item', 'fee', 'shipping' ) ) as $item ) {
			$part = abs( Request::rounded( $item->get_total(), $item->get_total_tax() ) );
			$sum += $part;
			if ( 'shipping' === $item->get_type() ) {
				$shipping += $part;
			} elseif ( $part > 0 ) {
				$lines[] = self::line( $order, $item, $part );
			}
		}
		if ( $sum !== $minor || in_array( null, $lines, true ) || ! Request::has_lines( $order ) ) {
			return null;
		}
		$wish = array() === $lines ? array() : array( 'lines' => $lines );
		return 0 === $shipping ? $wish : $wish + array( 'shippingMinor' => $shipping );
	}

	/** @return array<string, mixed>|null */
	private static function line( WC_Order $order, WC_Order_Item $item, int $part ): ?array {
		$sold = $order->get_item( (int) $item->get_meta( '_refunded_item_id' ) );
		if ( ! $sold ) {
			return null;
		}
		$id     = (string) $sold->get_id();
		$pieces = abs( (int) $item->get_quantity() );
		if ( $pieces > 0 && Request::is_by_piece( $order, $sold ) ) {
			$unit = intdiv( Money::minor( $order->get_line_total( $sold, true, true ) ), (int) $sold->get_quantity() );
			if ( $unit * $pieces === $part ) {
				return array(
					'id'       => $id,
					'quantity' => $pieces,
				);
			}
		}
		return array(
			'id'          => $id,
			'amountMinor' => $part,
		);
	}
}
