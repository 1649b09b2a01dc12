<?php
/**
 * `POST /wp-json/wc/store/v1/checkout`: what the Blocks checkout sends. The payment data goes into `$_POST`, and the same
 * `process_payment` is called.
 */

add_action(
	'rest_api_init',
	static function () {
		register_rest_route(
			'wc/store/v1',
			'/checkout',
			array(
				'methods'             => 'POST',
				'permission_callback' => '__return_true',
				'callback'            => 'host_store_checkout',
			)
		);
	}
);

function host_store_checkout( WP_REST_Request $request ) {
	$session = WC()->session;
	if ( ! hash_equals( $session->nonce(), (string) $request->get_header( 'Nonce' ) ) || WC()->cart->is_empty() ) {
		return new WP_Error( 'woocommerce_rest_invalid_nonce', 'Sorry, your session has expired.', array( 'status' => 403 ) );
	}
	foreach ( (array) $request['payment_data'] as $pair ) {
		$_POST[ $pair['key'] ] = $pair['value'];
	}
	$fields = array();
	foreach ( (array) $request['billing_address'] as $key => $value ) {
		$fields[ 'billing_' . $key ] = sanitize_text_field( $value );
	}
	$gateway = host_available_gateways()[ $request['payment_method'] ] ?? null;
	if ( null === $gateway ) {
		return new WP_Error( 'woocommerce_rest_checkout_payment_method_disabled', 'No payment method provided.', array( 'status' => 400 ) );
	}
	$order  = host_order_from_cart( $fields, $gateway->id, 'store_api_draft_order' );
	$result = $gateway->process_payment( $order->get_id() );
	$session->save();
	if ( 'success' !== ( $result['result'] ?? '' ) ) {
		$words            = wp_strip_all_tags( wc_print_notices() );
		return new WP_Error( 'woocommerce_rest_checkout_process_payment_error', $words, array( 'status' => 400 ) );
	}
	return array(
		'order_id'       => $order->get_id(),
		'order_key'      => $order->get_order_key(),
		'status'         => wc_get_order( $order->get_id() )->get_status(),
		'payment_result' => array(
			'payment_status'  => 'success',
			'payment_details' => array(),
			'redirect_url'    => $result['redirect'],
		),
	);
}

add_action(
	'rest_api_init',
	static function () {
		host_gateways();
	}
);
