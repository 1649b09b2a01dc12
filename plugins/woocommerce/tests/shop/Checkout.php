<?php
/**
 * What a checkout has done before a gateway is asked: in our checkout host, and in a WooCommerce, whose orders are made in
 * another way. The trials themselves do not know which of both they are in.
 *
 * @package AlliancePay\WooCommerce
 */

declare( strict_types=1 );

use AlliancePay\WooCommerce\Gateway;
use Automattic\WooCommerce\Utilities\FeaturesUtil;

/** Orders and notices. */
final class Checkout {

	private const DELIVERY = '60.00';
	private const COFFEE   = '549.95';

	/** @var array<int, int> */
	public static array $completions = array();

	/** A visitor with a session and nothing said to them yet. */
	public static function begin(): void {
		if ( ! self::is_host() && null === WC()->session ) {
			WC()->initialize_session();
			add_filter( 'woocommerce_email_enabled_new_order', '__return_false' );
		}
		if ( array() === self::$completions ) {
			add_action(
				'woocommerce_payment_complete',
				static function ( $order ): void {
					self::$completions[ (int) $order ] = 1 + ( self::$completions[ (int) $order ] ?? 0 );
				}
			);
			self::$completions[0] = 0;
		}
		if ( self::is_host() ) {
			WC()->session->notices = array();
		} else {
			wc_clear_notices();
		}
	}

	/** What the buyer was told. */
	public static function told(): string {
		return (string) wp_json_encode( self::is_host() ? WC()->session->notices : wc_get_notices(), JSON_UNESCAPED_UNICODE );
	}

	/** One kilogram of coffee and its delivery. */
	public static function order( string $total ): WC_Order {
		$order = self::is_host() ? self::of_the_host() : self::of_woocommerce();
		self::costs( $order, $total );
		return wc_get_order( $order->get_id() );
	}

	/** Staff changes what an order costs. */
	public static function costs( WC_Order $order, string $total ): void {
		self::is_host() ? $order->set( 'total', $total ) : $order->set_total( $total );
		$order->save();
	}

	public static function is_paid_by( WC_Order $order, string $method ): void {
		self::is_host() ? $order->set( 'method', $method ) : $order->set_payment_method( $method );
		$order->save();
	}

	/** What is found by somebody who is on the checkout page. */
	public static function on_its_page( callable $work ): string {
		// phpcs:ignore WordPress.WP.DiscouragedFunctions -- this is a page of a trial.
		query_posts( array( 'page_id' => self::is_host() ? (int) get_option( 'host_checkout_page' ) : wc_get_page_id( 'checkout' ) ) );
		try {
			return $work();
		} finally {
			wp_reset_query(); // phpcs:ignore WordPress.WP.DiscouragedFunctions
		}
	}

	/** What stands in the order's notes. */
	public static function notes( WC_Order $order ): string {
		$order = wc_get_order( $order->get_id() );
		$notes = self::is_host() ? array_column( $order->get( 'notes', array() ), 1 ) : array_column( wc_get_order_notes( array( 'order_id' => $order->get_id() ) ), 'content' );
		return implode( "\n", $notes );
	}

	/** Whether the order's goods were taken off the stock. */
	public static function has_taken_stock( WC_Order $order ): bool {
		$id = $order->get_id();
		return self::is_host() ? 'yes' === get_post_meta( $id, '_host_stock_reduced', true ) : (bool) wc_get_order( $id )->get_data_store()->get_stock_reduced( $id );
	}

	/** Whether a feature of WooCommerce's is said to be borne by the plugin. */
	public static function has_declared( string $feature ): bool {
		$plugin = plugin_basename( AlliancePay\WooCommerce\FILE );
		return self::is_host()
			? true === ( FeaturesUtil::$declared[ $feature ][ $plugin ] ?? null )
			: in_array( $feature, FeaturesUtil::get_compatible_features_for_plugin( $plugin )['compatible'], true );
	}

	private static function is_host(): bool {
		return defined( 'CHECKOUT_HOST' );
	}

	private static function of_the_host(): WC_Order {
		$order = new WC_Order();
		$order->set( 'key', 'host_order_' . wp_generate_password( 13, false ) );
		$order->set( 'method', Gateway::ID );
		$order->set( 'currency', 'UAH' );
		$order->set( 'shipping', self::DELIVERY );
		$order->set( 'billing', array( 'billing_country' => 'UA' ) );
		$line = static fn ( string $type, string $name, string $total ): array => compact( 'type', 'name', 'total' ) + array( 'quantity' => 1 );
		$order->set( 'items', array( 1 => $line( 'line_item', 'Coffee', self::COFFEE ), 2 => $line( 'shipping', 'Delivery', self::DELIVERY ) ) );
		$order->save();
		return $order;
	}

	private static function of_woocommerce(): WC_Order {
		$order  = wc_create_order( array( 'created_via' => 'checkout' ) );
		$coffee = new WC_Order_Item_Product();
		// A thing to be shipped: an order without one would be completed as soon as it is paid.
		$coffee->set_product( wc_get_product( get_page_by_path( 'coffee', OBJECT, 'product' )->ID ) );
		$coffee->set_props(
			array(
				'name'     => 'Coffee',
				'quantity' => 1,
				'subtotal' => self::COFFEE,
				'total'    => self::COFFEE,
			)
		);
		$delivery = new WC_Order_Item_Shipping();
		$delivery->set_props(
			array(
				'method_title' => 'Delivery',
				'total'        => self::DELIVERY,
			)
		);
		$order->add_item( $coffee );
		$order->add_item( $delivery );
		$order->set_payment_method( Gateway::ID );
		$order->set_currency( 'UAH' );
		$order->set_billing_country( 'UA' );
		$order->set_shipping_total( self::DELIVERY );
		$order->save();
		return $order;
	}
}
