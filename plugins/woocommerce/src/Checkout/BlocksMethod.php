<?php
/**
 * The payment method on the Blocks checkout.
 *
 * @package AlliancePay\WooCommerce
 */

declare( strict_types=1 );

namespace AlliancePay\WooCommerce\Checkout;

use AlliancePay\WooCommerce\Gateway;
use AlliancePay\WooCommerce\Settings;
use AlliancePay\WooCommerce\SettingsForm;
use Automattic\WooCommerce\Blocks\Payments\Integrations\AbstractPaymentMethodType;
use const AlliancePay\WooCommerce\FILE;
use const AlliancePay\WooCommerce\VERSION;

/** Loaded only where WooCommerce Blocks is. */
final class BlocksMethod extends AbstractPaymentMethodType {

	/** @var string */
	protected $name = Gateway::ID;

	public function initialize(): void {
		$this->settings = (array) get_option( Settings::OPTION, array() );
	}

	public function is_active(): bool {
		return 'yes' === $this->get_setting( 'enabled' ) && ( new Settings() )->can_take( get_woocommerce_currency() );
	}

	/** @return list<string> */
	public function get_payment_method_script_handles(): array {
		Scripts::register();
		wp_enqueue_style( 'alliancepay-checkout', plugins_url( 'assets/checkout.css', FILE ), array(), VERSION );
		$needs = array( 'wc-blocks-registry', 'wc-settings', 'wp-element', 'wp-html-entities', Scripts::WIDGET );
		wp_register_script( 'alliancepay-blocks', plugins_url( 'assets/blocks.js', FILE ), $needs, VERSION, true );
		return array( 'alliancepay-blocks' );
	}

	/** @return array<string, mixed> */
	public function get_payment_method_data(): array {
		return array(
			'title'       => SettingsForm::title( (string) $this->get_setting( 'title' ) ),
			'description' => SettingsForm::description( (string) $this->get_setting( 'description' ) ),
			'widget'      => ( new Settings() )->shows_widget(),
			'language'    => Scripts::language(),
			'mark'        => PaymentBox::mark(),
			'supports'    => array( 'products', 'refunds' ),
		);
	}
}
