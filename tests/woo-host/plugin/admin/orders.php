<?php
/**
 * The list of orders of the newer tables: `admin.php?page=wc-orders`. The older list is WordPress' own, of posts.
 */

function host_order_columns( $columns ) {
	return array(
		'order_number' => 'Order',
		'order_date'   => 'Date',
		'order_status' => 'Status',
		'order_total'  => 'Total',
	) + array_diff_key( $columns, array_flip( array( 'cb', 'title', 'date' ) ) );
}

function host_order_cell( $column, $order ) {
	$order = wc_get_order( $order );
	switch ( $column ) {
		case 'order_number':
			echo '<a href="' . esc_url( $order->get_edit_order_url() ) . '" class="order-view"><strong>#' . esc_html( $order->get_order_number() . ' ' . ( $order->get( 'billing', array() )['billing_first_name'] ?? '' ) ) . '</strong></a>';
			break;
		case 'order_date':
			echo esc_html( get_the_date( '', $order->get_id() ) );
			break;
		case 'order_status':
			echo '<mark class="order-status status-' . esc_attr( $order->get_status() ) . '"><span>' . esc_html( wc_get_order_status_name( $order->get_status() ) ) . '</span></mark>';
			break;
		case 'order_total':
			echo wp_kses_post( wc_price( $order->get_total() ) );
			break;
	}
}

add_filter( 'manage_edit-shop_order_columns', 'host_order_columns', 5 );
add_action( 'manage_shop_order_posts_custom_column', 'host_order_cell', 5, 2 );

add_action(
	'admin_head',
	static function () {
		echo '<style>.order-status{padding:.3em .8em;border-radius:4px;background:#e5e5e5}.order-status.status-processing,.order-status.status-completed{background:#c6e1c6}.order-status.status-on-hold{background:#f8dda7}.order-status.status-failed{background:#eba3a3}</style>';
	}
);

/** Statuses that are not public are in no list of WordPress' by themselves. */
add_filter(
	'request',
	static function ( $wish ) {
		if ( is_admin() && 'shop_order' === ( $wish['post_type'] ?? '' ) && empty( $wish['post_status'] ) ) {
			$wish['post_status'] = array_keys( wc_get_order_statuses() );
		}
		return $wish;
	}
);

function host_orders_page() {
	if ( 'edit' === ( $_GET['action'] ?? '' ) ) {
		host_order_page( wc_get_order( absint( $_GET['id'] ?? 0 ) ) );
		return;
	}
	$columns = apply_filters( 'manage_woocommerce_page_wc-orders_columns', host_order_columns( array() ) );
	echo '<div class="wrap"><h1 class="wp-heading-inline">Orders</h1><table class="wp-list-table widefat fixed striped orders"><thead><tr>';
	foreach ( $columns as $name => $label ) {
		printf( '<th scope="col" class="manage-column column-%s">%s</th>', esc_attr( $name ), esc_html( $label ) );
	}
	echo '</tr></thead><tbody id="the-list">';
	foreach ( host_orders() as $order ) {
		printf( '<tr id="order-%d" class="order-%1$d">', absint( $order->get_id() ) );
		foreach ( $columns as $name => $label ) {
			printf( '<td class="%1$s column-%1$s" data-colname="%2$s">', esc_attr( $name ), esc_attr( $label ) );
			host_order_cell( $name, $order );
			do_action( 'manage_woocommerce_page_wc-orders_custom_column', $name, $order );
			echo '</td>';
		}
		echo '</tr>';
	}
	echo '</tbody></table></div>';
}
