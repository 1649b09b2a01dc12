<?php
/**
 * The Blocks checkout: a React page that knows only what was registered for it. No form, no jQuery events.
 */

class Host_Blocks_Registry {
	/** @var array<string, object> */
	public $methods = array();

	public function register( $method ) {
		$method->initialize();
		$this->methods[ $method->get_name() ] = $method;
		return true;
	}

	public static function filled() {
		static $registry = null;
		if ( null === $registry ) {
			$registry = new self();
			do_action( 'woocommerce_blocks_payment_method_type_registration', $registry );
		}
		return $registry;
	}
}

add_shortcode(
	'host_blocks_checkout',
	static function () {
		return '<div class="wp-block-woocommerce-checkout wc-block-checkout is-loading" id="host-blocks"></div>';
	}
);

add_action(
	'wp_enqueue_scripts',
	static function () {
		if ( ! is_page( (int) get_option( 'host_blocks_page' ) ) ) {
			return;
		}
		$files = plugins_url( 'assets/', CHECKOUT_HOST );
		wp_register_script( 'wc-settings', $files . 'wc-settings.js', array(), '1', true );
		wp_register_script( 'wc-blocks-registry', $files . 'wc-blocks-registry.js', array( 'wc-settings' ), '1', true );
		$data    = array();
		$handles = array();
		foreach ( Host_Blocks_Registry::filled()->methods as $name => $method ) {
			if ( $method->is_active() ) {
				$data[ $name . '_data' ] = $method->get_payment_method_data();
				$handles                 = array_merge( $handles, $method->get_payment_method_script_handles() );
			}
		}
		wp_localize_script(
			'wc-settings',
			'hostBlocks',
			array(
				'data'  => $data,
				'api'   => rest_url( 'wc/store/v1/checkout' ),
				'nonce' => WC()->session->nonce(),
				'rest'  => wp_create_nonce( 'wp_rest' ),
				'total' => wp_strip_all_tags( wc_price( WC()->cart->total( 'UA' ) ) ),
				'empty' => WC()->cart->is_empty(),
			)
		);
		wp_enqueue_script( 'host-blocks', $files . 'blocks.js', array_merge( array( 'wc-blocks-registry', 'wp-element' ), $handles ), '1', true );
	},
	20
);
