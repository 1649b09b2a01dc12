<?php
/**
 * Loads the classes under test. They need no WordPress: what does is tried by the journeys, in a real one.
 *
 * @package AlliancePay\WooCommerce
 */

declare( strict_types=1 );

spl_autoload_register(
	static function ( string $name ): void {
		$prefix = 'AlliancePay\\WooCommerce\\';
		if ( str_starts_with( $name, $prefix ) ) {
			require dirname( __DIR__ ) . '/src/' . str_replace( '\\', '/', substr( $name, strlen( $prefix ) ) ) . '.php';
		}
	}
);

/** One golden file of the Rust crates. @return array<string, mixed> */
function golden( string $name ): array {
	$folder = getenv( 'ALLIANCEPAY_GOLDEN' );
	$folder = $folder ? $folder : dirname( __DIR__, 3 ) . '/crates/checkout-api/tests/golden';
	return json_decode( (string) file_get_contents( "{$folder}/{$name}.json" ), true, 64, JSON_THROW_ON_ERROR );
}
