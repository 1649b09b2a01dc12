<?php
/**
 * One order, for staff: its status, lines with the refund form, notes, and the boxes that plugins add. On a page of its own
 * for the newer tables, on WordPress' page of a post for the older.
 */

add_action(
	'load-woocommerce_page_wc-orders',
	static function () {
		$order = 'edit' === ( $_GET['action'] ?? '' ) ? wc_get_order( absint( $_GET['id'] ?? 0 ) ) : false;
		if ( $order && isset( $_POST['order_status'] ) && check_admin_referer( 'host-order-' . $order->get_id() ) ) {
			host_save_status( $order );
			wp_safe_redirect( $order->get_edit_order_url() );
			exit;
		}
		if ( $order ) {
			do_action( 'add_meta_boxes', 'woocommerce_page_wc-orders', $order );
		}
	}
);

add_action(
	'add_meta_boxes',
	static function ( $screen ) {
		if ( in_array( $screen, array( 'shop_order', 'woocommerce_page_wc-orders' ), true ) ) {
			add_meta_box( 'woocommerce-order-data', 'Order data', 'host_box_data', $screen, 'normal', 'high' );
			add_meta_box( 'woocommerce-order-items', 'Items', 'host_box_items', $screen, 'normal', 'high' );
			add_meta_box( 'woocommerce-order-notes', 'Order notes', 'host_box_notes', $screen, 'side', 'default' );
		}
		if ( 'shop_order' === $screen ) {
			// WordPress' own button would publish the post, and that is no status of an order.
			remove_meta_box( 'submitdiv', $screen, 'side' );
			add_meta_box( 'woocommerce-order-actions', 'Order actions', 'host_box_actions', $screen, 'side', 'high' );
		}
	},
	20
);

add_action(
	'save_post_shop_order',
	static function ( $id ) {
		if ( isset( $_POST['order_status'], $_POST['host_order'] ) ) {
			unset( $_POST['host_order'] );
			host_save_status( wc_get_order( $id ) );
		}
	}
);

function host_save_status( $order ) {
	$status = preg_replace( '/^wc-/', '', sanitize_key( $_POST['order_status'] ) );
	if ( $status !== $order->get_status() ) {
		$order->update_status( $status );
	}
}

/** @param WC_Order|false $order */
function host_order_page( $order ) {
	if ( ! $order ) {
		wp_die( 'You attempted to edit an item that does not exist.' );
	}
	echo '<div class="wrap"><h1>Edit order</h1><form method="post" id="order"><div id="poststuff"><div id="post-body" class="metabox-holder columns-2">';
	wp_nonce_field( 'host-order-' . $order->get_id() );
	echo '<div id="postbox-container-1" class="postbox-container">';
	host_box_actions();
	do_meta_boxes( 'woocommerce_page_wc-orders', 'side', $order );
	echo '</div><div id="postbox-container-2" class="postbox-container">';
	do_meta_boxes( 'woocommerce_page_wc-orders', 'normal', $order );
	echo '</div></div></div></form></div>';
}

function host_box_actions() {
	echo '<p><button type="submit" class="button save_order button-primary" name="save" value="Update">Update</button></p>';
}

function host_box_data( $shown ) {
	$order = wc_get_order( $shown );
	echo '<h2 class="woocommerce-order-data__heading">Order #' . esc_html( $order->get_order_number() ) . ' details</h2>';
	echo '<input type="hidden" name="host_order" value="1"><p><label for="order_status">Status:</label> <select id="order_status" name="order_status">';
	foreach ( wc_get_order_statuses() as $status => $label ) {
		printf( '<option value="%s" %s>%s</option>', esc_attr( $status ), selected( $status, 'wc-' . $order->get_status(), false ), esc_html( $label ) );
	}
	echo '</select></p><p>Payment via ' . esc_html( $order->get_payment_method() ) . '. Paid ' . (int) $order->get( 'completions', 0 ) . ' times.</p>';
}

function host_box_notes( $shown ) {
	echo '<ul class="order_notes">';
	foreach ( array_reverse( wc_get_order( $shown )->get( 'notes', array() ) ) as list( $time, $note ) ) {
		echo '<li class="note"><div class="note_content"><p>' . esc_html( $note ) . '</p></div><p class="meta">' . esc_html( wp_date( 'j M Y H:i', $time ) ) . '</p></li>';
	}
	echo '</ul>';
}
