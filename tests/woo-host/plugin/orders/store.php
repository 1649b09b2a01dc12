<?php
/**
 * Finding and making orders.
 */

function wc_get_order( $order = false ) {
	if ( $order instanceof WC_Order ) {
		return $order;
	}
	$post = get_post( $order instanceof WP_Post ? $order->ID : (int) $order );
	if ( ! $post || ! in_array( $post->post_type, array( 'shop_order', 'shop_order_refund' ), true ) ) {
		return false;
	}
	return 'shop_order' === $post->post_type ? new WC_Order( $post->ID ) : new WC_Order_Refund( $post->ID );
}

/** Orders by method, status and day of birth, or the refunds of one; the newest first. */
function wc_get_orders( $wish ) {
	if ( 'shop_order_refund' === ( $wish['type'] ?? '' ) ) {
		return wc_get_order( $wish['parent'] )->get_refunds();
	}
	$orders = array_filter( host_orders( $wish['limit'] ), static fn ( $order ) => $order->get_payment_method() === $wish['payment_method'] );
	$since  = (int) ltrim( $wish['date_created'], '>' );
	return array_values(
		array_filter(
			$orders,
			static fn ( $order ) => in_array( 'wc-' . $order->get_status(), $wish['status'], true ) && get_post_time( 'U', true, $order->get_id() ) > $since
		)
	);
}

/** The newest orders. */
function host_orders( $most = 50 ) {
	$ids = get_posts(
		array(
			'post_type'      => 'shop_order',
			'post_status'    => 'any',
			'fields'         => 'ids',
			'posts_per_page' => $most,
			'orderby'        => 'ID',
			'order'          => 'DESC',
		)
	);
	return array_map( 'wc_get_order', $ids );
}

/** Writes the cart into an order; one that waits for its payment and is of the same cart is taken again. Each checkout has its name for it. */
function host_order_from_cart( $fields, $method, $name = 'order_awaiting_payment' ) {
	$session = WC()->session;
	$hash    = md5( wp_json_encode( array( $session->items, $session->coupon ) ) );
	$waiting = wc_get_order( $session->get( $name ) );
	$order   = $waiting && $waiting->has_status( array( 'pending', 'failed' ) ) && $waiting->get( 'hash' ) === $hash ? $waiting : new WC_Order();
	if ( ! $order->get_id() ) {
		$order->set( 'key', 'host_order_' . wp_generate_password( 13, false ) );
		$order->set( 'hash', $hash );
	}
	$items = array();
	$next  = 1;
	foreach ( $session->items as $product => $quantity ) {
		$items[ $next++ ] = array(
			'type'     => 'line_item',
			'name'     => get_the_title( $product ),
			'quantity' => $quantity,
			'total'    => wc_format_decimal( WC()->cart->line( $product, $quantity ), 2 ),
		);
	}
	$items[ $next ] = array(
		'type'     => 'shipping',
		'name'     => 'Delivery',
		'quantity' => 1,
		'total'    => WC()->cart->shipping( $fields['billing_country'] ?? 'UA' ),
	);
	$order->set( 'items', $items );
	$order->set( 'shipping', WC()->cart->shipping( $fields['billing_country'] ?? 'UA' ) );
	$order->set( 'total', WC()->cart->total( $fields['billing_country'] ?? 'UA' ) );
	$order->set( 'currency', get_woocommerce_currency() );
	$order->set( 'customer', get_current_user_id() );
	$order->set( 'method', $method );
	$order->set( 'billing', $fields );
	$order->save();
	$session->set( $name, $order->get_id() );
	$session->set( 'seen_order_' . $order->get_id(), true );
	return $order;
}
