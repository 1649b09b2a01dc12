<?php
/**
 * Whether a webhook is from our backend: HMAC-SHA256 of the time, a point and the raw body.
 *
 * @package AlliancePay\WooCommerce
 */

declare( strict_types=1 );

namespace AlliancePay\WooCommerce\Backend;

/** The header `AlliancePay-Signature: t=UNIX,v1=HEX`. */
final class Signature {

	/** How far the sender's clock may be from ours, in seconds. */
	public const TOLERANCE = 300;

	/** Compared in constant time, before anything of the body is read. */
	public static function holds( string $header, string $body, string $secret, int $now ): bool {
		if ( '' === $secret || 1 !== preg_match( '/^t=(\d{1,12}),v1=([0-9a-f]{64})$/D', $header, $part ) ) {
			return false;
		}
		$ours = hash_hmac( 'sha256', $part[1] . '.' . $body, $secret );
		return hash_equals( $ours, $part[2] ) && abs( $now - (int) $part[1] ) <= self::TOLERANCE;
	}
}
