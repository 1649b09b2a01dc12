<?php
/**
 * What the trials in a shop share. WordPress, the shop and the plugin are there already: see load.php.
 *
 * @package AlliancePay\WooCommerce
 */

declare( strict_types=1 );

require_once dirname( __DIR__ ) . '/bootstrap.php';
require_once __DIR__ . '/Backend.php';
require_once __DIR__ . '/Checkout.php';
require_once __DIR__ . '/ShopTestCase.php';
