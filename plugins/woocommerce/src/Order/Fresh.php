<?php
/**
 * An order as it is stored now. WooCommerce remembers orders for the length of a request; who waited for another process
 * must not go on with what it remembered before.
 *
 * @package AlliancePay\WooCommerce
 */

declare( strict_types=1 );

namespace AlliancePay\WooCommerce\Order;

use Automattic\WooCommerce\Caches\OrderCache;
use Automattic\WooCommerce\Internal\DataStores\Orders\OrdersTableDataStore;
use WC_Order;

/** Reads past every memory. */
final class Fresh {

	public static function order( int $id ): WC_Order {
		clean_post_cache( $id );
		if ( function_exists( 'wc_get_container' ) && class_exists( OrderCache::class ) ) {
			wc_get_container()->get( OrderCache::class )->remove( $id );
			if ( method_exists( OrdersTableDataStore::class, 'clear_cached_data' ) ) {
				wc_get_container()->get( OrdersTableDataStore::class )->clear_cached_data( array( $id ) );
			}
		}
		return wc_get_order( $id );
	}
}
