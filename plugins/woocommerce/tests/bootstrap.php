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
	return json_decode( (string) file_get_contents( golden_folder() . "/{$name}.json" ), true, 64, JSON_THROW_ON_ERROR );
}

/** All that are of one kind, for a data provider. @return array<string, array{0: array<string, mixed>}> */
function goldens( string $kind ): array {
	$all = array();
	foreach ( glob( golden_folder() . "/{$kind}/*.json" ) as $file ) {
		$name         = basename( $file, '.json' );
		$all[ $name ] = array( golden( "{$kind}/{$name}" ) );
	}
	return $all;
}

function golden_folder(): string {
	$folder = getenv( 'ALLIANCEPAY_GOLDEN' );
	return $folder ? $folder : dirname( __DIR__, 3 ) . '/crates/checkout-api/tests/golden';
}
