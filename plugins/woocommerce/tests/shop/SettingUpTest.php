<?php
/**
 * Settings as they are posted, locks that were left behind, and taking the plugin away.
 *
 * @package AlliancePay\WooCommerce
 */

declare( strict_types=1 );

use AlliancePay\WooCommerce\Gateway;
use AlliancePay\WooCommerce\Order\Lock;
use AlliancePay\WooCommerce\Settings;

final class SettingUpTest extends ShopTestCase {

	/** @param array<string, string> $fields */
	private static function posts( array $fields ): void {
		$_POST = array();
		foreach ( $fields as $name => $value ) {
			$_POST[ 'woocommerce_alliancepay_' . $name ] = wp_slash( $value );
		}
		( new Gateway() )->process_admin_options();
		$_POST = array();
	}

	public function test_a_secret_is_stored_as_it_was_typed_and_sealed_and_an_empty_field_keeps_it(): void {
		$odd = 'quote\' "double" back\\slash %20 <b>';
		self::posts(
			array(
				'backend_url'    => Backend::ADDRESS,
				'webhook_secret' => $odd,
			)
		);
		$this->assertSame( $odd, ( new Settings() )->webhook_secret() );
		$this->assertSame( self::KEY, ( new Settings() )->shop_key(), 'left empty' );
		$this->assertStringNotContainsString( 'quote', wp_json_encode( get_option( Settings::OPTION ) ) );
		$_POST = array();
	}

	public function test_an_address_without_https_and_a_short_secret_are_refused_and_the_old_ones_stay(): void {
		self::posts(
			array(
				'backend_url'    => 'http://pay.shop.example',
				'webhook_secret' => 'short',
			)
		);
		$this->assertSame( array( Backend::ADDRESS, self::SECRET ), array( ( new Settings() )->backend(), ( new Settings() )->webhook_secret() ) );
	}

	public function test_a_shop_that_is_not_set_up_offers_nothing(): void {
		$this->assertTrue( ( new Gateway() )->is_available() );
		foreach ( array( 'backend_url', 'shop_key' ) as $field ) {
			$this->set_up( array( $field => '' ) );
			$this->assertFalse( ( new Gateway() )->is_available(), $field );
		}
		$this->set_up( array( 'shop_key' => 'sealed:bm90IHNlYWxlZCB3aXRoIHRoZXNlIHNhbHRz' ) );
		$this->assertFalse( ( new Gateway() )->is_available(), 'the salts have changed' );
	}

	public function test_a_lock_that_was_left_behind_opens_and_another_process_lock_is_not_released(): void {
		global $wpdb;
		$left = static function ( int $age ) use ( $wpdb ): void {
			$wpdb->replace(
				$wpdb->options,
				array(
					'option_name'  => 'alliancepay_lock_trial',
					'option_value' => ( time() - $age ) . ' theirs',
				)
			);
		};
		$left( 91 );
		$this->assertFalse( Lock::is_held( 'trial' ) );
		$this->assertSame( 'done', Lock::during( 'trial', static fn () => 'done' ) );
		Lock::during(
			'trial',
			function () use ( $left ): void {
				// So slow that somebody else has taken over.
				$left( 0 );
			}
		);
		$this->assertTrue( Lock::is_held( 'trial' ), 'theirs' );
		$wpdb->delete( $wpdb->options, array( 'option_name' => 'alliancepay_lock_trial' ) );
	}

	public function test_taking_the_plugin_away_leaves_orders_and_no_secret(): void {
		global $wpdb;
		$order = $this->a_paid_order();
		define( 'WP_UNINSTALL_PLUGIN', 'alliancepay-checkout/alliancepay-checkout.php' );
		require WP_PLUGIN_DIR . '/alliancepay-checkout/uninstall.php';
		wp_cache_flush();
		$left = $wpdb->get_col( "SELECT option_name FROM {$wpdb->options} WHERE option_name LIKE '%alliancepay%'" );
		$this->assertSame( array(), $left );
		$this->assertFalse( as_has_scheduled_action( 'alliancepay_look', null, 'alliancepay' ) );
		$kept = wc_get_order( $order->get_id() );
		$this->assertSame( 'processing', $kept->get_status() );
		$this->assertSame( 'CAPTURED', $kept->get_meta( '_alliancepay_known' )['state'] );
	}
}
