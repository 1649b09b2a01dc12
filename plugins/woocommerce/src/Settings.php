<?php
/**
 * What the merchant has set, read. The form that sets it is SettingsForm.
 *
 * @package AlliancePay\WooCommerce
 */

declare( strict_types=1 );

namespace AlliancePay\WooCommerce;

/** The stored settings. */
final class Settings {

	public const OPTION = 'woocommerce_' . Gateway::ID . '_settings';

	/** @var array<string, mixed> */
	private array $values;

	public function __construct() {
		$this->values = (array) get_option( self::OPTION, array() );
	}

	/** Address of the merchant backend, without a slash at the end. */
	public function backend(): string {
		return untrailingslashit( trim( (string) ( $this->values['backend_url'] ?? '' ) ) );
	}

	/** The right to put orders. */
	public function shop_key(): string {
		return $this->secret( 'ALLIANCEPAY_SHOP_KEY', 'shop_key' );
	}

	/** What webhooks are known by. */
	public function webhook_secret(): string {
		return $this->secret( 'ALLIANCEPAY_WEBHOOK_SECRET', 'webhook_secret' );
	}

	/** Goes before the order's id: two shops on one backend must not share order numbers. */
	public function prefix(): string {
		return (string) ( $this->values['order_prefix'] ?? '' );
	}

	/**
	 * Ways to pay; an empty list means all that the backend has.
	 *
	 * @return list<string>
	 */
	public function products(): array {
		$chosen = (string) ( $this->values['products'] ?? 'all' );
		return in_array( $chosen, array( 'card', 'a2a' ), true ) ? array( $chosen ) : array();
	}

	/** Whether the widget's picture of the option is shown, or only the words. */
	public function shows_widget(): bool {
		return 'no' !== ( $this->values['show_widget'] ?? 'yes' );
	}

	/** Whether the buyer stays on the checkout once the order is placed. The widget is what they then pay with. */
	public function stays(): bool {
		return 'page' === ( $this->values['after_order'] ?? 'bank' ) && $this->shows_widget() && $this->is_complete();
	}

	/** Whether staff sees the console's view of the order in the order panel. */
	public function shows_console(): bool {
		return 'no' !== ( $this->values['show_console'] ?? 'yes' );
	}

	/** Whether ordinary events are logged, beside errors. */
	public function logs_more(): bool {
		return 'yes' === ( $this->values['debug'] ?? 'no' );
	}

	/** Whether payments can be taken at all. */
	public function is_complete(): bool {
		return '' !== $this->backend() && '' !== $this->shop_key();
	}

	/** Whether a payment in this currency could succeed. */
	public function can_take( string $currency ): bool {
		return $this->is_complete() && in_array( $currency, Money::CURRENCIES, true );
	}

	/** Where webhooks are to be sent. */
	public static function webhook_url(): string {
		return add_query_arg( 'wc-api', Webhook::NAME, home_url( '/' ) );
	}

	private function secret( string $constant, string $key ): string {
		if ( defined( $constant ) ) {
			return trim( (string) constant( $constant ) );
		}
		return Secrets::open( (string) ( $this->values[ $key ] ?? '' ) );
	}
}
