<?php
/**
 * Order-pay: an order that exists is paid. One mount, no AJAX, no fragments, a plain POST.
 */

function host_pay_page( $id ) {
	$order = wc_get_order( $id );
	if ( ! $order || ! hash_equals( $order->get_order_key(), (string) ( $_GET['key'] ?? '' ) ) ) {
		return '<ul class="woocommerce-error" role="alert"><li>Sorry, this order is invalid and cannot be paid for.</li></ul>';
	}
	if ( ! $order->needs_payment() ) {
		return '<ul class="woocommerce-error" role="alert"><li>This order’s status is “' . esc_html( wc_get_order_status_name( $order->get_status() ) ) . '”—it cannot be paid for.</li></ul>';
	}
	return wc_print_notices() . '<form id="order_review" method="post"><table class="shop_table"><tfoot><tr><th>Total</th><td>' . wc_price( $order->get_total() ) . '</td></tr></tfoot></table>'
		. str_replace( ' woocommerce-checkout-payment', '', host_payment_box( false ) )
		. '<div class="form-row"><input type="hidden" name="woocommerce_pay" value="1"><button type="submit" class="button alt" id="place_order" value="Pay for order">Pay for order</button>'
		. wp_nonce_field( 'woocommerce-pay', 'woocommerce-pay-nonce', true, false ) . '</div></form>';
}

add_action(
	'template_redirect',
	static function () {
		$order = isset( $_POST['woocommerce_pay'] ) ? wc_get_order( absint( get_query_var( 'order-pay' ) ) ) : false;
		if ( ! $order || ! wp_verify_nonce( $_POST['woocommerce-pay-nonce'] ?? '', 'woocommerce-pay' ) || ! hash_equals( $order->get_order_key(), (string) ( $_GET['key'] ?? '' ) ) || ! $order->needs_payment() ) {
			return;
		}
		$gateway = host_available_gateways()[ sanitize_key( $_POST['payment_method'] ?? '' ) ] ?? null;
		if ( null === $gateway ) {
			wc_add_notice( 'Invalid payment method.', 'error' );
			return;
		}
		$order->set( 'method', $gateway->id );
		$order->save();
		$result = $gateway->process_payment( $order->get_id() );
		if ( 'success' === ( $result['result'] ?? '' ) ) {
			WC()->session->save();
			wp_redirect( $result['redirect'] );
			exit;
		}
	},
	2
);
