<?php
/**
 * The two addresses the checkout's script talks to, the coupon's, and those that plugins add.
 */

add_action(
	'template_redirect',
	static function () {
		$what = sanitize_key( $_GET['wc-ajax'] ?? '' );
		$do   = array(
			'checkout'            => 'host_place_order',
			'update_order_review' => 'host_update_review',
			'apply_coupon'        => 'host_apply_coupon',
		)[ $what ] ?? null;
		if ( null !== $do ) {
			$answer = $do();
			WC()->session->save();
			// HTTP 200 for everything, as browsers of this checkout are used to.
			wp_send_json( $answer );
		}
		if ( '' !== $what ) {
			// Addresses that plugins add.
			do_action( 'wc_ajax_' . $what );
			wp_die( '', 200 );
		}
	},
	0
);

/** The whole form came along in `post_data`, whatever is in it. */
function host_update_review() {
	$session = WC()->session;
	parse_str( (string) wp_unslash( $_POST['post_data'] ?? '' ), $form );
	$fields = array_intersect_key( array_map( 'sanitize_text_field', array_filter( $form, 'is_string' ) ), HOST_FIELDS );
	$session->set( 'fields', $fields );
	$session->set( 'chosen_payment_method', sanitize_key( $_POST['payment_method'] ?? '' ) );
	if ( WC()->cart->is_empty() ) {
		return array(
			'result'    => 'failure',
			'messages'  => '<div class="woocommerce-error">Sorry, your session has expired.</div>',
			'reload'    => false,
			'fragments' => array(),
		);
	}
	return array(
		'result'    => 'success',
		'messages'  => '',
		'reload'    => false,
		'fragments' => array(
			'.woocommerce-checkout-review-order-table' => host_review_table( $fields['billing_country'] ?? 'UA' ),
			'.woocommerce-checkout-payment'            => host_payment_box(),
		),
	);
}

function host_apply_coupon() {
	$code  = sanitize_key( $_POST['coupon_code'] ?? '' );
	$known = isset( get_option( 'host_coupons', array() )[ $code ] );
	if ( $known ) {
		WC()->session->coupon = $code;
	}
	return array( 'applied' => $known );
}
