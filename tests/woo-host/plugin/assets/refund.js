// The refund form: pieces fill in their sums, sums add up, a question is asked, an error is alerted.

jQuery( ( $ ) => {
	const box = $( '#woocommerce-order-items' );
	const amount = $( '#refund_amount' );
	box.on( 'click', '.refund-items', () => {
		box.find( 'span.refund, .wc-order-refund-items' ).prop( 'hidden', false );
	} );
	box.on( 'change input', '.refund_order_item_qty', ( event ) => {
		const sum = $( event.target ).closest( 'tr' ).find( '.refund_line_total' );
		sum.val( ( Number( event.target.value ) * Number( sum.data( 'unit' ) ) ).toFixed( 2 ) ).trigger( 'change' );
	} );
	box.on( 'change input', '.refund_line_total', () => {
		const sum = box.find( '.refund_line_total' ).get().reduce( ( all, input ) => all + Number( input.value || 0 ), 0 );
		amount.val( sum.toFixed( 2 ) );
	} );
	const values = ( name ) => Object.fromEntries(
		box.find( `input.${ name }` ).get().filter( ( input ) => input.value ).map( ( input ) => [ $( input ).closest( 'tr' ).data( 'order_item_id' ), input.value ] )
	);
	box.on( 'click', '.do-api-refund, .do-manual-refund', ( event ) => {
		if ( ! window.confirm( 'Are you sure you wish to process this refund? This action cannot be undone.' ) ) {
			return;
		}
		$.post( window.ajaxurl, {
			action: 'woocommerce_refund_line_items',
			security: window.hostRefund.nonce,
			order_id: window.hostRefund.order,
			refund_amount: amount.val(),
			refund_reason: $( '#refund_reason' ).val(),
			line_item_qtys: JSON.stringify( values( 'refund_order_item_qty' ) ),
			line_item_totals: JSON.stringify( values( 'refund_line_total' ) ),
			api_refund: $( event.target ).is( '.do-api-refund' ),
		} ).done( ( answer ) => {
			if ( answer.success ) {
				window.location.reload();
			} else {
				window.alert( answer.data.error );
			}
		} );
	} );
} );
