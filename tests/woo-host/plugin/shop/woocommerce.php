<?php
/**
 * The shop itself: session, cart, and the addresses that gateways listen on.
 */

class WooCommerce {
	public $session;
	public $cart;
	public $version = '9.9-host';
	private static $one;

	public static function instance() {
		self::$one = self::$one ?? new self();
		return self::$one;
	}

	public function wake() {
		$this->session = new Host_Session();
		$this->cart    = new Host_Cart();
		add_action( 'parse_request', array( $this, 'gateway_address' ), 0 );
		add_action( 'template_redirect', 'wc_clear_cart_after_payment', 20 );
		add_action( 'template_redirect', 'host_checkout_headers', 30 );
	}

	/** `/?wc-api=NAME`: no login, no nonce. An unknown name is told so. */
	public function gateway_address() {
		if ( ! empty( $_GET['wc-api'] ) ) {
			$name = strtolower( wc_clean( wp_unslash( $_GET['wc-api'] ) ) );
			nocache_headers();
			host_gateways();
			status_header( has_action( 'woocommerce_api_' . $name ) ? 200 : 400 );
			do_action( 'woocommerce_api_' . $name );
			die( '-1' );
		}
	}
}

/** Coming back empties the cart, whatever became of the payment: a gateway that knows better must say so. */
function wc_clear_cart_after_payment() {
	$received = absint( get_query_var( 'order-received' ) );
	$order    = $received ? wc_get_order( $received ) : false;
	$clears   = $order && hash_equals( $order->get_order_key(), (string) ( $_GET['key'] ?? '' ) );
	$waiting  = wc_get_order( WC()->session->get( 'order_awaiting_payment' ) );
	if ( ! $clears && $waiting ) {
		$clears = ! $waiting->has_status( array( 'failed', 'pending', 'cancelled' ) );
	}
	if ( apply_filters( 'woocommerce_should_clear_cart_after_payment', $clears ) && $clears ) {
		WC()->cart->empty_cart();
	}
}

function host_checkout_headers() {
	if ( is_checkout() ) {
		nocache_headers();
		header( 'X-Frame-Options: SAMEORIGIN' );
	}
}
