// On the way back: the link to pay again appears when the widget has learned that nothing was paid.

document.addEventListener( 'alliancepay:change', ( event ) => {
	const section = event.target.closest?.( '.alliancepay-return' );
	const again = section?.querySelector( '[data-shown-after]' );
	if ( again ) {
		again.hidden = ! again.dataset.shownAfter.split( ' ' ).includes( event.detail.phase );
	}
} );
