<?php
/**
 * The panel inside an order: the payment's details, "Update from Alliance API", and the console's view of it.
 *
 * @package AlliancePay\WooCommerce
 */

declare( strict_types=1 );

namespace AlliancePay\WooCommerce\Admin;

use AlliancePay\WooCommerce\Checkout\Scripts;
use AlliancePay\WooCommerce\Order\Record;
use AlliancePay\WooCommerce\Settings;
use WC_Order;
use WP_Post;
use const AlliancePay\WooCommerce\FILE;
use const AlliancePay\WooCommerce\VERSION;

/** A meta box, on both kinds of order pages. */
final class OrderPanel {

	private const ELEMENTS = 'assets/console/elements.js';

	public function listen(): void {
		add_action( 'add_meta_boxes', array( $this, 'add' ), 30, 2 );
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
		$said  = PaymentStatusPage::said();
		if ( '' !== $said ) {
			printf( '<div class="notice notice-error inline"><p>%s</p></div>', esc_html( $said ) );
		}
		echo PaymentView::html( $order ), PaymentStatusPage::update_button(); // phpcs:ignore WordPress.Security.EscapeOutput -- escaped there.
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
		wp_enqueue_script( 'alliancepay-console', plugins_url( self::ELEMENTS, FILE ), array(), VERSION, true );
		printf(
			'<alliancepay-order backend="%1$s" order="%2$s" lang="%3$s" data-alliancepay-token="%4$s" data-order-id="%5$d"></alliancepay-order>',
			esc_attr( ( new Settings() )->backend() ),
			esc_attr( ( new Record( $order ) )->name() ),
			esc_attr( Scripts::language() ),
			esc_attr( wp_create_nonce( ConsoleToken::ACTION ) ),
			absint( $order->get_id() )
		);
	}
}
