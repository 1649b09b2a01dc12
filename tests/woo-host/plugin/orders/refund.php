<?php
/**
 * A refund: an order of its own kind, below the one it takes from.
 */

class WC_Order_Refund extends WC_Order {
	protected $status = 'completed';

	protected function type() {
		return 'shop_order_refund';
	}

	public function get_amount() {
		return $this->get( 'amount' );
	}

	public function get_reason() {
		return $this->get( 'reason' );
	}

	public function get_refunded_payment() {
		return (bool) $this->get( 'paid', false );
	}

	public function delete( $force = false ) {
		wp_delete_post( $this->id, true );
	}
}
