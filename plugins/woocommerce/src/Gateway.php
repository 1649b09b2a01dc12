<?php
/**
 * The payment method as WooCommerce sees it. What it does is in Payment, Refunds, SettingsForm and Checkout.
 *
 * @package AlliancePay\WooCommerce
 */

declare( strict_types=1 );

namespace AlliancePay\WooCommerce;

use AlliancePay\WooCommerce\Checkout\PaymentBox;
use AlliancePay\WooCommerce\Checkout\Staying;
use AlliancePay\WooCommerce\Order\Record;
use WC_Payment_Gateway;

/** Cards and accounts through AlliancePay. */
final class Gateway extends WC_Payment_Gateway {

	public const ID = 'alliancepay';

	public function __construct() {
		$this->id                 = self::ID;
		$this->method_title       = 'AlliancePay';
		$this->method_description = __( 'Card and account payments on the bank’s own page. Card data never touches this site.', 'alliancepay-checkout' );
		$this->has_fields         = true;
		$this->supports           = array( 'products', 'refunds' );
		$this->form_fields        = SettingsForm::fields();
		$this->init_settings();
		$this->title       = SettingsForm::title( (string) $this->get_option( 'title' ) );
		$this->description = SettingsForm::description( (string) $this->get_option( 'description' ) );
		add_action( 'woocommerce_update_options_payment_gateways_' . self::ID, array( $this, 'process_admin_options' ) );
	}

	/** Only where a payment could succeed: switched on, connected, in a currency the backend takes. */
	public function is_available(): bool {
		return parent::is_available() && ( new Settings() )->can_take( get_woocommerce_currency() );
	}

	/** The mark beside the title, which says the same in words: nothing to read out. */
	public function get_icon(): string {
		$icon = sprintf( '<img src="%s" alt="" width="24" height="24">', esc_url( PaymentBox::mark() ) );
		return (string) apply_filters( 'woocommerce_gateway_icon', $icon, self::ID );
	}

	/** WooCommerce asks before it lets the method be switched on. */
	public function needs_setup(): bool {
		return ! ( new Settings() )->is_complete();
	}

	/** The payment box: the same bytes on every request, so that no update of the checkout takes the widget away. */
	public function payment_fields(): void {
		PaymentBox::render( (string) $this->description );
	}

	/**
	 * Puts the order, opens the payment session and sends the buyer to the payment page; or leaves both to the widget on a
	 * page that stays. Nothing is paid by that.
	 *
	 * @param int $order_id
	 * @return array<string, string>
	 */
	public function process_payment( $order_id ): array {
		$order = wc_get_order( $order_id );
		try {
			return array(
				'result'   => 'success',
				'redirect' => Staying::is_asked() ? Payment::stay( $order ) : Payment::open( $order ),
			);
		} catch ( PaymentRefused $refused ) {
			wc_add_notice( $refused->getMessage(), 'error' );
			return array( 'result' => 'failure' );
		}
	}

	/**
	 * Gives money back at the bank.
	 *
	 * @param int               $order_id
	 * @param string|float|null $amount
	 * @param string            $reason
	 * @return bool|\WP_Error
	 */
	public function process_refund( $order_id, $amount = null, $reason = '' ) {
		return Refunds::give_back( wc_get_order( $order_id ), $amount, (string) $reason );
	}

	/** Only what came can go back, also where a person has yet to decide what becomes of the order. */
	public function can_refund_order( $order ): bool {
		$known = Record::is_ours( $order ) ? ( new Record( $order ) )->known() : null;
		return parent::can_refund_order( $order ) && null !== $known && $known->holds_money();
	}

	/** Stores the settings; what was refused is said at the top of the page. */
	public function process_admin_options(): bool {
		$saved = parent::process_admin_options();
		foreach ( $this->get_errors() as $error ) {
			\WC_Admin_Settings::add_error( $error );
		}
		return (bool) $saved;
	}

	/**
	 * A secret is written, never read: the field comes empty, and empty means unchanged.
	 *
	 * @param string      $key
	 * @param string|null $value
	 */
	public function validate_secret_field( $key, $value ): string {
		// As it was posted: WordPress puts slashes before quotes, and they are no part of a secret.
		return SettingsForm::sealed( (string) $this->get_option( $key ), (string) wp_unslash( (string) $value ) );
	}

	/**
	 * @param string      $key
	 * @param string|null $value
	 * @throws \Exception When it is no address; WooCommerce shows it and keeps the old one.
	 */
	public function validate_backend_url_field( $key, $value ): string {
		return SettingsForm::address( (string) $value );
	}

	/**
	 * @param string               $key
	 * @param array<string, mixed> $field
	 */
	public function generate_secret_html( $key, $field ): string {
		return SettingsForm::secret_row( $this->get_field_key( $key ), $field, '' !== Secrets::open( (string) $this->get_option( $key ) ) );
	}

	/**
	 * @param string               $key
	 * @param array<string, mixed> $field
	 */
	public function generate_connection_html( $key, $field ): string {
		return SettingsForm::connection_row( $field );
	}
}
