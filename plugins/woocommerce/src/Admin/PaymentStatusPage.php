<?php
/**
 * The page behind the button "Payment status": what is known of one order's payment, and "Update from Alliance API".
 *
 * @package AlliancePay\WooCommerce
 */

declare( strict_types=1 );

namespace AlliancePay\WooCommerce\Admin;

use AlliancePay\WooCommerce\Order\Record;
use WC_Order;

/** Works without scripts. */
final class PaymentStatusPage {

	public const PAGE    = 'alliancepay-payment';
	private const UPDATE = 'alliancepay_update';

	public function listen(): void {
		add_action( 'admin_menu', array( $this, 'register' ) );
		add_action( 'admin_post_' . self::UPDATE, array( $this, 'update' ) );
	}

	public static function url( WC_Order $order ): string {
		return admin_url( 'admin.php?page=' . self::PAGE . '&order_id=' . $order->get_id() );
	}

	/** Reached from the list and the panel, not from the menu. */
	public function register(): void {
		$title = __( 'Payment status', 'alliancepay-checkout' );
		$hook  = add_submenu_page( '', $title, $title, 'edit_shop_orders', self::PAGE, array( $this, 'show' ) );
		// A page outside the menu has no title of its own to WordPress, and PHP complains about that.
		add_action(
			'load-' . $hook,
			static function () use ( $title ): void {
				$GLOBALS['title'] = $title; // phpcs:ignore WordPress.WP.GlobalVariablesOverride
			}
		);
	}

	public function show(): void {
		// phpcs:ignore WordPress.Security.NonceVerification -- a page to read.
		$order = wc_get_order( absint( $_GET['order_id'] ?? 0 ) );
		if ( ! Record::is_ours( $order ) ) {
			wp_die( esc_html__( 'This order was not paid with AlliancePay.', 'alliancepay-checkout' ) );
		}
		$said  = BankQuestion::said();
		$said  = '' === $said ? BankQuestion::put_if_no_callback( $order ) : $said;
		$order = wc_get_order( $order->get_id() );
		printf(
			'<div class="wrap alliancepay-page"><h1>%1$s</h1><p><a href="%2$s">← %3$s</a></p>%4$s<div class="alliancepay-card">%5$s%6$s</div></div>',
			/* translators: %s: order number */
			esc_html( sprintf( __( 'Payment status of order %s', 'alliancepay-checkout' ), $order->get_order_number() ) ),
			esc_url( $order->get_edit_order_url() ),
			esc_html__( 'To the order', 'alliancepay-checkout' ),
			$said, // phpcs:ignore WordPress.Security.EscapeOutput -- escaped there.
			PaymentView::html( $order ), // phpcs:ignore WordPress.Security.EscapeOutput -- escaped there.
			self::update_form( $order ) // phpcs:ignore WordPress.Security.EscapeOutput -- escaped there.
		);
	}

	/**
	 * The form that has the bank asked now. Inside a page that has a form already the button names it, and the form stands
	 * at the page's end.
	 */
	public static function update_form( WC_Order $order, bool $with_button = true ): string {
		return sprintf(
			'<form method="post" action="%1$s" id="%2$s"><input type="hidden" name="action" value="%2$s"><input type="hidden" name="order_id" value="%3$d">%4$s%5$s</form>',
			esc_url( admin_url( 'admin-post.php' ) ),
			self::UPDATE,
			$order->get_id(),
			wp_nonce_field( self::UPDATE . $order->get_id(), '_wpnonce', true, false ),
			$with_button ? self::update_button() : ''
		);
	}

	/** Its button. */
	public static function update_button(): string {
		return sprintf( '<button form="%s" class="button button-primary alliancepay-update">%s</button>', self::UPDATE, esc_html__( 'Update from Alliance API', 'alliancepay-checkout' ) );
	}

	/** Asks the bank and goes back to where staff was. */
	public function update(): void {
		$id = absint( $_POST['order_id'] ?? 0 );
		check_admin_referer( self::UPDATE . $id );
		$order = wc_get_order( $id );
		if ( ! current_user_can( 'edit_shop_orders' ) || ! Record::is_ours( $order ) ) {
			wp_die( esc_html__( 'This order was not paid with AlliancePay.', 'alliancepay-checkout' ), '', 403 );
		}
		$back = wp_get_referer() ? wp_get_referer() : self::url( $order );
		BankQuestion::put( $order );
		wp_safe_redirect( $back );
		exit;
	}
}
