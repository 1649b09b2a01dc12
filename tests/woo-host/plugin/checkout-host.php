<?php
/**
 * Plugin Name: Checkout host
 * Description: For tests only: the part of a shop plugin's contract that a payment gateway sees, with its unfriendly habits.
 * Version: 0.1.0
 *
 * Written from measurements of how the checkout behaves; see the file's comments for each habit. One file per part.
 */

defined( 'ABSPATH' ) || exit;

const CHECKOUT_HOST = __FILE__;

foreach ( array(
	'compat',
	'functions',
	'orders/order',
	'orders/item',
	'orders/refund',
	'orders/store',
	'orders/refunding',
	'orders/stock',
	'shop/settings-api',
	'shop/gateway',
	'shop/gateways',
	'shop/session',
	'shop/woocommerce',
	'shop/product',
	'shop/scheduler',
	'checkout/page',
	'checkout/payment',
	'checkout/placing',
	'checkout/ajax',
	'checkout/pay',
	'checkout/received',
	'blocks/registry',
	'blocks/store-api',
	'admin/settings',
	'admin/orders',
	'admin/order',
	'admin/refunds',
) as $part ) {
	require __DIR__ . '/' . $part . '.php';
}

add_action(
	'plugins_loaded',
	static function () {
		do_action( 'before_woocommerce_init' );
	},
	-1
);
add_action( 'init', 'host_register_types', 5 );
add_action( 'init', array( WC(), 'wake' ), 6 );
register_activation_hook( __FILE__, 'host_install' );

/** Pages, a product, a coupon. */
function host_install() {
	host_register_types();
	$page = static function ( $title, $name, $content ) {
		return wp_insert_post(
			array(
				'post_type'    => 'page',
				'post_status'  => 'publish',
				'post_title'   => $title,
				'post_name'    => $name,
				'post_content' => $content,
			)
		);
	};
	update_option( 'host_checkout_page', $page( 'Checkout', 'checkout', '[woocommerce_checkout]' ) );
	update_option( 'host_blocks_page', $page( 'Blocks checkout', 'blocks-checkout', '[host_blocks_checkout]' ) );
	$product = wp_insert_post(
		array(
			'post_type'    => 'product',
			'post_status'  => 'publish',
			'post_title'   => 'Coffee «Zerno», 1 kg',
			'post_name'    => 'coffee',
			'post_content' => 'Freshly roasted.',
		)
	);
	update_post_meta( $product, '_price', '549.95' );
	update_option( 'host_coupons', array( 'ten' => 10 ) );
	update_option( 'woocommerce_currency', 'UAH' );
	update_option( 'woocommerce_hold_stock_minutes', '60' );
	update_option( 'woocommerce_manage_stock', 'yes' );
	update_option( 'woocommerce_custom_orders_table_enabled', 'yes' );
	flush_rewrite_rules();
}

/** Post types, order statuses, the ends of the checkout's addresses. */
function host_register_types() {
	register_post_type(
		'product',
		array(
			'public'  => true,
			'label'   => 'Products',
			'rewrite' => array( 'slug' => 'product' ),
		)
	);
	$caps = array(
		'capability_type' => 'shop_order',
		'map_meta_cap'    => true,
		'supports'        => array( 'title' ),
	);
	register_post_type(
		'shop_order',
		$caps + array(
			'public'       => false,
			'show_ui'      => true,
			'show_in_menu' => host_has_order_tables() ? false : 'woocommerce',
			'label'        => 'Orders',
		)
	);
	register_post_type( 'shop_order_refund', $caps + array( 'public' => false ) );
	foreach ( wc_get_order_statuses() as $status => $label ) {
		register_post_status(
			$status,
			array(
				'label'                     => $label,
				'public'                    => false,
				'show_in_admin_all_list'    => true,
				'show_in_admin_status_list' => true,
			)
		);
	}
	add_rewrite_endpoint( 'order-pay', EP_PAGES );
	add_rewrite_endpoint( 'order-received', EP_PAGES );
	$role = get_role( 'administrator' );
	foreach ( array( 'manage_woocommerce', 'edit_shop_order', 'read_shop_order', 'edit_shop_orders', 'edit_others_shop_orders', 'publish_shop_orders', 'read_private_shop_orders' ) as $cap ) {
		if ( $role && ! $role->has_cap( $cap ) ) {
			$role->add_cap( $cap );
		}
	}
}
