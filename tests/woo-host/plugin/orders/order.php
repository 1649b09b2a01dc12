<?php
/**
 * An order. Its data is one row of its own making: who reads it as post meta finds nothing, as in the newer order tables.
 */

class WC_Order {
	protected $id      = 0;
	protected $status  = 'pending';
	protected $data    = array();
	protected $meta    = array();
	private $changed   = array();
	private $forgotten = array();
	private $was       = '';

	public function __construct( $id = 0 ) {
		if ( $id ) {
			$this->id     = (int) $id;
			$this->status = substr( get_post( $id )->post_status, 3 );
			$this->was    = $this->status;
			$this->data   = (array) get_post_meta( $id, '_host_data', true );
			$this->meta   = (array) ( get_post_meta( $id, '_host_meta', true ) ?: array() );
		}
	}

	/** Saves what was changed, and only that: another process may have changed the rest. */
	public function save() {
		if ( ! $this->id ) {
			$this->id = wp_insert_post(
				array(
					'post_type'   => $this->type(),
					'post_status' => 'wc-' . $this->status,
					'post_title'  => 'Order',
					'post_parent' => $this->data['parent'] ?? 0,
				)
			);
		}
		$this->save_meta_data();
		update_post_meta( $this->id, '_host_data', wp_slash( $this->data ) );
		if ( $this->was !== $this->status ) {
			$from      = $this->was;
			$this->was = $this->status;
			wp_update_post(
				array(
					'ID'          => $this->id,
					'post_status' => 'wc-' . $this->status,
				)
			);
			if ( '' !== $from ) {
				$this->note( sprintf( 'Status changed from %s to %s.', $from, $this->status ) );
				host_moves_stock( $this );
				do_action( 'woocommerce_order_status_changed', $this->id, $from, $this->status, $this );
			}
		}
		return $this->id;
	}

	public function save_meta_data() {
		$stored = (array) ( get_post_meta( $this->id, '_host_meta', true ) ?: array() );
		$meta   = array_diff_key( array_merge( $stored, $this->changed ), $this->forgotten );
		if ( $meta !== $stored ) {
			update_post_meta( $this->id, '_host_meta', wp_slash( $meta ) );
		}
		$this->meta      = $meta;
		$this->changed   = array();
		$this->forgotten = array();
	}

	protected function type() {
		return 'shop_order';
	}

	public function set( $name, $value ) {
		$this->data[ $name ] = $value;
	}

	public function get( $name, $fallback = '' ) {
		return $this->data[ $name ] ?? $fallback;
	}

	public function get_id() {
		return $this->id;
	}

	public function get_meta( $key ) {
		return $this->meta[ $key ] ?? '';
	}

	public function update_meta_data( $key, $value ) {
		$this->meta[ $key ]    = $value;
		$this->changed[ $key ] = $value;
		unset( $this->forgotten[ $key ] );
	}

	public function delete_meta_data( $key ) {
		unset( $this->meta[ $key ], $this->changed[ $key ] );
		$this->forgotten[ $key ] = true;
	}

	public function get_status() {
		return $this->status;
	}

	public function has_status( $statuses ) {
		return in_array( $this->status, (array) $statuses, true );
	}

	public function set_status( $status ) {
		$this->status = $status;
	}

	public function update_status( $status, $note = '' ) {
		// The note belongs to the change: without one it is dropped.
		if ( '' !== $note && $status !== $this->status ) {
			$this->note( $note );
		}
		$this->status = $status;
		if ( in_array( $status, array( 'processing', 'completed' ), true ) && ! $this->get( 'date_paid' ) ) {
			$this->set( 'date_paid', time() );
		}
		$this->save();
		return true;
	}

	public function payment_complete( $transaction = '' ) {
		if ( ! $this->has_status( apply_filters( 'woocommerce_valid_order_statuses_for_payment_complete', array( 'on-hold', 'pending', 'failed', 'cancelled' ), $this ) ) ) {
			return false;
		}
		$this->set( 'transaction', $transaction );
		$this->set( 'date_paid', $this->get( 'date_paid' ) ?: time() );
		$this->set( 'completions', (int) $this->get( 'completions', 0 ) + 1 );
		$this->status = 'processing';
		$this->save();
		do_action( 'woocommerce_payment_complete', $this->id );
		return true;
	}

	public function is_paid() {
		return $this->has_status( array( 'processing', 'completed' ) );
	}

	public function needs_payment() {
		$statuses = apply_filters( 'woocommerce_valid_order_statuses_for_payment', array( 'pending', 'failed' ), $this );
		return $this->has_status( $statuses ) && $this->get_total() > 0;
	}

	public function get_date_paid() {
		$paid = $this->get( 'date_paid' );
		return $paid ? new DateTimeImmutable( '@' . $paid ) : null;
	}

	public function get_total() {
		return $this->get( 'total', '0' );
	}

	public function get_currency() {
		return $this->get( 'currency', 'UAH' );
	}

	public function get_order_number() {
		return (string) $this->id;
	}

	public function get_order_key() {
		return $this->get( 'key' );
	}

	public function get_customer_id() {
		return (int) $this->get( 'customer', 0 );
	}

	public function get_billing_country() {
		return $this->get( 'billing', array() )['billing_country'] ?? '';
	}

	public function get_payment_method() {
		return $this->get( 'method' );
	}

	public function get_shipping_total() {
		return $this->get( 'shipping', '0' );
	}

	public function get_shipping_tax() {
		return '0';
	}

	public function get_items( $types = 'line_item' ) {
		$items = array();
		foreach ( $this->get( 'items', array() ) as $id => $item ) {
			if ( in_array( $item['type'], (array) $types, true ) ) {
				$items[ $id ] = new WC_Order_Item( $id, $item );
			}
		}
		return $items;
	}

	public function get_item( $id ) {
		$item = $this->get( 'items', array() )[ $id ] ?? null;
		return null === $item ? false : new WC_Order_Item( $id, $item );
	}

	public function get_line_total( $item, $with_tax = false, $round = true ) {
		return $round ? round( (float) $item->get_total(), 2 ) : (float) $item->get_total();
	}

	public function get_refunds() {
		$ids = get_posts(
			array(
				'post_type'      => 'shop_order_refund',
				'post_status'    => 'any',
				'post_parent'    => $this->id,
				'fields'         => 'ids',
				'orderby'        => 'ID',
				'order'          => 'DESC',
				'posts_per_page' => 100,
			)
		);
		return array_map( static fn ( $id ) => new WC_Order_Refund( $id ), $ids );
	}

	public function get_total_refunded() {
		return array_sum( array_map( static fn ( $refund ) => (float) $refund->get_amount(), $this->get_refunds() ) );
	}

	public function get_remaining_refund_amount() {
		return wc_format_decimal( (float) $this->get_total() - $this->get_total_refunded(), 2 );
	}

	private function note( $note ) {
		$notes   = $this->get( 'notes', array() );
		$notes[] = array( time(), $note );
		$this->set( 'notes', $notes );
	}

	public function add_order_note( $note ) {
		$this->note( $note );
		update_post_meta( $this->id, '_host_data', wp_slash( $this->data ) );
	}

	public function get_checkout_order_received_url() {
		return add_query_arg( 'key', $this->get_order_key(), host_endpoint( 'order-received', $this->id ) );
	}

	public function get_checkout_payment_url() {
		return add_query_arg(
			array(
				'pay_for_order' => 'true',
				'key'           => $this->get_order_key(),
			),
			host_endpoint( 'order-pay', $this->id )
		);
	}

	public function get_edit_order_url() {
		return host_has_order_tables()
			? admin_url( 'admin.php?page=wc-orders&action=edit&id=' . $this->id )
			: admin_url( 'post.php?action=edit&post=' . $this->id );
	}
}

/** Whether orders have tables of their own, and staff sees them on pages of their own; else both are WordPress' posts. */
function host_has_order_tables() {
	return 'yes' === get_option( 'woocommerce_custom_orders_table_enabled' );
}

function host_endpoint( $name, $value ) {
	return trailingslashit( get_permalink( (int) get_option( 'host_checkout_page' ) ) ) . $name . '/' . $value . '/';
}
