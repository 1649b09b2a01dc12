<?php
/**
 * The settings page: fields, checks, and the row with "Check connection".
 *
 * @package AlliancePay\WooCommerce
 */

declare( strict_types=1 );

namespace AlliancePay\WooCommerce;

use AlliancePay\WooCommerce\Admin\ConnectionCheck;
use Exception;

/** What a merchant sets. */
final class SettingsForm {

	private const SHORTEST_SECRET = 16;

	/** @return array<string, array<string, mixed>> */
	public static function fields(): array {
		return array(
			'enabled'        => array(
				'title'   => __( 'Enable/Disable', 'alliancepay-checkout' ),
				'type'    => 'checkbox',
				'label'   => __( 'Offer AlliancePay at the checkout', 'alliancepay-checkout' ),
				'default' => 'no',
			),
			'connection'     => array(
				'title'       => __( 'Merchant backend', 'alliancepay-checkout' ),
				'type'        => 'title',
				'description' => __( 'The program on your server that talks to the bank. It decides what is paid; this plugin asks it.', 'alliancepay-checkout' ),
			),
			'backend_url'    => array(
				'title'       => __( 'Backend address', 'alliancepay-checkout' ),
				'type'        => 'text',
				'placeholder' => 'https://pay.shop.example',
				'description' => __( 'The public_url of its configuration.', 'alliancepay-checkout' ),
				'default'     => '',
			),
			'shop_key'       => array(
				'title'       => __( 'Shop key', 'alliancepay-checkout' ),
				'type'        => 'secret',
				'constant'    => 'ALLIANCEPAY_SHOP_KEY',
				'description' => __( 'What is in the backend’s shop.key_file.', 'alliancepay-checkout' ),
				'default'     => '',
			),
			'webhook_secret' => array(
				'title'       => __( 'Webhook secret', 'alliancepay-checkout' ),
				'type'        => 'secret',
				'constant'    => 'ALLIANCEPAY_WEBHOOK_SECRET',
				/* translators: %s: address */
				'description' => sprintf( __( 'What is in shop.webhook_secret_file. Set shop.webhook_url in the backend to %s', 'alliancepay-checkout' ), '<code>' . esc_html( Settings::webhook_url() ) . '</code>' ),
				'default'     => '',
			),
			'check'          => array(
				'title' => __( 'Connection', 'alliancepay-checkout' ),
				'type'  => 'connection',
			),
			'looks'          => array(
				'title' => __( 'At the checkout', 'alliancepay-checkout' ),
				'type'  => 'title',
			),
			'title'          => array(
				'title'       => __( 'Title', 'alliancepay-checkout' ),
				'type'        => 'text',
				'placeholder' => self::title( '' ),
				'description' => __( 'Empty: in the buyer’s language.', 'alliancepay-checkout' ),
				'desc_tip'    => true,
				'default'     => '',
			),
			'description'    => array(
				'title'       => __( 'Description', 'alliancepay-checkout' ),
				'type'        => 'textarea',
				'placeholder' => self::description( '' ),
				'description' => __( 'Empty: in the buyer’s language.', 'alliancepay-checkout' ),
				'desc_tip'    => true,
				'default'     => '',
			),
			'products'       => array(
				'title'   => __( 'Ways to pay', 'alliancepay-checkout' ),
				'type'    => 'select',
				'options' => array(
					'all'  => __( 'All that the backend has', 'alliancepay-checkout' ),
					'card' => __( 'Cards only', 'alliancepay-checkout' ),
					'a2a'  => __( 'From a bank account only', 'alliancepay-checkout' ),
				),
				'default' => 'all',
			),
			'show_widget'    => array(
				'title'   => __( 'Widget', 'alliancepay-checkout' ),
				'type'    => 'checkbox',
				'label'   => __( 'Show the AlliancePay widget in the payment box', 'alliancepay-checkout' ),
				'default' => 'yes',
			),
			'after_order'    => array(
				'title'       => __( 'Once the order is placed', 'alliancepay-checkout' ),
				'type'        => 'select',
				'options'     => array(
					'bank' => __( 'Go to the bank’s page at once', 'alliancepay-checkout' ),
					'page' => __( 'Stay: choose the way to pay there, or pay on a phone', 'alliancepay-checkout' ),
				),
				'description' => __( 'Where staying is not possible (scripts off, Blocks checkout, order-pay page) buyers go to the bank’s page.', 'alliancepay-checkout' ),
				'default'     => 'bank',
			),
			'staff'          => array(
				'title' => __( 'For staff', 'alliancepay-checkout' ),
				'type'  => 'title',
			),
			'show_console'   => array(
				'title'   => __( 'Console', 'alliancepay-checkout' ),
				'type'    => 'checkbox',
				'label'   => __( 'Show the console’s view of the payment inside the order', 'alliancepay-checkout' ),
				'default' => 'yes',
			),
			'order_prefix'   => array(
				'title'       => __( 'Order prefix', 'alliancepay-checkout' ),
				'type'        => 'text',
				'description' => __( 'Goes before the order’s id at the backend. Needed when two shops, or a shop and its test copy, use one backend.', 'alliancepay-checkout' ),
				'default'     => '',
			),
			'debug'          => array(
				'title'   => __( 'Log', 'alliancepay-checkout' ),
				'type'    => 'checkbox',
				'label'   => __( 'Log ordinary events too, not only errors. Keys, tokens and people’s data are never logged.', 'alliancepay-checkout' ),
				'default' => 'no',
			),
		);
	}

	/** What the method is called. */
	public static function title( string $set ): string {
		return '' !== $set ? $set : __( 'Pay online with AlliancePay', 'alliancepay-checkout' );
	}

	/** What is said below it. */
	public static function description( string $set ): string {
		return '' !== $set ? $set : __( 'You will pay on the bank’s secure page and come back here.', 'alliancepay-checkout' );
	}

	/**
	 * A backend's address, tidied.
	 *
	 * @throws Exception With words for the merchant.
	 */
	public static function address( string $typed ): string {
		$url = untrailingslashit( esc_url_raw( trim( $typed ), array( 'https', 'http' ) ) );
		if ( '' === trim( $typed ) ) {
			return '';
		}
		$host = (string) wp_parse_url( $url, PHP_URL_HOST );
		if ( '' === $host ) {
			throw new Exception( __( 'Backend address: this is no web address. It begins with https://', 'alliancepay-checkout' ) );
		}
		$is_local = in_array( $host, array( 'localhost', '127.0.0.1', '[::1]' ), true );
		if ( 'https' !== wp_parse_url( $url, PHP_URL_SCHEME ) && ! $is_local ) {
			throw new Exception( __( 'Backend address: use https. Without it the shop key could be read on the way.', 'alliancepay-checkout' ) );
		}
		return $url;
	}

	/**
	 * What to store for a secret field.
	 *
	 * @throws Exception With words for the merchant.
	 */
	public static function sealed( string $stored, string $typed ): string {
		$typed = trim( $typed );
		if ( '' === $typed ) {
			return $stored;
		}
		if ( strlen( $typed ) < self::SHORTEST_SECRET ) {
			throw new Exception( __( 'A key or secret has at least 16 characters: this one was not stored.', 'alliancepay-checkout' ) );
		}
		return Secrets::seal( $typed );
	}

	/** @param array<string, mixed> $field */
	public static function secret_row( string $name, array $field, bool $is_set ): string {
		$is_fixed = defined( $field['constant'] );
		$state    = match ( true ) {
			/* translators: %s: name of a constant */
			$is_fixed => sprintf( __( 'Set in wp-config.php (%s).', 'alliancepay-checkout' ), $field['constant'] ),
			$is_set   => __( 'Stored. Leave empty to keep it.', 'alliancepay-checkout' ),
			default   => __( 'Not set yet.', 'alliancepay-checkout' ),
		};
		return sprintf(
			'<tr valign="top"><th scope="row" class="titledesc"><label for="%1$s">%2$s</label></th><td class="forminp">'
			. '<input type="password" class="input-text regular-input" id="%1$s" name="%1$s" value="" autocomplete="off" placeholder="%3$s" %4$s>'
			. '<p class="description"><strong>%5$s</strong> %6$s</p></td></tr>',
			esc_attr( $name ),
			esc_html( $field['title'] ),
			$is_set || $is_fixed ? '••••••••••••' : '',
			disabled( $is_fixed, true, false ),
			esc_html( $state ),
			wp_kses( $field['description'], array( 'code' => array() ) )
		);
	}

	/** @param array<string, mixed> $field */
	public static function connection_row( array $field ): string {
		$warning = PageLife::warning();
		return sprintf(
			'<tr valign="top"><th scope="row" class="titledesc">%1$s</th><td class="forminp">'
			. '<button type="button" class="button" id="alliancepay-check" data-nonce="%2$s">%3$s</button>'
			. '<div id="alliancepay-check-result" class="alliancepay-check" role="status" aria-live="polite"></div>%4$s</td></tr>',
			esc_html( $field['title'] ),
			esc_attr( wp_create_nonce( ConnectionCheck::ACTION ) ),
			esc_html__( 'Check connection', 'alliancepay-checkout' ),
			'' === $warning ? '' : '<p class="alliancepay-warning">' . esc_html( $warning ) . '</p>'
		);
	}
}
