<?php
/**
 * Gives the console's elements in the order panel their right: short-lived, for one order, in the name of who is logged in.
 *
 * @package AlliancePay\WooCommerce
 */

declare( strict_types=1 );

namespace AlliancePay\WooCommerce\Admin;

use AlliancePay\WooCommerce\Backend\Client;
use AlliancePay\WooCommerce\Backend\Problem;
use AlliancePay\WooCommerce\Log;
use AlliancePay\WooCommerce\Order\Record;
use AlliancePay\WooCommerce\Settings;

/** Asked by the element itself. The shop key stays on the server. */
final class ConsoleToken {

	private const ACTION = 'alliancepay_console_token';
	private const LIVES  = 15 * MINUTE_IN_SECONDS;

	public function listen(): void {
		add_action( 'wp_ajax_' . self::ACTION, array( $this, 'answer' ) );
	}

	/** Where the element asks, with a nonce of its own. */
	public static function url( int $order_id ): string {
		return add_query_arg(
			array(
				'action'      => self::ACTION,
				'order_id'    => $order_id,
				'_ajax_nonce' => wp_create_nonce( self::ACTION ),
			),
			admin_url( 'admin-ajax.php' )
		);
	}

	public function answer(): void {
		check_ajax_referer( self::ACTION );
		nocache_headers();
		$order = wc_get_order( absint( $_GET['order_id'] ?? 0 ) );
		if ( ! current_user_can( 'edit_shop_orders' ) || ! Record::is_ours( $order ) ) {
			wp_send_json_error( null, 403 );
		}
		try {
			$token = Client::of( new Settings() )->console_token(
				array(
					'scope'      => 'order:' . ( new Record( $order ) )->name(),
					'role'       => current_user_can( 'edit_others_shop_orders' ) ? 'refunder' : 'viewer',
					'actor'      => wp_get_current_user()->user_login,
					'ttlSeconds' => self::LIVES,
				)
			);
			wp_send_json( array( 'token' => $token ) );
		} catch ( Problem $problem ) {
			Log::error( "No console token: {$problem->line()}" );
			wp_send_json_error( null, 502 );
		}
	}
}
