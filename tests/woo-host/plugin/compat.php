<?php
/**
 * Classes that a gateway extends or calls by their full names.
 */

namespace Automattic\WooCommerce\Utilities {
	/** Which plugins said what of themselves. */
	class FeaturesUtil {
		/** @var array<string, array<string, bool>> */
		public static $declared = array();

		public static function declare_compatibility( $feature, $file, $is = true ) {
			self::$declared[ $feature ][ plugin_basename( $file ) ] = $is;
			return true;
		}
	}
}

namespace Automattic\WooCommerce\Blocks\Payments\Integrations {
	/** A payment method on the Blocks checkout. */
	abstract class AbstractPaymentMethodType {
		protected $name     = '';
		protected $settings = array();

		abstract public function initialize();

		public function get_name() {
			return $this->name;
		}

		public function is_active() {
			return true;
		}

		public function get_payment_method_script_handles() {
			return array();
		}

		public function get_payment_method_data() {
			return array();
		}

		protected function get_setting( $name, $fallback = '' ) {
			return $this->settings[ $name ] ?? $fallback;
		}
	}
}
