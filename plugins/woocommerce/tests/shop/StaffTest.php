<?php
/**
 * What staff reads while the backend is away, refuses or is somebody else: words, and what was known before.
 *
 * @package AlliancePay\WooCommerce
 */

declare( strict_types=1 );

use AlliancePay\WooCommerce\Admin\ConnectionCheck;
use AlliancePay\WooCommerce\Admin\PaymentStatusPage;

final class StaffTest extends ShopTestCase {

	/** @dataProvider silences */
	public function test_the_status_page_tells_why_it_may_be_old_and_shows_what_is_known( $answer, string $words ): void {
		$order = $this->a_paid_order();
		$this->backend->will( 'GET /v1/orders/.*', $answer );
		$_GET['order_id'] = (string) $order->get_id();
		ob_start();
		( new PaymentStatusPage() )->show();
		$html = (string) ob_get_clean();
		unset( $_GET['order_id'] );
		$this->assertStringContainsString( $words, $html );
		$this->assertStringContainsString( '>Paid</span>', $html );
	}

	public function silences(): array {
		return array(
			'nobody there' => array( new WP_Error( ...self::TIMEOUT ), 'does not answer (cURL error 28' ),
			'a stranger'   => array( '<html>', 'is not the merchant backend' ),
			'a wrong key'  => array( Backend::problem( 401, 'shop_key_invalid' ), 'does not take this shop’s key' ),
			'another no'   => array( Backend::problem( 403, 'odd', 'Ask <b>Olena</b>.' ), 'Ask &lt;b&gt;Olena&lt;/b&gt;.' ),
		);
	}

	public function test_a_stranger_that_answers_200_to_everything_is_not_taken_for_the_backend(): void {
		$this->backend->will( 'GET .*', '{}' );
		$findings = ( new ReflectionMethod( ConnectionCheck::class, 'findings' ) );
		$findings->setAccessible( true );
		$said = $findings->invoke( null, Backend::ADDRESS, self::KEY, new AlliancePay\WooCommerce\Settings() );
		$this->assertCount( 1, $said );
		$this->assertSame( 'bad', $said[0][0] );
		$this->assertStringContainsString( 'not the merchant backend', $said[0][1] );
	}
}
