<?php
/**
 * The shop key and the webhook secret: from wp-config.php, or sealed in the settings. Sealed means that a copy of the
 * database alone opens nothing; the key to it is made of the salts in wp-config.php.
 *
 * @package AlliancePay\WooCommerce
 */

declare( strict_types=1 );

namespace AlliancePay\WooCommerce;

/** Seals and opens. */
final class Secrets {

	private const MARK = 'sealed:';

	/** What to store for a secret. */
	public static function seal( string $secret ): string {
		$nonce = random_bytes( SODIUM_CRYPTO_SECRETBOX_NONCEBYTES );
		return self::MARK . base64_encode( $nonce . sodium_crypto_secretbox( $secret, $nonce, self::key() ) );
	}

	/** The secret, or an empty text when there is none or the salts have changed since. */
	public static function open( string $stored ): string {
		if ( ! str_starts_with( $stored, self::MARK ) ) {
			return '';
		}
		$bytes = (string) base64_decode( substr( $stored, strlen( self::MARK ) ), true );
		if ( strlen( $bytes ) <= SODIUM_CRYPTO_SECRETBOX_NONCEBYTES ) {
			return '';
		}
		$nonce = substr( $bytes, 0, SODIUM_CRYPTO_SECRETBOX_NONCEBYTES );
		$text  = sodium_crypto_secretbox_open( substr( $bytes, SODIUM_CRYPTO_SECRETBOX_NONCEBYTES ), $nonce, self::key() );
		return false === $text ? '' : $text;
	}

	private static function key(): string {
		return sodium_crypto_generichash( 'alliancepay' . wp_salt( 'secure_auth' ), '', SODIUM_CRYPTO_SECRETBOX_KEYBYTES );
	}
}
