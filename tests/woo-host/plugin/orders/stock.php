<?php
/**
 * Stock, as far as an order says whether its goods were taken off: they are when it is held or paid, and given back when it
 * is pending again or cancelled, and not when it fails.
 */

function host_moves_stock( $order ) {
	$status = $order->get_status();
	if ( in_array( $status, array( 'on-hold', 'processing', 'completed' ), true ) ) {
		host_has_taken_stock( $order, true );
	} elseif ( in_array( $status, array( 'pending', 'cancelled' ), true ) ) {
		wc_maybe_increase_stock_levels( $order->get_id() );
	}
}

function wc_maybe_increase_stock_levels( $order_id ) {
	host_has_taken_stock( wc_get_order( $order_id ), false );
}

/** Straight into the table, as WooCommerce does beside the order's own data. */
function host_has_taken_stock( $order, $has ) {
	update_post_meta( $order->get_id(), '_host_stock_reduced', $has ? 'yes' : 'no' );
}
