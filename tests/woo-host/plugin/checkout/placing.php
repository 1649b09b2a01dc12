<?php
/**
 * Placing an order from the form: by AJAX, or as a whole page where scripts are off. Every failure is an HTTP 200.
 */

/** @return array<string, mixed> */
function host_place_order() {
	$session = WC()->session;
	if ( ! $session->exists() || WC()->cart->is_empty() ) {
		return host_failure( 'Sorry, your session has expired.', false, true );
	}
	if ( ! hash_equals( $session->nonce(), (string) ( $_POST['woocommerce-process-checkout-nonce'] ?? '' ) ) ) {
		return host_failure( 'We were unable to process your order, please try again.', true );
	}
	try {
		do_action( 'woocommerce_before_checkout_process' );
	} catch ( Exception $said ) {
		return host_failure( esc_html( $said->getMessage() ) );
	}
	$fields = array();
	$wrong  = '';
	foreach ( HOST_FIELDS as $name => $label ) {
		$fields[ $name ] = sanitize_text_field( wp_unslash( $_POST[ $name ] ?? '' ) );
		if ( '' === $fields[ $name ] ) {
			$wrong .= '<li data-id="' . esc_attr( $name ) . '"><strong>Billing ' . esc_html( $label ) . '</strong> is a required field.</li>';
		}
	}
	$session->set( 'fields', $fields );
	if ( '' !== $wrong ) {
		return host_failure( $wrong );
	}
	$method  = sanitize_key( $_POST['payment_method'] ?? '' );
	$gateway = host_available_gateways()[ $method ] ?? null;
	if ( null === $gateway ) {
		return host_failure( 'Invalid payment method.' );
	}
	$session->set( 'chosen_payment_method', $method );
	$order  = host_order_from_cart( $fields, $method );
	$result = $gateway->process_payment( $order->get_id() );
	if ( 'success' === ( $result['result'] ?? '' ) ) {
		return $result + array( 'order_id' => $order->get_id() );
	}
	return host_failure( wc_print_notices() );
}

function host_failure( $messages, $refresh = false, $reload = false ) {
	return array(
		'result'   => 'failure',
		'messages' => false === strpos( $messages, '<ul' ) ? '<ul class="woocommerce-error" role="alert">' . ( false === strpos( $messages, '<li' ) ? "<li>{$messages}</li>" : $messages ) . '</ul>' : $messages,
		'refresh'  => $refresh,
		'reload'   => $reload,
	);
}

/** Without scripts: the same by a plain POST, answered by a redirect. */
add_action(
	'template_redirect',
	static function () {
		if ( ! isset( $_POST['woocommerce-process-checkout-nonce'] ) || isset( $_GET['wc-ajax'] ) ) {
			return;
		}
		if ( isset( $_POST['woocommerce_checkout_update_totals'] ) ) {
			return;
		}
		$result = host_place_order();
		WC()->session->save();
		if ( 'success' === $result['result'] ) {
			wp_redirect( $result['redirect'] );
			exit;
		}
		wc_add_notice( wp_strip_all_tags( $result['messages'] ), 'error' );
	},
	2
);
