<?php
/**
 * `[woocommerce_checkout]`: the form, or one of its other two faces: order-pay, order-received.
 */

const HOST_FIELDS = array(
	'billing_first_name' => 'First name',
	'billing_last_name'  => 'Last name',
	'billing_country'    => 'Country / Region',
	'billing_address_1'  => 'Street address',
	'billing_city'       => 'Town / City',
	'billing_postcode'   => 'Postcode / ZIP',
	'billing_phone'      => 'Phone',
	'billing_email'      => 'Email address',
);

add_shortcode(
	'woocommerce_checkout',
	static function () {
		if ( absint( get_query_var( 'order-pay' ) ) ) {
			return '<div class="woocommerce">' . host_pay_page( absint( get_query_var( 'order-pay' ) ) ) . '</div>';
		}
		if ( absint( get_query_var( 'order-received' ) ) ) {
			return '<div class="woocommerce">' . host_received_page( absint( get_query_var( 'order-received' ) ) ) . '</div>';
		}
		return '<div class="woocommerce">' . wc_print_notices() . ( WC()->cart->is_empty() ? '<p class="cart-empty">Your cart is currently empty.</p>' : host_checkout_form() ) . '</div>';
	}
);

function host_checkout_form() {
	$session = WC()->session;
	$fields  = '';
	foreach ( HOST_FIELDS as $name => $label ) {
		$value = $session->get( 'fields', array() )[ $name ] ?? '';
		if ( 'billing_country' === $name ) {
			$input = '<select name="billing_country" id="billing_country" class="country_to_state"><option value="UA"' . selected( 'UA', $value, false ) . '>Ukraine</option><option value="PL"' . selected( 'PL', $value, false ) . '>Poland</option></select>';
		} else {
			$input = sprintf( '<input type="text" class="input-text" name="%1$s" id="%1$s" value="%2$s">', $name, esc_attr( $value ) );
		}
		$fields .= "<p class=\"form-row\" id=\"{$name}_field\"><label for=\"{$name}\">{$label}</label><span class=\"woocommerce-input-wrapper\">{$input}</span></p>";
	}
	return '<form class="checkout_coupon" method="post"><label for="coupon_code">Coupon</label> <input type="text" name="coupon_code" id="coupon_code"> <button type="submit" name="apply_coupon">Apply coupon</button></form>'
		. '<form name="checkout" method="post" class="checkout woocommerce-checkout" action="' . esc_url( get_permalink() ) . '" novalidate>'
		. '<div id="customer_details"><h3>Billing details</h3>' . $fields . '</div>'
		. '<h3 id="order_review_heading">Your order</h3><div id="order_review" class="woocommerce-checkout-review-order">' . host_review_table( $session->get( 'fields', array() )['billing_country'] ?? 'UA' ) . host_payment_box() . '</div></form>';
}

/** The table with the total; replaced at every update whose total differs. */
function host_review_table( $country ) {
	$cart = WC()->cart;
	$rows = '';
	foreach ( WC()->session->items as $product => $quantity ) {
		$rows .= '<tr class="cart_item"><td>' . esc_html( get_the_title( $product ) ) . ' × ' . (int) $quantity . '</td><td>' . wc_price( $cart->line( $product, $quantity ) ) . '</td></tr>';
	}
	return '<table class="shop_table woocommerce-checkout-review-order-table"><tbody>' . $rows . '<tr><td>Delivery</td><td>' . wc_price( $cart->shipping( $country ) ) . '</td></tr></tbody>'
		. '<tfoot><tr class="order-total"><th>Total</th><td><strong>' . wc_price( $cart->total( $country ) ) . '</strong></td></tr></tfoot></table>';
}

add_action(
	'wp_enqueue_scripts',
	static function () {
		if ( is_page( (int) get_option( 'host_checkout_page' ) ) ) {
			wp_enqueue_script( 'host-checkout', plugins_url( 'assets/checkout.js', CHECKOUT_HOST ), array( 'jquery' ), '1', true );
			wp_localize_script(
				'host-checkout',
				'wc_checkout_params',
				array(
					'wc_ajax_url'  => home_url( '/?wc-ajax=%%endpoint%%' ),
					'checkout_url' => home_url( '/?wc-ajax=checkout' ),
				)
			);
		}
		wp_enqueue_style( 'host', plugins_url( 'assets/host.css', CHECKOUT_HOST ), array(), '1' );
	}
);
