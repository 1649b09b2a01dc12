<?php
/**
 * One line of an order or of a refund; in a refund its sums and quantity are negative.
 */

class WC_Order_Item {
	private $id;
	private $item;

	public function __construct( $id, $item ) {
		$this->id   = (int) $id;
		$this->item = $item;
	}

	public function get_id() {
		return $this->id;
	}

	public function get_type() {
		return $this->item['type'];
	}

	public function get_name() {
		return $this->item['name'];
	}

	public function get_quantity() {
		return $this->item['quantity'];
	}

	public function get_total() {
		return $this->item['total'];
	}

	public function get_total_tax() {
		return '0';
	}

	public function get_meta( $key ) {
		return $this->item['meta'][ $key ] ?? '';
	}
}
