<?php
/**
 * The payment box: the fragment that is thrown away and put back. Which method is chosen is part of its HTML, so that
 * choosing another one makes the next update replace it.
 */

function host_payment_box( $with_place = true ) {
	$gateways = host_available_gateways();
	$chosen   = WC()->session->get( 'chosen_payment_method' );
	$chosen   = isset( $gateways[ $chosen ] ) ? $chosen : (string) array_key_first( $gateways );
	$html     = '<div id="payment" class="woocommerce-checkout-payment"><ul class="wc_payment_methods payment_methods methods">';
	foreach ( $gateways as $id => $gateway ) {
		ob_start();
		$gateway->payment_fields();
		$fields = ob_get_clean();
		$html  .= sprintf(
			'<li class="wc_payment_method payment_method_%1$s"><input id="payment_method_%1$s" type="radio" class="input-radio" name="payment_method" value="%1$s" %2$s> <label for="payment_method_%1$s">%3$s %4$s</label><div class="payment_box payment_method_%1$s"%5$s>%6$s</div></li>',
			esc_attr( $id ),
			checked( $chosen, $id, false ),
			esc_html( $gateway->get_title() ),
			$gateway->get_icon(),
			$chosen === $id ? '' : ' style="display:none;"',
			$fields
		);
	}
	$place = $with_place
		? '<div class="form-row place-order"><noscript><button type="submit" name="woocommerce_checkout_update_totals" value="1">Update totals</button></noscript>'
			. '<button type="submit" class="button alt" name="woocommerce_checkout_place_order" id="place_order" value="Place order">Place order</button>'
			. '<input type="hidden" id="woocommerce-process-checkout-nonce" name="woocommerce-process-checkout-nonce" value="' . esc_attr( WC()->session->nonce() ) . '"></div>'
		: '';
	return $html . '</ul>' . $place . '</div>';
}
