<?php
/**
 * Order-received. A wrong key is answered like a right one, without details and without hooks: numbers can't be probed.
 * A guest who comes late or from another browser is asked for the e-mail address, and no hook is called either.
 * Showing it empties the cart and forgets the order that waits, whatever became of the payment, and no filter is asked.
 */

function host_received_page( $id ) {
	$order = wc_get_order( $id );
	unset( WC()->session->order_awaiting_payment );
	WC()->cart->empty_cart( false );
	$thank = '<p class="woocommerce-notice woocommerce-thankyou-order-received">Thank you. Your order has been received.</p>';
	if ( ! $order || ! hash_equals( $order->get_order_key(), (string) ( $_GET['key'] ?? '' ) ) ) {
		return $thank;
	}
	if ( ! host_may_see( $order ) ) {
		return '<form method="post" class="woocommerce-form woocommerce-verify-email"><p>To view this page, you must either log in or verify the email address associated with the order.</p>'
			. '<p class="form-row"><label for="email">Email address</label> <input type="email" name="email" id="email"></p><button type="submit" name="verify">Verify</button></form>';
	}
	WC()->session->set( 'seen_order_' . $order->get_id(), true );
	ob_start();
	if ( $order->has_status( 'failed' ) ) {
		echo '<p class="woocommerce-notice woocommerce-thankyou-order-failed">Unfortunately your order cannot be processed as the originating bank/merchant has declined your transaction. Please attempt your purchase again.</p>';
		echo '<p><a href="' . esc_url( $order->get_checkout_payment_url() ) . '" class="button pay">Pay</a></p>';
	} else {
		echo $thank;
	}
	echo '<ul class="woocommerce-order-overview order_details"><li class="order">Order number: <strong>' . esc_html( $order->get_order_number() ) . '</strong></li><li class="total">Total: <strong>' . wc_price( $order->get_total() ) . '</strong></li></ul>';
	do_action( 'woocommerce_thankyou_' . $order->get_payment_method(), $order->get_id() );
	do_action( 'woocommerce_thankyou', $order->get_id() );
	return ob_get_clean();
}

function host_may_see( $order ) {
	$typed = strtolower( sanitize_email( wp_unslash( $_POST['email'] ?? '' ) ) );
	$email = strtolower( $order->get( 'billing', array() )['billing_email'] ?? '' );
	return WC()->session->get( 'seen_order_' . $order->get_id() ) || ( '' !== $typed && $typed === $email );
}
