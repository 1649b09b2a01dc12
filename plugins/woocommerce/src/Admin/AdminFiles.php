<?php
/**
 * Style and script of our parts of the admin, only on the pages that have them.
 *
 * @package AlliancePay\WooCommerce
 */

declare( strict_types=1 );

namespace AlliancePay\WooCommerce\Admin;

use AlliancePay\WooCommerce\Gateway;
use const AlliancePay\WooCommerce\FILE;
use const AlliancePay\WooCommerce\VERSION;

/** Enqueues. */
final class AdminFiles {

	public const SCRIPT = 'alliancepay-admin';

	/** Called for every admin page. */
	public static function enqueue(): void {
		$screen = get_current_screen();
		$id     = null === $screen ? '' : $screen->id;
		$ours   = array( 'shop_order', 'edit-shop_order', 'woocommerce_page_wc-orders', 'admin_page_' . PaymentStatusPage::PAGE, 'woocommerce_page_' . PaymentStatusPage::PAGE );
		// phpcs:ignore WordPress.Security.NonceVerification -- reads which page this is.
		$is_settings = 'woocommerce_page_wc-settings' === $id && Gateway::ID === ( $_GET['section'] ?? '' );
		if ( ! $is_settings && ! in_array( $id, $ours, true ) ) {
			return;
		}
		wp_enqueue_style( self::SCRIPT, plugins_url( 'assets/admin.css', FILE ), array(), VERSION );
		wp_enqueue_script( self::SCRIPT, plugins_url( 'assets/admin.js', FILE ), array(), VERSION, true );
		wp_localize_script(
			self::SCRIPT,
			'alliancepayAdmin',
			array(
				'ajax'     => admin_url( 'admin-ajax.php' ),
				'checking' => __( 'Checking…', 'alliancepay-checkout' ),
				'failed'   => __( 'The shop did not answer. Reload the page and try again.', 'alliancepay-checkout' ),
			)
		);
	}
}
