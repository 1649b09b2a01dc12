<?php
/**
 * Removes the settings with their keys, and what was scheduled. Orders and what is known about their payments stay:
 * they are the shop's books.
 *
 * @package AlliancePay\WooCommerce
 */

declare( strict_types=1 );

defined( 'WP_UNINSTALL_PLUGIN' ) || exit;

delete_option( 'woocommerce_alliancepay_settings' );
delete_option( 'alliancepay_page_life' );
delete_option( 'alliancepay_alerts' );

global $wpdb;
$wpdb->query( "DELETE FROM {$wpdb->options} WHERE option_name LIKE 'alliancepay\\_lock\\_%' OR option_name LIKE '%\\_transient\\_%alliancepay\\_said\\_%'" );
if ( function_exists( 'as_unschedule_all_actions' ) ) {
	as_unschedule_all_actions( '', array(), 'alliancepay' );
}
