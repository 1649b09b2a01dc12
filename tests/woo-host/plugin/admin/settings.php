<?php
/**
 * The shop's menu and the settings of a payment method: `admin.php?page=wc-settings&tab=checkout&section=ID`.
 */

class WC_Admin_Settings {
	private static $errors = array();

	public static function add_error( $words ) {
		self::$errors[] = $words;
	}

	public static function show() {
		if ( array() === self::$errors ) {
			echo '<div id="message" class="updated inline"><p><strong>Your settings have been saved.</strong></p></div>';
		}
		foreach ( self::$errors as $words ) {
			echo '<div id="message" class="error inline"><p><strong>' . esc_html( $words ) . '</strong></p></div>';
		}
	}
}

add_action(
	'admin_menu',
	static function () {
		add_menu_page( 'Shop', 'WooCommerce', 'edit_shop_orders', 'woocommerce', '__return_null', 'dashicons-cart', 55 );
		if ( host_has_order_tables() ) {
			add_submenu_page( 'woocommerce', 'Orders', 'Orders', 'edit_shop_orders', 'wc-orders', 'host_orders_page' );
		}
		add_submenu_page( 'woocommerce', 'Settings', 'Settings', 'manage_woocommerce', 'wc-settings', 'host_settings_page' );
	},
	9
);

function host_settings_page() {
	$gateway = host_gateways()[ sanitize_key( $_GET['section'] ?? '' ) ] ?? null;
	echo '<div class="wrap woocommerce"><h1>Payments</h1>';
	if ( null === $gateway ) {
		echo '<ul>';
		foreach ( host_gateways() as $id => $one ) {
			echo '<li><a href="' . esc_url( admin_url( 'admin.php?page=wc-settings&tab=checkout&section=' . $id ) ) . '">' . esc_html( $one->method_title ?: $one->title ) . '</a></li>';
		}
		echo '</ul></div>';
		return;
	}
	if ( isset( $_POST['save'] ) && check_admin_referer( 'woocommerce-settings' ) ) {
		do_action( 'woocommerce_update_options_payment_gateways_' . $gateway->id );
		WC_Admin_Settings::show();
	}
	echo '<form method="post" id="mainform">';
	$gateway->admin_options();
	wp_nonce_field( 'woocommerce-settings' );
	echo '<p class="submit"><button name="save" class="button-primary woocommerce-save-button" type="submit" value="Save changes">Save changes</button></p></form></div>';
}
