<?php
/**
 * Journeys do not wait a minute for the first look at a payment.
 */

add_filter(
	'alliancepay_first_look',
	static function ( $seconds ) {
		return getenv( 'WOO_FIRST_LOOK' ) ? (int) getenv( 'WOO_FIRST_LOOK' ) : $seconds;
	}
);
