<?php
/**
 * The refund form in an order: pieces and sums by line, the sum of all, "refund through the gateway" or by hand.
 */

function host_box_items( $shown ) {
	$order   = wc_get_order( $shown );
	$gateway = host_gateways()[ $order->get_payment_method() ] ?? null;
	echo '<table class="woocommerce_order_items widefat"><tbody>';
	foreach ( $order->get_items( array( 'line_item', 'shipping' ) ) as $id => $item ) {
		printf(
			'<tr class="%1$s" data-order_item_id="%2$d"><td class="name">%3$s</td><td class="quantity">× %4$d<span class="refund" hidden> <input type="number" min="0" max="%4$d" class="refund_order_item_qty" name="refund_order_item_qty[%2$d]" placeholder="0" size="4"></span></td><td class="line_cost">%5$s<span class="refund" hidden> <input type="text" class="refund_line_total wc_input_price" name="refund_line_total[%2$d]" placeholder="0.00" data-unit="%6$s"></span></td></tr>',
			'shipping' === $item->get_type() ? 'shipping' : 'item',
			absint( $id ),
			esc_html( $item->get_name() ),
			absint( $item->get_quantity() ),
			wp_kses_post( wc_price( $item->get_total() ) ),
			esc_attr( wc_format_decimal( (float) $item->get_total() / $item->get_quantity(), 2 ) )
		);
	}
	foreach ( $order->get_refunds() as $refund ) {
		printf( '<tr class="refund"><td class="name">Refund #%d %s</td><td></td><td class="line_cost">-%s</td></tr>', absint( $refund->get_id() ), esc_html( $refund->get_reason() ), wp_kses_post( wc_price( $refund->get_amount() ) ) );
	}
	echo '</tbody></table><p><strong>Total ' . wp_kses_post( wc_price( $order->get_total() ) ) . '</strong></p>';
	echo '<p class="wc-order-bulk-actions"><button type="button" class="button refund-items">Refund</button></p><div class="wc-order-refund-items" hidden>';
	echo '<p><label>Refund amount <input type="text" id="refund_amount" class="wc_input_price"></label> <label>Reason <input type="text" id="refund_reason"></label></p><p>';
	if ( $gateway && $gateway->can_refund_order( $order ) ) {
		echo '<button type="button" class="button button-primary do-api-refund">Refund via ' . esc_html( $gateway->method_title ) . '</button> ';
	}
	echo '<button type="button" class="button do-manual-refund">Refund manually</button></p></div>';
	wp_enqueue_script( 'host-refund', plugins_url( 'assets/refund.js', CHECKOUT_HOST ), array( 'jquery' ), '1', true );
	wp_localize_script(
		'host-refund',
		'hostRefund',
		array(
			'order' => $order->get_id(),
			'nonce' => wp_create_nonce( 'order-item' ),
		)
	);
}

add_action(
	'wp_ajax_woocommerce_refund_line_items',
	static function () {
		check_ajax_referer( 'order-item', 'security' );
		if ( ! current_user_can( 'edit_shop_orders' ) ) {
			wp_die( -1 );
		}
		$quantities = (array) json_decode( wp_unslash( $_POST['line_item_qtys'] ?? '{}' ), true );
		$totals     = (array) json_decode( wp_unslash( $_POST['line_item_totals'] ?? '{}' ), true );
		$lines      = array();
		foreach ( array_keys( $quantities + $totals ) as $id ) {
			$lines[ $id ] = array(
				'qty'          => max( 0, (int) ( $quantities[ $id ] ?? 0 ) ),
				'refund_total' => wc_format_decimal( $totals[ $id ] ?? 0, 2 ),
			);
		}
		$refund = wc_create_refund(
			array(
				'order_id'       => absint( $_POST['order_id'] ),
				'amount'         => wc_format_decimal( sanitize_text_field( wp_unslash( $_POST['refund_amount'] ) ), 2 ),
				'reason'         => sanitize_text_field( wp_unslash( $_POST['refund_reason'] ?? '' ) ),
				'line_items'     => $lines,
				'refund_payment' => 'true' === ( $_POST['api_refund'] ?? '' ),
			)
		);
		if ( is_wp_error( $refund ) ) {
			wp_send_json_error( array( 'error' => $refund->get_error_message() ) );
		}
		wp_send_json_success( array() );
	}
);
