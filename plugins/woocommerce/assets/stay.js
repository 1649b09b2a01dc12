// Staying on the checkout once the order is placed: the address gets the order's fragment, the form makes room, and the
// widget goes on with the payment. Where any part of this is missing the shop's server answers with the bank's page.

( () => {
	const { ask, language, title, pay, failed, again, back } = window.alliancepayStay;
	const FIELD = 'alliancepay_stay';
	const form = () => document.querySelector( 'form.checkout' );
	const make = ( name, properties, ...children ) => {
		const node = Object.assign( document.createElement( name ), properties );
		node.append( ...children );
		return node;
	};

	// The server is told that this page can go on by itself, and only while it can.
	const tell = ( lives ) => {
		const field = form()?.querySelector( `input[name=${ FIELD }]` );
		if ( ! lives ) {
			field?.remove();
		} else if ( ! field ) {
			form()?.append( make( 'input', { type: 'hidden', name: FIELD, value: '1' } ) );
		}
	};
	document.addEventListener( 'alliancepay:ready', () => tell( true ) );
	document.addEventListener( 'alliancepay:error', ( { detail } ) => {
		if ( detail?.code === 'widget_crashed' ) {
			tell( false );
		}
	} );

	// The form was covered by WooCommerce: a fresh page, which an address without a fragment is, is the simplest way back.
	const leave = () => {
		history.replaceState( null, '', location.pathname + location.search );
		location.reload();
	};
	const backward = () => make( 'a', { className: 'alliancepay-back', href: location.pathname + location.search, textContent: back } );

	const show = ( ...children ) => {
		document.querySelector( '.alliancepay-stay' )?.remove();
		const heading = make( 'h2', { tabIndex: -1 } );
		const panel = make( 'section', { className: 'alliancepay-stay' }, heading, ...children, backward() );
		const place = form()?.closest( '.woocommerce' ) ?? form()?.parentElement;
		place?.classList.add( 'alliancepay-stays' );
		place?.prepend( panel );
		panel.scrollIntoView( { block: 'nearest' } );
		heading.focus( { preventScroll: true } );
		return { panel, heading };
	};

	// What stands inside the widget stands alone where the widget dies: a plain form to the same payment.
	const plain = ( { backend, orderToken } ) =>
		make(
			'form',
			{ method: 'post', action: `${ backend }/pay` },
			make( 'input', { type: 'hidden', name: 'order_token', value: orderToken } ),
			make( 'button', { className: 'button alt', textContent: pay } )
		);

	const goOn = ( told, question ) => {
		const widget = make( 'alliancepay-checkout', {}, plain( told ) );
		const options = { view: 'pay', backend: told.backend, 'order-token': told.orderToken, 'token-url': question, order: told.order, lang: language };
		Object.entries( options ).forEach( ( [ name, value ] ) => widget.setAttribute( name, value ) );
		const { panel, heading } = show( widget );
		heading.textContent = title.replace( '%s', told.number );
		// Paid on a phone: the shop's own page tells the rest, and empties the cart.
		panel.addEventListener( 'alliancepay:outcome', ( { detail } ) => {
			if ( detail.outcome === 'paid' ) {
				location.assign( told.received );
			}
		} );
	};

	const fail = () => {
		const retry = make( 'button', { type: 'button', className: 'button alt', textContent: again, onclick: () => location.reload() } );
		show( retry ).heading.textContent = failed;
	};

	const look = async () => {
		const order = /^#alliancepay-(\d+)$/.exec( location.hash )?.[ 1 ];
		if ( ! order && document.querySelector( '.alliancepay-stay' ) ) {
			// The browser's Back leads to the form.
			leave();
		}
		if ( ! order || ! form() ) {
			return;
		}
		const question = `${ ask }&order=${ order }`;
		try {
			const answer = await fetch( question, { credentials: 'same-origin' } );
			const told = await answer.json();
			if ( answer.status === 404 ) {
				// Somebody else's order, or one of an earlier visit.
				leave();
			} else if ( told.orderToken ) {
				goOn( told, question );
			} else if ( told.received ) {
				location.replace( told.received );
			} else {
				fail();
			}
		} catch {
			fail();
		}
	};
	addEventListener( 'hashchange', look );
	look();
} )();
