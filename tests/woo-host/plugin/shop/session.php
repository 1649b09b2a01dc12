<?php
/**
 * A visitor's session: a cookie without SameSite, out of scripts' reach, for two days; and the cart in it.
 */

class Host_Session {
	const COOKIE   = 'host_session';
	public $items  = array();
	public $coupon = '';
	/** @var list<array{0: string, 1: string}> */
	public $notices = array();
	private $name   = '';
	private $values = array();
	private $was    = '';

	public function __construct() {
		$cookie     = $_COOKIE[ self::COOKIE ] ?? '';
		$this->name = preg_match( '/^[0-9a-f]{32}$/', $cookie ) ? $cookie : '';
		$stored     = '' === $this->name ? array() : (array) get_option( '_host_session_' . $this->name, array() );
		foreach ( array( 'items', 'coupon', 'notices', 'values' ) as $part ) {
			$this->$part = $stored[ $part ] ?? $this->$part;
		}
		$this->was = $this->is();
		add_action( 'shutdown', array( $this, 'save' ), 0 );
	}

	/** Before anything is printed: a session begins when something is put into the cart. */
	public function begin() {
		if ( '' === $this->name ) {
			$this->name = bin2hex( random_bytes( 16 ) );
			setcookie( self::COOKIE, $this->name, time() + 2 * DAY_IN_SECONDS, '/', '', false, true );
		}
	}

	/** The cart and its coupon are values of the session like others. */
	public function get( $key, $fallback = null ) {
		$value = array(
			'cart'            => array() === $this->items ? null : $this->items,
			'applied_coupons' => '' === $this->coupon ? null : array( $this->coupon ),
		) + $this->values;
		return $value[ $key ] ?? $fallback;
	}

	public function set( $key, $value ) {
		if ( 'cart' === $key ) {
			$this->items = (array) $value;
		} elseif ( 'applied_coupons' === $key ) {
			$this->coupon = ( (array) $value )[0] ?? '';
		} else {
			$this->values[ $key ] = $value;
		}
	}

	public function __get( $key ) {
		return $this->get( $key );
	}

	public function __unset( $key ) {
		unset( $this->values[ $key ] );
	}

	public function save() {
		if ( '' !== $this->name && $this->is() !== $this->was ) {
			$this->was = $this->is();
			update_option(
				'_host_session_' . $this->name,
				array(
					'items'   => $this->items,
					'coupon'  => $this->coupon,
					'notices' => $this->notices,
					'values'  => $this->values,
				),
				false
			);
		}
	}

	/** The checkout's nonce belongs to the session. */
	public function nonce() {
		return wp_hash( 'host-checkout|' . $this->name . '|' . ceil( time() / DAY_IN_SECONDS ) );
	}

	public function exists() {
		return '' !== $this->name;
	}

	private function is() {
		return wp_json_encode( array( $this->items, $this->coupon, $this->notices, $this->values ) );
	}
}

/** What was emptied stays empty until the cart is read from the session anew. */
class Host_Cart {
	private $is_emptied = false;

	public function __construct() {
		add_action( 'woocommerce_cart_emptied', array( $this, 'destroy_cart_session' ) );
	}

	public function empty_cart( $clear_persistent_cart = true ) {
		$this->is_emptied = true;
		do_action( 'woocommerce_cart_emptied', $clear_persistent_cart );
	}

	public function destroy_cart_session() {
		foreach ( array( 'cart', 'applied_coupons', 'order_awaiting_payment' ) as $key ) {
			WC()->session->set( $key, null );
		}
	}

	public function get_cart_from_session() {
		$this->is_emptied = false;
	}

	public function is_empty() {
		return $this->is_emptied || array() === WC()->session->items;
	}

	public function line( $product, $quantity ) {
		$off = (int) ( get_option( 'host_coupons', array() )[ WC()->session->coupon ] ?? 0 );
		return round( (float) get_post_meta( $product, '_price', true ) * $quantity * ( 100 - $off ) / 100, 2 );
	}

	/** Delivery abroad costs more: a change of country changes the total. */
	public function shipping( $country ) {
		return 'UA' === $country ? '60.00' : '250.00';
	}

	public function total( $country ) {
		$sum = (float) $this->shipping( $country );
		foreach ( WC()->session->items as $product => $quantity ) {
			$sum += $this->line( $product, $quantity );
		}
		return wc_format_decimal( $sum, 2 );
	}
}
