<?php
/**
 * What every payment method extends.
 */

abstract class WC_Payment_Gateway extends WC_Settings_API {
	public $title              = '';
	public $description        = '';
	public $method_title       = '';
	public $method_description = '';
	public $has_fields         = false;
	public $icon               = '';
	public $supports           = array( 'products' );

	public function is_available() {
		return 'yes' === $this->get_option( 'enabled' );
	}

	public function needs_setup() {
		return false;
	}

	public function supports( $feature ) {
		return in_array( $feature, $this->supports, true );
	}

	public function can_refund_order( $order ) {
		return $order && $this->supports( 'refunds' );
	}

	public function get_title() {
		return $this->title;
	}

	public function get_icon() {
		return $this->icon ? '<img src="' . esc_url( $this->icon ) . '" alt="' . esc_attr( $this->title ) . '">' : '';
	}

	public function payment_fields() {
		echo wp_kses_post( wpautop( $this->description ) );
	}

	public function process_payment( $order_id ) {
		return array();
	}

	public function process_refund( $order_id, $amount = null, $reason = '' ) {
		return false;
	}

	public function admin_options() {
		echo '<h2>' . esc_html( $this->method_title ) . '</h2><p>' . wp_kses_post( $this->method_description ) . '</p><table class="form-table">' . $this->generate_settings_html() . '</table>';
	}
}

/** Another way to pay, so that methods can be switched. */
class Host_Cheque extends WC_Payment_Gateway {
	public function __construct() {
		$this->id          = 'cheque';
		$this->title       = 'Pay at the counter';
		$this->description = 'Pay when you pick it up.';
		$this->settings    = array( 'enabled' => 'yes' );
	}

	public function process_payment( $order_id ) {
		$order = wc_get_order( $order_id );
		$order->update_status( 'on-hold', 'Paid at the counter.' );
		WC()->cart->empty_cart();
		return array(
			'result'   => 'success',
			'redirect' => $order->get_checkout_order_received_url(),
		);
	}
}
