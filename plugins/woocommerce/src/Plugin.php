<?php
/**
 * Says which part listens to what. Nothing is done here.
 *
 * @package AlliancePay\WooCommerce
 */

declare( strict_types=1 );

namespace AlliancePay\WooCommerce;

use AlliancePay\WooCommerce\Admin\ConnectionCheck;
use AlliancePay\WooCommerce\Admin\ConsoleToken;
use AlliancePay\WooCommerce\Admin\Notices;
use AlliancePay\WooCommerce\Admin\OrderColumn;
use AlliancePay\WooCommerce\Admin\OrderPanel;
use AlliancePay\WooCommerce\Admin\PaymentStatusPage;
use AlliancePay\WooCommerce\Checkout\BlocksMethod;
use AlliancePay\WooCommerce\Checkout\Cart;
use AlliancePay\WooCommerce\Checkout\Hints;
use AlliancePay\WooCommerce\Checkout\PayAgain;
use AlliancePay\WooCommerce\Checkout\ReturnPage;
use AlliancePay\WooCommerce\Checkout\Scripts;
use AlliancePay\WooCommerce\Checkout\Staying;

/** The plugin as a whole. */
final class Plugin {

	/** Hooks up what does not need WooCommerce, and the rest once WooCommerce is there. */
	public function listen(): void {
		add_action( 'before_woocommerce_init', array( $this, 'declare_compatibility' ) );
		add_action( 'init', array( $this, 'load_translations' ) );
		add_action( 'plugins_loaded', array( $this, 'start' ) );
		register_activation_hook( FILE, array( Reconciliation::class, 'on_activation' ) );
		register_deactivation_hook( FILE, array( $this, 'forget_schedule' ) );
	}

	/** High-performance order storage and the Blocks checkout are both supported. */
	public function declare_compatibility(): void {
		$features = '\Automattic\WooCommerce\Utilities\FeaturesUtil';
		if ( class_exists( $features ) ) {
			$features::declare_compatibility( 'custom_order_tables', FILE, true );
			$features::declare_compatibility( 'cart_checkout_blocks', FILE, true );
		}
	}

	/** Texts in the shop's language. */
	public function load_translations(): void {
		load_plugin_textdomain( 'alliancepay-checkout', false, dirname( plugin_basename( FILE ) ) . '/languages' );
	}

	/** Hooks up everything that stands on WooCommerce; without it the plugin rests and says so. */
	public function start(): void {
		if ( ! class_exists( 'WC_Payment_Gateway' ) ) {
			add_action( 'admin_notices', array( Notices::class, 'woocommerce_is_missing' ) );
			return;
		}
		add_filter( 'woocommerce_payment_gateways', static fn ( array $all ): array => array( ...$all, Gateway::class ) );
		add_action(
			'woocommerce_blocks_payment_method_type_registration',
			static function ( $registry ): void {
				$registry->register( new BlocksMethod() );
			}
		);
		( new Webhook() )->listen();
		( new Reconciliation() )->listen();
		( new Scripts() )->listen();
		( new Staying() )->listen();
		( new Hints() )->listen();
		( new ReturnPage() )->listen();
		( new PayAgain() )->listen();
		( new Cart() )->listen();
		if ( is_admin() ) {
			( new OrderColumn() )->listen();
			( new OrderPanel() )->listen();
			( new PaymentStatusPage() )->listen();
			( new ConnectionCheck() )->listen();
			( new ConsoleToken() )->listen();
			( new Notices() )->listen();
		}
	}

	/** A plugin that is switched off asks nothing any more. */
	public function forget_schedule(): void {
		if ( function_exists( 'as_unschedule_all_actions' ) ) {
			as_unschedule_all_actions( '', array(), Reconciliation::GROUP );
		}
	}
}
