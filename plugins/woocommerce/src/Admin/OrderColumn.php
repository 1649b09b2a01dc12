<?php
/**
 * The column "AlliancePay payment status" in the list of orders, for both kinds of order tables.
 *
 * @package AlliancePay\WooCommerce
 */

declare( strict_types=1 );

namespace AlliancePay\WooCommerce\Admin;

use AlliancePay\WooCommerce\Order\Record;
use AlliancePay\WooCommerce\Words;
use WC_Order;

/** Reads what is stored with the orders: a list asks nobody. */
final class OrderColumn {

	private const NAME = 'alliancepay_status';

	public function listen(): void {
		foreach ( array( 'manage_woocommerce_page_wc-orders_columns', 'manage_edit-shop_order_columns' ) as $columns ) {
			add_filter( $columns, array( $this, 'add' ), 20 );
		}
		// The one gives the order, the other the number of its post.
		add_action( 'manage_woocommerce_page_wc-orders_custom_column', array( $this, 'cell' ), 10, 2 );
		add_action( 'manage_shop_order_posts_custom_column', array( $this, 'cell' ), 10, 2 );
		add_action( 'admin_enqueue_scripts', array( AdminFiles::class, 'enqueue' ) );
	}

	/**
	 * @param array<string, string> $columns
	 * @return array<string, string>
	 */
	public function add( $columns ): array {
		$with = array();
		foreach ( (array) $columns as $name => $title ) {
			$with[ $name ] = $title;
			if ( 'order_status' === $name ) {
				$with[ self::NAME ] = __( 'AlliancePay payment status', 'alliancepay-checkout' );
			}
		}
		return $with + array( self::NAME => __( 'AlliancePay payment status', 'alliancepay-checkout' ) );
	}

	/**
	 * @param string       $column
	 * @param WC_Order|int $order
	 */
	public function cell( $column, $order ): void {
		$order = self::NAME === $column ? wc_get_order( $order ) : null;
		if ( ! Record::is_ours( $order ) ) {
			return;
		}
		$known = ( new Record( $order ) )->known();
		echo '<div class="alliancepay-cell">';
		if ( null !== $known ) {
			printf( '<span class="alliancepay-pill is-%s">%s</span>', esc_attr( Words::tone( $known ) ), esc_html( Words::state( $known->state(), $known->reason() ) ) );
		}
		if ( null === $known || null === $known->notified_at() ) {
			printf( '<span class="alliancepay-missing">%s</span>', esc_html__( 'No callback from AlliancePay', 'alliancepay-checkout' ) );
		}
		printf(
			'<a class="button button-small alliancepay-open" href="%s" aria-label="%s">%s</a></div>',
			esc_url( PaymentStatusPage::url( $order ) ),
			/* translators: %s: order number */
			esc_attr( sprintf( __( 'Payment status of order %s', 'alliancepay-checkout' ), $order->get_order_number() ) ),
			esc_html__( 'Payment status', 'alliancepay-checkout' )
		);
	}
}
