<?php
/**
 * The payment methods there are, by their ids.
 */

function host_gateways() {
	static $all = null;
	if ( null === $all ) {
		$all = array();
		foreach ( apply_filters( 'woocommerce_payment_gateways', array( 'Host_Cheque' ) ) as $gateway ) {
			$gateway             = is_string( $gateway ) ? new $gateway() : $gateway;
			$all[ $gateway->id ] = $gateway;
		}
		// What is offered first is chosen first.
		$all = array_reverse( $all, true );
	}
	return $all;
}

function host_available_gateways() {
	return array_filter( host_gateways(), static fn ( $gateway ) => $gateway->is_available() );
}
