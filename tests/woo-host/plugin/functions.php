<?php
/**
 * The shop's small functions.
 */

function WC() {
	return WooCommerce::instance();
}

function wc_get_order_statuses() {
	return array(
		'wc-pending'        => 'Pending payment',
		'wc-processing'     => 'Processing',
		'wc-on-hold'        => 'On hold',
		'wc-completed'      => 'Completed',
		'wc-cancelled'      => 'Cancelled',
		'wc-refunded'       => 'Refunded',
		'wc-failed'         => 'Failed',
		'wc-checkout-draft' => 'Draft',
	);
}

function wc_get_order_status_name( $status ) {
	return wc_get_order_statuses()[ 'wc-' . preg_replace( '/^wc-/', '', $status ) ] ?? $status;
}

function get_woocommerce_currency() {
	return apply_filters( 'woocommerce_currency', get_option( 'woocommerce_currency', 'UAH' ) );
}

function wc_format_decimal( $number, $places = false ) {
	$number = is_float( $number ) ? (string) $number : trim( (string) $number );
	return false === $places ? $number : number_format( round( (float) $number, (int) $places ), (int) $places, '.', '' );
}

function wc_price( $sum, $options = array() ) {
	$signs = array(
		'UAH' => '₴',
		'USD' => '$',
		'EUR' => '€',
	);
	$code  = $options['currency'] ?? get_woocommerce_currency();
	return '<span class="amount"><bdi><span>' . ( $signs[ $code ] ?? $code ) . '</span>' . number_format( (float) $sum, 2, '.', ',' ) . '</bdi></span>';
}

function wc_clean( $value ) {
	return is_array( $value ) ? array_map( 'wc_clean', $value ) : sanitize_text_field( (string) $value );
}

function wc_add_notice( $words, $kind = 'success' ) {
	WC()->session->notices[] = array( $kind, $words );
}

function wc_print_notices() {
	$html = '';
	foreach ( WC()->session->notices as list( $kind, $words ) ) {
		$html .= '<ul class="woocommerce-' . ( 'error' === $kind ? 'error' : 'message' ) . '" role="alert"><li>' . wp_kses_post( $words ) . '</li></ul>';
	}
	WC()->session->notices = array();
	return $html;
}

function is_checkout() {
	return is_page( array( (int) get_option( 'host_checkout_page' ), (int) get_option( 'host_blocks_page' ) ) );
}

function is_order_received_page() {
	return is_page( (int) get_option( 'host_checkout_page' ) ) && '' !== (string) get_query_var( 'order-received' );
}

function is_checkout_pay_page() {
	return is_page( (int) get_option( 'host_checkout_page' ) ) && '' !== (string) get_query_var( 'order-pay' );
}

/** A log that tests can read: one line per entry. */
function wc_get_logger() {
	return new class() {
		public function __call( $level, $arguments ) {
			$source = $arguments[1]['source'] ?? 'host';
			$folder = WP_CONTENT_DIR . '/uploads/wc-logs';
			wp_mkdir_p( $folder );
			file_put_contents( "{$folder}/{$source}.log", gmdate( 'c' ) . ' ' . strtoupper( $level ) . ' ' . $arguments[0] . "\n", FILE_APPEND );
		}
	};
}
