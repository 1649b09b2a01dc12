<?php
/**
 * A trial in a shop: an order, a scripted backend, and signed webhooks.
 *
 * @package AlliancePay\WooCommerce
 */

declare( strict_types=1 );

use AlliancePay\WooCommerce\Admin\Alerts;
use AlliancePay\WooCommerce\Admin\OrderColumn;
use AlliancePay\WooCommerce\Gateway;
use AlliancePay\WooCommerce\Order\Known;
use AlliancePay\WooCommerce\Order\Sync;
use AlliancePay\WooCommerce\Secrets;
use AlliancePay\WooCommerce\Settings;
use AlliancePay\WooCommerce\Webhook;
use PHPUnit\Framework\TestCase;

abstract class ShopTestCase extends TestCase {

	protected const SECRET  = 'the-webhook-secret-of-the-trials';
	protected const KEY     = 'the-shop-key-of-the-trials-01234';
	protected const TOTAL   = '609.95';
	protected const MINOR   = 60995;
	protected const TIMEOUT = array( 'http_request_failed', 'cURL error 28: Operation timed out' );

	protected Backend $backend;

	protected function setUp(): void {
		$this->backend = new Backend();
		$this->backend->listen();
		$this->set_up();
		Checkout::begin();
		foreach ( array_keys( Alerts::all() ) as $order ) {
			Alerts::settle( $order );
		}
	}

	protected function tearDown(): void {
		$this->backend->fall_silent();
	}

	/** @param array<string, string> $changes */
	protected function set_up( array $changes = array() ): void {
		update_option(
			Settings::OPTION,
			$changes + array(
				'enabled'        => 'yes',
				'backend_url'    => Backend::ADDRESS,
				'shop_key'       => Secrets::seal( self::KEY ),
				'webhook_secret' => Secrets::seal( self::SECRET ),
			)
		);
	}

	/** The cell of the orders' list. */
	protected static function cell( WC_Order $order ): string {
		ob_start();
		( new OrderColumn() )->cell( 'alliancepay_status', $order );
		return (string) ob_get_clean();
	}

	protected static function timeout(): WP_Error {
		return new WP_Error( ...self::TIMEOUT );
	}

	/** An order as the checkout has stored it. */
	protected function an_order(): WC_Order {
		return Checkout::order( self::TOTAL );
	}

	/** The same, once the buyer has left for the bank's page. */
	protected function an_order_at_the_bank(): WC_Order {
		$order = $this->an_order();
		$this->opens();
		$this->assertSame( 'success', ( new Gateway() )->process_payment( $order->get_id() )['result'] );
		return wc_get_order( $order->get_id() );
	}

	/** The same, once the backend has told that it is paid. */
	protected function a_paid_order(): WC_Order {
		$order = $this->an_order_at_the_bank();
		$this->assertSame( 204, $this->webhook( $this->told( $order, 'CAPTURED', 5 ) ) );
		return wc_get_order( $order->get_id() );
	}

	/** The buyer comes back, and the backend tells this. */
	protected function comes_back( WC_Order $order, string $state, int $revision ): void {
		Sync::apply( $order->get_id(), Known::of( $this->told( $order, $state, $revision ) ), Sync::BACKEND, true );
	}

	/** The backend takes orders and opens sessions. */
	protected function opens(): void {
		$this->backend->will( 'PUT /v1/orders/.*', array( 'orderToken' => 'a-token' ) );
		$this->backend->will(
			'POST /v1/payment-sessions',
			array(
				'session'   => 'AAAAAAAAAAAAAAAAAAAAAA',
				'page'      => 'https://pay.bank.example/?hpp=1',
				'expiresAt' => gmdate( 'c', time() + 900 ),
			)
		);
	}

	/**
	 * What the backend tells of an order.
	 *
	 * @param array<string, mixed> $more
	 * @return array<string, mixed>
	 */
	protected function told( WC_Order $order, string $state, int $revision, array $more = array() ): array {
		return $more + array(
			'order'     => (string) $order->get_meta( '_alliancepay_order' ),
			'state'     => $state,
			'reason'    => 'REJECTED' === $state ? '05' : null,
			'revision'  => $revision,
			'amount'    => array(
				'minor'    => self::MINOR,
				'currency' => 'UAH',
			),
			'anomalies' => array(),
		);
	}

	/**
	 * Sends a webhook; the answer's status.
	 *
	 * @param array<string, mixed> $order
	 */
	protected function webhook( array $order, string $secret = self::SECRET, int $age = 0 ): int {
		$body = (string) wp_json_encode(
			array(
				'id'    => 'wh_1',
				'type'  => 'order.updated',
				'order' => $order,
			)
		);
		$time = time() - $age;
		return Webhook::handle( $body, "t={$time},v1=" . hash_hmac( 'sha256', "{$time}.{$body}", $secret ) );
	}

	protected function status( WC_Order $order ): string {
		return wc_get_order( $order->get_id() )->get_status();
	}

	/** How often the order was paid to WooCommerce. */
	protected function completions( WC_Order $order ): int {
		return Checkout::$completions[ $order->get_id() ] ?? 0;
	}
}
