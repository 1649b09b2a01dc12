<?php
/**
 * "Check connection": says in words what is wrong between shop and backend, or that nothing is.
 *
 * @package AlliancePay\WooCommerce
 */

declare( strict_types=1 );

namespace AlliancePay\WooCommerce\Admin;

use AlliancePay\WooCommerce\Backend\Client;
use AlliancePay\WooCommerce\Backend\Problem;
use AlliancePay\WooCommerce\Settings;
use AlliancePay\WooCommerce\SettingsForm;
use Exception;

/** Tries what is typed, or else what is stored. */
final class ConnectionCheck {

	public const ACTION = 'alliancepay_check';

	private const GOOD = 'good';
	private const BAD  = 'bad';

	public function listen(): void {
		add_action( 'wp_ajax_' . self::ACTION, array( $this, 'answer' ) );
	}

	public function answer(): void {
		check_ajax_referer( self::ACTION );
		if ( ! current_user_can( 'manage_woocommerce' ) ) {
			wp_send_json_error( null, 403 );
		}
		$stored = new Settings();
		// As it was typed: cleaned of what looks like a tag or an escape, a key would be another key.
		$typed = static fn ( string $name ): string => is_string( $_POST[ $name ] ?? null ) ? trim( wp_unslash( $_POST[ $name ] ) ) : ''; // phpcs:ignore WordPress.Security.ValidatedSanitizedInput
		try {
			$backend = SettingsForm::address( $typed( 'backend_url' ) );
		} catch ( Exception $wrong ) {
			wp_send_json_success( array( array( self::BAD, $wrong->getMessage() ) ) );
		}
		$key = '' !== $typed( 'shop_key' ) ? $typed( 'shop_key' ) : $stored->shop_key();
		wp_send_json_success( self::findings( $backend, $key, $stored ) );
	}

	/** @return list<array{0: string, 1: string}> */
	private static function findings( string $backend, string $key, Settings $stored ): array {
		if ( '' === $backend ) {
			return array( array( self::BAD, __( 'Give the backend’s address first.', 'alliancepay-checkout' ) ) );
		}
		if ( '' === $key ) {
			return array( array( self::BAD, __( 'Give the shop key first. If there was one: the salts in wp-config.php have changed since, type it again.', 'alliancepay-checkout' ) ) );
		}
		$client = new Client( $backend, $key );
		try {
			$client->list( '/v1/orders?limit=1', 'orders' );
		} catch ( Problem $problem ) {
			return array( array( self::BAD, self::words( $problem, $backend ) ) );
		}
		$all = array(
			array( self::GOOD, __( 'The backend answers and takes the shop key.', 'alliancepay-checkout' ) ),
			self::readiness( $backend ),
			self::origin( $backend ),
			...self::webhooks( $client, $stored ),
		);
		return array_values( array_filter( $all ) );
	}

	private static function words( Problem $problem, string $backend ): string {
		$host = (string) wp_parse_url( $backend, PHP_URL_HOST );
		return match ( $problem->word ) {
			/* translators: 1: host name, 2: technical reason */
			Problem::UNREACHABLE   => sprintf( __( '%1$s cannot be reached from this server: %2$s. Is the backend running, and may this server call out?', 'alliancepay-checkout' ), $host, $problem->getMessage() ),
			/* translators: 1: host name, 2: HTTP status */
			Problem::NOT_A_BACKEND => sprintf( __( 'Something answers at %1$s (HTTP %2$d), but it is not the merchant backend. Is the address the backend’s public_url?', 'alliancepay-checkout' ), $host, $problem->status ),
			'shop_key_invalid'     => __( 'The backend does not take this shop key. Copy the whole content of its shop.key_file.', 'alliancepay-checkout' ),
			default                => $problem->getMessage(),
		};
	}

	/** @return array{0: string, 1: string}|null */
	private static function readiness( string $backend ): ?array {
		$answer = wp_remote_get( $backend . '/readyz', array( 'timeout' => 5 ) );
		return 200 === wp_remote_retrieve_response_code( $answer ) ? null
			: array( self::BAD, __( 'The backend runs but is not ready: its log says why.', 'alliancepay-checkout' ) );
	}

	/** Whether pages of this shop may ask how a payment stands. @return array{0: string, 1: string} */
	private static function origin( string $backend ): array {
		$home   = wp_parse_url( home_url() );
		$origin = $home['scheme'] . '://' . $home['host'] . ( isset( $home['port'] ) ? ':' . $home['port'] : '' );
		$answer = wp_remote_get(
			$backend . '/v1/payment-sessions/check',
			array(
				'timeout' => 5,
				'headers' => array( 'Origin' => $origin ),
			)
		);
		$allowed = wp_remote_retrieve_header( $answer, 'access-control-allow-origin' );
		return $origin === $allowed
			? array( self::GOOD, __( 'Pages of this shop may ask the backend.', 'alliancepay-checkout' ) )
			/* translators: %s: address */
			: array( self::BAD, sprintf( __( 'Pages of this shop may not ask the backend: add "%s" to shop.allowed_origins. Payments work without it; the page after paying then needs a reload to tell the result.', 'alliancepay-checkout' ), $origin ) );
	}

	/** @return list<array{0: string, 1: string}> */
	private static function webhooks( Client $client, Settings $stored ): array {
		if ( '' === $stored->webhook_secret() ) {
			return array( array( self::BAD, __( 'No webhook secret is stored: the shop learns of payments only when buyers return or when it asks by itself.', 'alliancepay-checkout' ) ) );
		}
		try {
			$last = $client->list( '/v1/webhooks', 'webhooks' )[0] ?? null;
		} catch ( Problem $problem ) {
			return array();
		}
		if ( null === $last ) {
			return array( array( self::GOOD, __( 'No webhook was sent yet.', 'alliancepay-checkout' ) ) );
		}
		return 'delivered' === ( $last['state'] ?? '' )
			? array( array( self::GOOD, __( 'The last webhook arrived.', 'alliancepay-checkout' ) ) )
			/* translators: 1: the backend's words, 2: address */
			: array( array( self::BAD, sprintf( __( 'The last webhook did not arrive (%1$s). Compare shop.webhook_url with %2$s, and the secrets.', 'alliancepay-checkout' ), (string) ( $last['problem'] ?? $last['state'] ?? '' ), Settings::webhook_url() ) ) );
	}
}
