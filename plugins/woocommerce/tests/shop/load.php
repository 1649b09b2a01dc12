<?php
/**
 * Loads a test shop's WordPress with the plugin in it, before PHPUnit begins: WordPress wants the global scope for itself.
 *
 * @package AlliancePay\WooCommerce
 */

declare( strict_types=1 );

$_SERVER['HTTP_HOST']       = parse_url( getenv( 'WOO_URL' ), PHP_URL_HOST ) . ':' . parse_url( getenv( 'WOO_URL' ), PHP_URL_PORT );
$_SERVER['SERVER_PROTOCOL'] = 'HTTP/1.1';
$_SERVER['REQUEST_METHOD']  = 'GET';
require getenv( 'WOO_CORE' ) . '/wp-load.php';
