// Where payment methods register themselves.
window.wc.hostMethods = {};
window.wc.wcBlocksRegistry = {
	registerPaymentMethod: ( method ) => {
		for ( const part of [ 'name', 'label', 'content', 'edit', 'ariaLabel', 'canMakePayment' ] ) {
			if ( method[ part ] === undefined ) {
				throw new TypeError( `registerPaymentMethod: ${ part } is missing` );
			}
		}
		window.wc.hostMethods[ method.name ] = method;
	},
};
