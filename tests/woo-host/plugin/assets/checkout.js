// The checkout's script, with its habits: an update right at the start, fragments put in only when their HTML differs
// from the last answer's, inputs with an id put back stale, an overlay during updates, the whole form posted each time.

jQuery( ( $ ) => {
	const body = $( document.body );
	const params = window.wc_checkout_params;
	const form = $( 'form.checkout' );
	let last = {};
	let asked = null;
	let running = null;
	let chosen = '';

	const address = ( name ) => params.wc_ajax_url.replace( '%%endpoint%%', name );
	const cover = ( targets ) => targets.each( ( _, one ) => {
		$( one ).css( 'position', 'relative' ).append( '<div class="host-overlay"></div>' );
	} );
	const uncover = () => $( '.host-overlay' ).remove();
	const review = () => $( '.woocommerce-checkout-payment, .woocommerce-checkout-review-order-table' );

	// Choosing a method: its box slides open, the others close.
	const choose = () => {
		const radio = $( 'input[name="payment_method"]:checked' );
		const box = $( `div.payment_box.${ radio.attr( 'id' ) }` );
		if ( radio.val() !== chosen ) {
			$( 'div.payment_box' ).not( box ).slideUp( 230 );
			box.slideDown( 230 );
		}
		chosen = radio.val();
		body.trigger( 'payment_method_selected' );
	};
	$( '.woocommerce' ).on( 'click', 'input[name="payment_method"]', choose );
	choose();
	if ( ! form.length ) {
		return;
	}

	// Typed values of inputs with an id survive a replacement; everything else is lost.
	const remember = () => {
		const values = {};
		$( '.payment_box :input[id]' ).each( ( _, input ) => {
			values[ input.id ] = input.type === 'checkbox' || input.type === 'radio' ? input.checked : input.value;
		} );
		return values;
	};
	const putBack = ( values ) => {
		for ( const [ id, value ] of Object.entries( values ) ) {
			const input = document.getElementById( id );
			if ( input ) {
				input[ typeof value === 'boolean' ? 'checked' : 'value' ] = value;
			}
		}
	};

	const replace = ( fragments ) => {
		const values = remember();
		for ( const [ selector, html ] of Object.entries( fragments ) ) {
			if ( last[ selector ] !== html ) {
				$( selector ).replaceWith( html );
			}
		}
		last = fragments;
		putBack( values );
		chosen = '';
		choose();
	};

	const update = () => {
		running?.abort();
		cover( review() );
		running = $.ajax( {
			type: 'POST',
			url: address( 'update_order_review' ),
			data: {
				payment_method: $( 'input[name="payment_method"]:checked' ).val(),
				country: $( '#billing_country' ).val(),
				post_data: form.serialize(),
			},
			success: ( data ) => {
				uncover();
				if ( data.fragments ) {
					replace( data.fragments );
				}
				if ( data.result === 'failure' ) {
					form.prepend( $( '<div class="woocommerce-NoticeGroup"></div>' ).html( data.messages ) );
				}
				body.trigger( 'updated_checkout', [ data ] );
			},
		} );
	};
	body.on( 'update_checkout', () => {
		clearTimeout( asked );
		asked = setTimeout( update, 5 );
	} );

	const complain = ( html ) => {
		$( '.woocommerce-NoticeGroup-checkout' ).remove();
		form.prepend( `<div class="woocommerce-NoticeGroup woocommerce-NoticeGroup-checkout">${ html }</div>` );
		form.removeClass( 'processing' );
		uncover();
		form.get( 0 ).scrollIntoView();
		body.trigger( 'checkout_error', [ html ] );
	};
	const generic = '<ul class="woocommerce-error" role="alert"><li>There was an error processing your order. Please check for any charges in your payment method and review your order history before placing the order again.</li></ul>';

	form.on( 'submit', () => {
		if ( form.is( '.processing' ) ) {
			return false;
		}
		const method = $( 'input[name="payment_method"]:checked' ).val();
		const host = { $checkout_form: form };
		if ( form.triggerHandler( 'checkout_place_order', [ host ] ) === false || form.triggerHandler( `checkout_place_order_${ method }`, [ host ] ) === false ) {
			return false;
		}
		form.addClass( 'processing' );
		cover( form );
		$.ajax( {
			type: 'POST',
			url: params.checkout_url,
			data: form.serialize(),
			dataType: 'json',
			success: ( answer ) => {
				if ( answer.result === 'success' ) {
					if ( form.triggerHandler( 'checkout_place_order_success', [ answer, host ] ) === false ) {
						return complain( generic );
					}
					// Class and overlay stay, also when this is only a fragment.
					window.location = answer.redirect;
				} else if ( answer.result === 'failure' ) {
					if ( answer.reload ) {
						return window.location.reload();
					}
					complain( answer.messages || generic );
					if ( answer.refresh ) {
						body.trigger( 'update_checkout' );
					}
				} else {
					complain( generic );
				}
			},
			error: () => complain( generic ),
		} );
		return false;
	} );

	$( '#billing_country' ).on( 'change', () => {
		body.trigger( 'country_to_state_changed' );
		body.trigger( 'update_checkout' );
	} );
	$( 'form.checkout_coupon' ).on( 'submit', () => {
		$.post( address( 'apply_coupon' ), { coupon_code: $( '#coupon_code' ).val() } ).done( () => {
			body.trigger( 'applied_coupon_in_checkout' );
			body.trigger( 'update_checkout' );
		} );
		return false;
	} );

	body.trigger( 'init_checkout' );
	body.trigger( 'update_checkout' );
} );
