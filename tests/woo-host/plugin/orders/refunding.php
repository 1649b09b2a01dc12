<?php
/**
 * Refunds: first the record is stored, then the gateway is asked; when it refuses, the record goes away again.
 */

function wc_create_refund( $wish ) {
	$order  = wc_get_order( $wish['order_id'] );
	$amount = wc_format_decimal( $wish['amount'], 2 );
	if ( (float) $amount <= 0 || (float) $amount > (float) $order->get_remaining_refund_amount() ) {
		return new WP_Error( 'error', 'Invalid refund amount.' );
	}
	$refund = new WC_Order_Refund();
	$refund->set( 'parent', $order->get_id() );
	$refund->set( 'amount', $amount );
	$refund->set( 'reason', $wish['reason'] ?? '' );
	$refund->set( 'items', host_refund_items( $order, $wish['line_items'] ?? array() ) );
	$refund->save();
	if ( ! empty( $wish['refund_payment'] ) ) {
		$gateway = host_gateways()[ $order->get_payment_method() ] ?? null;
		if ( ! $gateway || ! $gateway->supports( 'refunds' ) ) {
			$refund->delete( true );
			return new WP_Error( 'error', 'The payment gateway for this order does not support automatic refunds.' );
		}
		$result = $gateway->process_refund( $order->get_id(), $refund->get_amount(), $refund->get_reason() );
		if ( ! $result || is_wp_error( $result ) ) {
			$refund->delete( true );
			return is_wp_error( $result ) ? $result : new WP_Error( 'error', 'An error occurred while attempting to create the refund.' );
		}
		$refund = new WC_Order_Refund( $refund->get_id() );
		$refund->set( 'paid', true );
		$refund->save();
	}
	$order = wc_get_order( $order->get_id() );
	if ( (float) $order->get_remaining_refund_amount() <= 0 ) {
		do_action( 'woocommerce_order_fully_refunded', $order->get_id(), $refund->get_id() );
		$order->update_status( 'refunded' );
	}
	do_action( 'woocommerce_order_refunded', $order->get_id(), $refund->get_id() );
	return $refund;
}

/** @param array<int, array{qty: int, refund_total: string}> $wished */
function host_refund_items( $order, $wished ) {
	$items = array();
	foreach ( $wished as $id => $wish ) {
		$sold = $order->get_item( $id );
		if ( $sold && ( (float) $wish['refund_total'] > 0 || (int) $wish['qty'] > 0 ) ) {
			$items[ 1000 + $id ] = array(
				'type'     => $sold->get_type(),
				'name'     => $sold->get_name(),
				'quantity' => -1 * (int) $wish['qty'],
				'total'    => wc_format_decimal( -1 * (float) $wish['refund_total'], 2 ),
				'meta'     => array( '_refunded_item_id' => $id ),
			);
		}
	}
	return $items;
}
