<?php
/**
 * A test shop asks nobody outside, and journeys do not wait a minute for the first look at a payment.
 */

add_filter(
	'alliancepay_first_look',
	static function ( $seconds ) {
		return getenv( 'WOO_FIRST_LOOK' ) ? (int) getenv( 'WOO_FIRST_LOOK' ) : $seconds;
	}
);

foreach ( array( 'core', 'plugins', 'themes' ) as $kind ) {
	add_filter(
		"pre_site_transient_update_{$kind}",
		static function () {
			return (object) array(
				'last_checked'    => time(),
				'version_checked' => get_bloginfo( 'version' ),
				'updates'         => array(),
				'response'        => array(),
			);
		}
	);
}

add_action(
	'init',
	static function () {
		foreach ( array( 'wp_version_check', 'wp_update_plugins', 'wp_update_themes' ) as $asks ) {
			remove_action( $asks, $asks );
		}
	}
);

add_filter( 'pre_option_show_avatars', '__return_zero' );
