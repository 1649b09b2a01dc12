<?php
/**
 * What the plugin is to WordPress and to the shop: compatible with both kinds of orders and checkouts, and in the site's
 * language.
 *
 * @package AlliancePay\WooCommerce
 */

declare( strict_types=1 );

use AlliancePay\WooCommerce\Plugin;
use AlliancePay\WooCommerce\Words;

final class BelongingTest extends ShopTestCase {

	private const DOMAIN = 'alliancepay-checkout';

	/** What WordPress does with a site of this language: the plugin is only called by the hooks it has asked for. */
	private static function speaks( string $locale, callable $work ): string {
		$chosen = static fn () => $locale;
		add_filter( 'locale', $chosen );
		self::loads_its_texts();
		try {
			return $work();
		} finally {
			remove_filter( 'locale', $chosen );
			self::loads_its_texts();
		}
	}

	private static function loads_its_texts(): void {
		unload_textdomain( self::DOMAIN, true );
		foreach ( $GLOBALS['wp_filter']['init'] as $hooked ) {
			foreach ( array_column( $hooked, 'function' ) as $function ) {
				if ( is_array( $function ) && $function[0] instanceof Plugin ) {
					call_user_func( $function );
				}
			}
		}
	}

	public function test_what_the_script_will_look_up_first_is_hinted_at_too(): void {
		$names = static fn (): string => implode( ' ', array_map( static fn ( array $hint ): string => basename( $hint['href'] ), apply_filters( 'wp_preload_resources', array() ) ) );
		$hints = static fn (): string => Checkout::on_its_page( $names );
		$hash  = '[0-9a-f]{16}';
		$this->assertMatchesRegularExpression( "/^alliancepay-$hash\.wasm alliancepay-uk-$hash\.json$/", self::speaks( 'uk', $hints ) );
		$this->assertMatchesRegularExpression( "/^alliancepay-$hash\.wasm alliancepay-pl-$hash\.json alliancepay-more-$hash\.json$/", self::speaks( 'pl_PL', $hints ) );
	}

	public function test_orders_in_tables_and_the_blocks_checkout_are_declared(): void {
		foreach ( array( 'custom_order_tables', 'cart_checkout_blocks' ) as $feature ) {
			$this->assertTrue( Checkout::has_declared( $feature ), $feature );
		}
	}

	public function test_a_ukrainian_site_reads_ukrainian_and_another_one_english(): void {
		$order = $this->a_paid_order();
		$cell  = static fn (): string => self::cell( $order );
		$paid  = static fn (): string => Words::state( 'CAPTURED' );
		$this->assertSame( 'Оплачено', self::speaks( 'uk', $paid ) );
		$this->assertStringContainsString( 'Статус оплати', self::speaks( 'uk', $cell ) );
		$this->assertSame( 'Paid', self::speaks( 'de_DE', $paid ) );
		$this->assertSame( 'Paid', $paid() );
	}
}
