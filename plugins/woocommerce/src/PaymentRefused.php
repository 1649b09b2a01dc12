<?php
/**
 * A payment could not begin; the message is for the buyer.
 *
 * @package AlliancePay\WooCommerce
 */

declare( strict_types=1 );

namespace AlliancePay\WooCommerce;

use RuntimeException;

/** What a buyer is told. */
final class PaymentRefused extends RuntimeException {}
