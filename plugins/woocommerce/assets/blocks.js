// The payment method on the Blocks checkout. The order is placed by the page's own button; the answer leads to the bank.

( () => {
	const { registerPaymentMethod } = window.wc.wcBlocksRegistry;
	const { createElement } = window.wp.element;
	const { decodeEntities } = window.wp.htmlEntities;
	const data = window.wc.wcSettings.getSetting( 'alliancepay_data', {} );
	const title = decodeEntities( data.title || 'AlliancePay' );

	const Content = () =>
		createElement(
			'div',
			{ className: 'alliancepay-box' },
			data.widget && createElement( 'alliancepay-checkout', { view: 'option', lang: data.language } ),
			createElement( 'p', { className: 'alliancepay-words' }, decodeEntities( data.description || '' ) )
		);
	const content = createElement( Content );

	registerPaymentMethod( {
		name: 'alliancepay',
		label: createElement(
			'span',
			{ className: 'alliancepay-label' },
			title,
			' ',
			createElement( 'img', { src: data.mark, alt: '', width: 24, height: 24 } )
		),
		ariaLabel: title,
		content,
		edit: content,
		canMakePayment: () => true,
		supports: { features: data.supports || [ 'products' ] },
	} );
} )();
