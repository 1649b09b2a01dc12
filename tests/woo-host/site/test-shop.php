<?php
/**
 * A test shop asks nobody outside, journeys do not wait a minute for the first look at a payment, and what comes to it is
 * written down.
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

/** What came to the shop, word for word: a journey searches it for what must never come. */
if ( getenv( 'WOO_REQUESTS' ) && isset( $_SERVER['REQUEST_URI'] ) ) {
	$line = $_SERVER['REQUEST_METHOD'] . ' ' . $_SERVER['REQUEST_URI'] . ' ' . file_get_contents( 'php://input' );
	file_put_contents( getenv( 'WOO_REQUESTS' ), $line . "\n", FILE_APPEND | LOCK_EX );
}
