<?php
/**
 * The panel inside an order: the payment's details, "Update from Alliance API", and the console's view of it.
 *
 * @package AlliancePay\WooCommerce
 */

declare( strict_types=1 );

namespace AlliancePay\WooCommerce\Admin;

use AlliancePay\WooCommerce\Order\Record;
use AlliancePay\WooCommerce\Settings;
use WC_Order;
use WP_Post;
use const AlliancePay\WooCommerce\FILE;
use const AlliancePay\WooCommerce\VERSION;

/** A meta box, on both kinds of order pages. */
final class OrderPanel {

	private const ELEMENTS = 'assets/console/elements.js';
	private const SCRIPT   = 'alliancepay-console';

	public function listen(): void {
		add_action( 'add_meta_boxes', array( $this, 'add' ), 30, 2 );
		add_filter( 'script_loader_tag', array( $this, 'as_module' ), 10, 2 );
	}

	/**
	 * @param string           $screen
	 * @param WP_Post|WC_Order $shown
	 */
	public function add( $screen, $shown = null ): void {
		$order = $shown instanceof WP_Post ? wc_get_order( $shown->ID ) : $shown;
		if ( Record::is_ours( $order ) ) {
			add_meta_box( 'alliancepay-payment', 'AlliancePay', array( $this, 'show' ), $screen, 'normal', 'high' );
		}
	}

	/** @param WP_Post|WC_Order $shown */
	public function show( $shown ): void {
		$order = $shown instanceof WP_Post ? wc_get_order( $shown->ID ) : $shown;
		echo BankQuestion::said(), PaymentView::html( $order ), PaymentStatusPage::update_button(); // phpcs:ignore WordPress.Security.EscapeOutput -- escaped there.
		add_action(
			'admin_footer',
			static function () use ( $order ): void {
				echo PaymentStatusPage::update_form( $order, false ); // phpcs:ignore WordPress.Security.EscapeOutput -- escaped there.
			}
		);
		if ( ( new Settings() )->shows_console() && is_file( plugin_dir_path( FILE ) . self::ELEMENTS ) ) {
			$this->console( $order );
		}
	}

	private function console( WC_Order $order ): void {
		wp_enqueue_script( self::SCRIPT, plugins_url( self::ELEMENTS, FILE ), array(), VERSION, true );
		printf(
			'<alliancepay-order class="alliancepay-console" backend="%1$s" order="%2$s" token-url="%3$s" lang="%4$s"></alliancepay-order>',
			esc_attr( ( new Settings() )->backend() ),
			esc_attr( ( new Record( $order ) )->name() ),
			esc_url( ConsoleToken::url( $order->get_id() ) ),
			esc_attr( str_replace( '_', '-', get_user_locale() ) )
		);
	}

	/**
	 * The elements are a module: older WordPress has no word of its own for that.
	 *
	 * @param string $tag
	 * @param string $handle
	 */
	public function as_module( $tag, $handle ): string {
		return self::SCRIPT === $handle ? str_replace( '<script ', '<script type="module" ', str_replace( array( " type='text/javascript'", ' type="text/javascript"' ), '', $tag ) ) : (string) $tag;
	}
}
