<?php
/**
 * A WooCommerce order as the backend takes it.
 *
 * @package AlliancePay\WooCommerce
 */

declare( strict_types=1 );

namespace AlliancePay\WooCommerce\Order;

use AlliancePay\WooCommerce\Money;
use AlliancePay\WooCommerce\Settings;
use WC_Order;
use WC_Order_Item;

/** Builds the body of `PUT /v1/orders/{order}`. Nothing personal goes in: no name, no phone, of the address only the country. */
final class Request {

	public const WHOLE = 'order';

	/** @return array<string, mixed> */
	public static function of( WC_Order $order, Settings $settings ): array {
		$total    = Money::minor( $order->get_total() );
		$shipping = self::shipping( $order );
		$body     = array(
			'amount'        => array(
				'minor'    => $total,
				'currency' => $order->get_currency(),
			),
			/* translators: %s: order number */
			'description'   => sprintf( __( 'Order %s', 'alliancepay-checkout' ), $order->get_order_number() ),
			'lines'         => self::lines( $order, $total - $shipping ),
			'shippingMinor' => $shipping,
			'returnUrl'     => $order->get_checkout_order_received_url(),
			'locale'        => self::language(),
		);
		if ( $order->get_customer_id() > 0 ) {
			$body['customerId'] = (string) $order->get_customer_id();
		}
		$country = (string) $order->get_billing_country();
		if ( 1 === preg_match( '/^[A-Z]{2}$/', $country ) ) {
			$body['buyerCountry'] = $country;
		}
		if ( array() !== $settings->products() ) {
			$body['products'] = $settings->products();
		}
		return $body;
	}

	/** The page's language, as the backend and the bank take it. */
	public static function language(): string {
		return strtolower( substr( determine_locale(), 0, 2 ) );
	}

	/** Shipping with its tax. */
	public static function shipping( WC_Order $order ): int {
		return self::rounded( $order->get_shipping_total(), $order->get_shipping_tax() );
	}

	/**
	 * A sum and its tax, to the kopeck: WooCommerce keeps parts of it more exactly than anybody pays.
	 *
	 * @param string|float $sum
	 * @param string|float $tax
	 */
	public static function rounded( $sum, $tax ): int {
		return Money::minor( (string) wc_format_decimal( (float) $sum + (float) $tax, 2 ) );
	}

	/** Whether the item can be given back by the piece: its price divides by its quantity. */
	public static function is_by_piece( WC_Order $order, WC_Order_Item $item ): bool {
		$quantity = (int) $item->get_quantity();
		return $quantity > 0 && (float) $quantity === (float) $item->get_quantity()
			&& 0 === Money::minor( $order->get_line_total( $item, true, true ) ) % $quantity;
	}

	/** Whether the backend was told the order's lines, and not one line for all. */
	public static function has_lines( WC_Order $order ): bool {
		return self::WHOLE !== ( self::lines( $order, Money::minor( $order->get_total() ) - self::shipping( $order ) )[0]['id'] ?? self::WHOLE );
	}

	/** @return list<array<string, mixed>> */
	private static function lines( WC_Order $order, int $expected ): array {
		$lines = array();
		$sum   = 0;
		foreach ( $order->get_items( array( 'line_item', 'fee' ) ) as $item ) {
			$minor    = Money::minor( $order->get_line_total( $item, true, true ) );
			$by_piece = self::is_by_piece( $order, $item );
			$quantity = $by_piece ? (int) $item->get_quantity() : 1;
			$name     = wp_strip_all_tags( $item->get_name() );
			$lines[]  = array(
				'id'        => (string) $item->get_id(),
				'name'      => $by_piece || 1 === (int) $item->get_quantity() ? $name : $name . ' × ' . $item->get_quantity(),
				'quantity'  => $quantity,
				'unitMinor' => intdiv( $minor, $quantity ),
			);
			$sum     += $minor;
			if ( $minor < 0 ) {
				$sum = null;
				break;
			}
		}
		// A discount as a negative fee, or a total another plugin has made: one line says the truth.
		return $sum === $expected && array() !== $lines ? $lines : array(
			array(
				'id'        => self::WHOLE,
				/* translators: %s: order number */
				'name'      => sprintf( __( 'Order %s', 'alliancepay-checkout' ), $order->get_order_number() ),
				'quantity'  => 1,
				'unitMinor' => max( 0, $expected ),
			),
		);
	}
}
