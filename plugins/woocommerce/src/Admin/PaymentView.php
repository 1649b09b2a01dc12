<?php
/**
 * The details of a payment, for the order panel and the payment status page. Everything is escaped here.
 *
 * @package AlliancePay\WooCommerce
 */

declare( strict_types=1 );

namespace AlliancePay\WooCommerce\Admin;

use AlliancePay\WooCommerce\BankReasons;
use AlliancePay\WooCommerce\Order\Known;
use AlliancePay\WooCommerce\Order\Record;
use AlliancePay\WooCommerce\Order\Sync;
use AlliancePay\WooCommerce\Words;
use WC_Order;

/** HTML of what is known. */
final class PaymentView {

	public static function html( WC_Order $order ): string {
		$record = new Record( $order );
		$known  = $record->known();
		$html   = '<div class="alliancepay-payment">' . self::source( $record, $known );
		if ( null !== $known ) {
			$html .= self::warnings( $known ) . self::facts( $order, $known ) . self::operations( $known );
		}
		return $html . '</div>';
	}

	/** Where the data is from: the bank's callback, or a question of ours. */
	private static function source( Record $record, ?Known $known ): string {
		list( $from, $at ) = $record->heard();
		$time              = $at > 0 ? (string) wp_date( get_option( 'date_format' ) . ' ' . get_option( 'time_format' ), $at ) : '';
		$notified          = null === $known ? null : $known->notified_at();
		$callback          = null === $notified
			? __( 'No callback from AlliancePay', 'alliancepay-checkout' )
			/* translators: %s: date and time */
			: sprintf( __( 'Callback received %s', 'alliancepay-checkout' ), Words::moment( $notified ) );
		$words = match ( $from ) {
			/* translators: %s: date and time */
			Sync::WEBHOOK => sprintf( __( 'As the backend told this shop, %s', 'alliancepay-checkout' ), $time ),
			/* translators: %s: date and time */
			Sync::BACKEND => sprintf( __( 'As this shop asked the backend, %s', 'alliancepay-checkout' ), $time ),
			/* translators: %s: date and time */
			Sync::BANK    => sprintf( __( 'As the bank answered, %s', 'alliancepay-checkout' ), $time ),
			default       => __( 'Nothing is known yet.', 'alliancepay-checkout' ),
		};
		return sprintf(
			'<p class="alliancepay-source"><span class="%s">%s</span><br>%s</p>',
			null === $notified ? 'alliancepay-missing' : 'alliancepay-came',
			esc_html( $callback ),
			esc_html( $words )
		);
	}

	private static function warnings( Known $known ): string {
		$html = '';
		foreach ( $known->anomalies() as $anomaly ) {
			$html .= sprintf( '<p class="alliancepay-warning">%s</p>', esc_html( Words::anomaly( $anomaly ) ) );
		}
		return $html;
	}

	private static function facts( WC_Order $order, Known $known ): string {
		$attempt = $known->attempt();
		$state   = sprintf( '<span class="alliancepay-pill is-%s">%s</span>', esc_attr( Words::tone( $known ) ), esc_html( Words::state( $known->state(), $known->reason() ) ) );
		$rows    = array(
			array( __( 'State', 'alliancepay-checkout' ), $state ),
			array( __( 'Sum', 'alliancepay-checkout' ), esc_html( Words::sum( $known->minor(), $known->currency() ) ) ),
			array( __( 'Order at the backend', 'alliancepay-checkout' ), esc_html( $known->order() ) ),
			array( __( 'Order at the bank', 'alliancepay-checkout' ), esc_html( (string) ( $attempt['bankOrder'] ?? '–' ) ) ),
			array( __( 'Attempts', 'alliancepay-checkout' ), esc_html( (string) count( $known->attempts() ) ) ),
			array( __( 'Shop’s status', 'alliancepay-checkout' ), esc_html( wc_get_order_status_name( $order->get_status() ) ) ),
		);
		if ( 'REJECTED' === $known->state() ) {
			$rows[] = array( __( 'Bank’s reason', 'alliancepay-checkout' ), esc_html( BankReasons::of( $known->reason() ?? '' ) ) );
		}
		if ( $known->is_open() && isset( $attempt['expiresAt'] ) ) {
			$rows[] = array( __( 'Page takes money until', 'alliancepay-checkout' ), esc_html( Words::moment( (string) $attempt['expiresAt'] ) ) );
		}
		$html = '';
		foreach ( $rows as list( $name, $value ) ) {
			$html .= '<div><dt>' . esc_html( $name ) . '</dt><dd>' . $value . '</dd></div>';
		}
		return '<dl class="alliancepay-facts">' . $html . '</dl>';
	}

	private static function operations( Known $known ): string {
		if ( array() === $known->operations() ) {
			return '';
		}
		$html = '';
		foreach ( $known->operations() as $one ) {
			$sum   = is_array( $one['amount'] ?? null ) ? Words::sum( (int) $one['amount']['minor'], (string) $one['amount']['currency'] ) : '–';
			$cells = array(
				Words::moment( $one['modifiedAt'] ?? $one['createdAt'] ?? null ),
				(string) ( $one['kind'] ?? '' ),
				(string) ( $one['status'] ?? '' ),
				$sum,
				(string) ( $one['instrument'] ?? '–' ),
				(string) ( $one['rrn'] ?? '–' ),
			);
			$html .= '<tr><td>' . implode( '</td><td>', array_map( 'esc_html', $cells ) ) . '</td></tr>';
		}
		$heads = array(
			__( 'When', 'alliancepay-checkout' ),
			__( 'Operation', 'alliancepay-checkout' ),
			__( 'Status', 'alliancepay-checkout' ),
			__( 'Sum', 'alliancepay-checkout' ),
			__( 'Card or account', 'alliancepay-checkout' ),
			__( 'RRN', 'alliancepay-checkout' ),
		);
		return '<div class="alliancepay-scroll"><table class="widefat striped alliancepay-operations"><thead><tr><th scope="col">'
			. implode( '</th><th scope="col">', array_map( 'esc_html', $heads ) ) . '</th></tr></thead><tbody>' . $html . '</tbody></table></div>';
	}
}
