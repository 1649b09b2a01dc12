// Our part of the settings page: the connection check.

( () => {
	const { ajax, checking, failed } = window.alliancepayAdmin;

	const ask = async ( fields ) => {
		const answer = await fetch( ajax, { method: 'POST', body: new URLSearchParams( fields ), credentials: 'same-origin' } );
		const { success, data } = await answer.json();
		if ( ! success ) {
			throw new Error( 'refused' );
		}
		return data;
	};

	const field = ( name ) => document.getElementById( `woocommerce_alliancepay_${ name }` )?.value ?? '';
	const button = document.getElementById( 'alliancepay-check' );
	const result = document.getElementById( 'alliancepay-check-result' );

	const say = ( findings ) => {
		const lines = findings.map( ( [ tone, words ] ) => {
			const line = document.createElement( 'p' );
			line.className = `is-${ tone }`;
			line.textContent = words;
			return line;
		} );
		result.replaceChildren( ...lines );
	};

	button?.addEventListener( 'click', async () => {
		button.disabled = true;
		say( [ [ 'waiting', checking ] ] );
		try {
			say( await ask( {
				action: 'alliancepay_check',
				_ajax_nonce: button.dataset.nonce,
				backend_url: field( 'backend_url' ),
				shop_key: field( 'shop_key' ),
			} ) );
		} catch {
			say( [ [ 'bad', failed ] ] );
		}
		button.disabled = false;
	} );
} )();
