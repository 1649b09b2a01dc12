<?php
/**
 * What staff is told at the top of the admin pages.
 *
 * @package AlliancePay\WooCommerce
 */

declare( strict_types=1 );

namespace AlliancePay\WooCommerce\Admin;

use AlliancePay\WooCommerce\Order\Record;
use AlliancePay\WooCommerce\Words;
use WC_Order;

/** Alerts about orders. */
final class Notices {

	private const PUT_AWAY = 'alliancepay_put_away';

	public function listen(): void {
		add_action( 'admin_notices', array( $this, 'orders' ) );
		add_action( 'admin_post_' . self::PUT_AWAY, array( $this, 'put_away' ) );
	}

	/** Each order by itself, with its reason and a way to it. */
	public function orders(): void {
		if ( ! current_user_can( 'edit_shop_orders' ) ) {
			return;
		}
		foreach ( array_slice( Alerts::all(), 0, 5, true ) as $id => $why ) {
			$order = wc_get_order( $id );
			$known = $order instanceof WC_Order ? ( new Record( $order ) )->known() : null;
			if ( null === $known ) {
				Alerts::settle( (int) $id );
				continue;
			}
			$away = wp_nonce_url( admin_url( 'admin-post.php?action=' . self::PUT_AWAY . '&order_id=' . $id ), self::PUT_AWAY . $id );
			printf(
				'<div class="notice notice-error alliancepay-alert"><p><strong>%1$s</strong> %2$s <a href="%3$s">%4$s</a> · <a href="%5$s">%6$s</a></p></div>',
				/* translators: %s: order number */
				esc_html( sprintf( __( 'AlliancePay, order %s:', 'alliancepay-checkout' ), $order->get_order_number() ) ),
				esc_html( Words::reason( (string) $why, $known ) ),
				esc_url( $order->get_edit_order_url() ),
				esc_html__( 'Open the order', 'alliancepay-checkout' ),
				esc_url( $away ),
				esc_html__( 'Dealt with', 'alliancepay-checkout' )
			);
		}
	}

	/** Staff has looked. */
	public function put_away(): void {
		$id = absint( $_GET['order_id'] ?? 0 );
		check_admin_referer( self::PUT_AWAY . $id );
		if ( current_user_can( 'edit_shop_orders' ) ) {
			Alerts::settle( $id );
		}
		wp_safe_redirect( wp_get_referer() ? wp_get_referer() : admin_url() );
		exit;
	}

	/** The plugin needs what is not there. */
	public static function woocommerce_is_missing(): void {
		if ( current_user_can( 'activate_plugins' ) ) {
			printf( '<div class="notice notice-error"><p>%s</p></div>', esc_html__( 'AlliancePay Checkout rests: it needs WooCommerce 7.9 or newer, switched on.', 'alliancepay-checkout' ) );
		}
	}
}
