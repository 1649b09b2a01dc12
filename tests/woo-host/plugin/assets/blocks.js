// The Blocks checkout's page: fields, the registered methods, one button. A method's content is mounted when it is chosen.

( () => {
	const { createElement: e, createRoot, render, useState } = window.wp.element;
	const host = window.hostBlocks;
	const place = document.getElementById( 'host-blocks' );
	const names = [ 'first_name', 'last_name', 'address_1', 'city', 'postcode', 'phone' ];

	const Field = ( { id, label } ) =>
		e( 'p', { className: 'form-row' }, e( 'label', { htmlFor: id }, label ), e( 'input', { id, className: 'input-text', type: 'text' } ) );

	const Page = () => {
		const methods = Object.values( window.wc.hostMethods ).filter( ( one ) => one.canMakePayment( {} ) );
		const [ chosen, choose ] = useState( methods[ 0 ]?.name );
		const [ state, setState ] = useState( { busy: false, error: '' } );
		const value = ( id ) => document.getElementById( id ).value;
		const submit = async () => {
			setState( { busy: true, error: '' } );
			const billing = Object.fromEntries( names.map( ( name ) => [ name, value( `billing-${ name }` ) ] ) );
			const answer = await fetch( host.api, {
				method: 'POST',
				credentials: 'same-origin',
				headers: { 'Content-Type': 'application/json', Nonce: host.nonce, 'X-WP-Nonce': host.rest },
				body: JSON.stringify( {
					billing_address: { ...billing, country: 'UA', email: value( 'email' ) },
					payment_method: chosen,
					payment_data: [],
				} ),
			} );
			const told = await answer.json();
			if ( answer.ok ) {
				window.location = told.payment_result.redirect_url;
			} else {
				setState( { busy: false, error: told.message } );
			}
		};
		return e(
			'div',
			{ className: 'woocommerce' },
			state.error && e( 'div', { className: 'wc-block-components-notice-banner is-error', role: 'alert' }, state.error ),
			e( Field, { id: 'email', label: 'Email address' } ),
			...names.map( ( name ) => e( Field, { key: name, id: `billing-${ name }`, label: name.replace( '_', ' ' ) } ) ),
			e( 'p', null, 'Total ', e( 'strong', null, host.total ) ),
			...methods.map( ( method ) =>
				e(
					'div',
					{ key: method.name, className: 'wc-block-components-radio-control-accordion-option' },
					e(
						'label',
						null,
						e( 'input', {
							type: 'radio',
							id: `radio-control-wc-payment-method-options-${ method.name }`,
							name: 'radio-control-wc-payment-method-options',
							checked: chosen === method.name,
							onChange: () => choose( method.name ),
						} ),
						' ',
						method.label
					),
					chosen === method.name && e( 'div', { className: 'wc-block-components-radio-control-accordion-content payment_box' }, method.content )
				)
			),
			e( 'button', { className: 'wc-block-components-checkout-place-order-button button', disabled: state.busy || host.empty, onClick: submit }, 'Place Order' )
		);
	};
	place.classList.remove( 'is-loading' );
	if ( createRoot ) {
		createRoot( place ).render( e( Page ) );
	} else {
		render( e( Page ), place );
	}
} )();
