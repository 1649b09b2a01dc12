<?php
/**
 * Where the backend tells of changes. Nobody logs in here: the signature is checked before the body is read.
 *
 * @package AlliancePay\WooCommerce
 */

declare( strict_types=1 );

namespace AlliancePay\WooCommerce;

use AlliancePay\WooCommerce\Backend\Signature;
use AlliancePay\WooCommerce\Order\Known;
use AlliancePay\WooCommerce\Order\Record;
use AlliancePay\WooCommerce\Order\Sync;
use RuntimeException;

/** Answers 204 once the news is applied, 401 to strangers, 503 when it should come again. */
final class Webhook {

	public const NAME = 'alliancepay';

	public function listen(): void {
		add_action( 'woocommerce_api_' . self::NAME, array( $this, 'answer' ) );
	}

	/** One request. */
	public function answer(): void {
		$header = isset( $_SERVER['HTTP_ALLIANCEPAY_SIGNATURE'] ) ? sanitize_text_field( wp_unslash( $_SERVER['HTTP_ALLIANCEPAY_SIGNATURE'] ) ) : '';
		$status = self::handle( (string) file_get_contents( 'php://input' ), $header );
		nocache_headers();
		status_header( $status );
		exit;
	}

	/** What to answer. */
	public static function handle( string $body, string $header ): int {
		if ( ! Signature::holds( $header, $body, ( new Settings() )->webhook_secret(), time() ) ) {
			Log::error( 'A webhook was refused: its signature is wrong or too old. Is the webhook secret the same here and in the backend, and are both clocks right?' );
			return 401;
		}
		$webhook = json_decode( $body, true, 64 );
		$told    = is_array( $webhook ) && 'order.updated' === ( $webhook['type'] ?? '' ) ? ( $webhook['order'] ?? null ) : null;
		if ( ! is_array( $told ) || ! is_string( $told['order'] ?? null ) ) {
			// Signed, so it is the backend's; of a kind this version does not know.
			return 204;
		}
		$order = Record::find( $told['order'] );
		if ( null === $order ) {
			Log::info( 'A webhook about an order that is not of this shop.' );
			return 204;
		}
		try {
			Sync::apply( $order->get_id(), Known::of( $told ), Sync::WEBHOOK );
			return 204;
		} catch ( RuntimeException $busy ) {
			Log::info( "Order {$order->get_id()}: {$busy->getMessage()}; the webhook will come again." );
			return 503;
		}
	}
}
