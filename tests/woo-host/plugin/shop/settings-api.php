<?php
/**
 * Settings of a gateway: fields drawn and stored by their types. A gateway may bring its own types and checks.
 */

abstract class WC_Settings_API {
	public $id          = '';
	public $form_fields = array();
	public $settings    = array();
	private $errors     = array();

	public function get_option_key() {
		return 'woocommerce_' . $this->id . '_settings';
	}

	public function init_settings() {
		$this->settings = (array) get_option( $this->get_option_key(), array() );
	}

	public function get_option( $key, $fallback = null ) {
		$value = $this->settings[ $key ] ?? ( $this->form_fields[ $key ]['default'] ?? '' );
		return '' === $value && null !== $fallback ? $fallback : $value;
	}

	public function get_field_key( $key ) {
		return 'woocommerce_' . $this->id . '_' . $key;
	}

	public function add_error( $error ) {
		$this->errors[] = $error;
	}

	public function get_errors() {
		return $this->errors;
	}

	public function process_admin_options() {
		$this->init_settings();
		foreach ( $this->form_fields as $key => $field ) {
			if ( 'title' === $field['type'] ) {
				continue;
			}
			// With WordPress' slashes: who brings checks of their own takes them off.
			$value = $_POST[ $this->get_field_key( $key ) ] ?? null;
			try {
				$this->settings[ $key ] = $this->validated( $key, $field['type'], $value );
			} catch ( Exception $refused ) {
				$this->add_error( $refused->getMessage() );
			}
		}
		return update_option( $this->get_option_key(), $this->settings );
	}

	private function validated( $key, $type, $value ) {
		foreach ( array( "validate_{$key}_field", "validate_{$type}_field" ) as $method ) {
			if ( is_callable( array( $this, $method ) ) ) {
				return $this->$method( $key, $value );
			}
		}
		return 'checkbox' === $type ? ( null === $value ? 'no' : 'yes' ) : sanitize_text_field( wp_unslash( (string) $value ) );
	}

	public function generate_settings_html() {
		$html = '';
		foreach ( $this->form_fields as $key => $field ) {
			$own   = "generate_{$field['type']}_html";
			$html .= is_callable( array( $this, $own ) ) ? $this->$own( $key, $field ) : $this->row( $key, $field );
		}
		return $html;
	}

	private function row( $key, $field ) {
		if ( 'title' === $field['type'] ) {
			return '</table><h3 class="wc-settings-sub-title">' . esc_html( $field['title'] ) . '</h3><p>' . wp_kses_post( $field['description'] ?? '' ) . '</p><table class="form-table">';
		}
		$name  = esc_attr( $this->get_field_key( $key ) );
		$value = (string) $this->get_option( $key );
		$input = sprintf( '<input type="text" class="input-text regular-input" id="%1$s" name="%1$s" value="%2$s" placeholder="%3$s">', $name, esc_attr( $value ), esc_attr( $field['placeholder'] ?? '' ) );
		if ( 'checkbox' === $field['type'] ) {
			$input = sprintf( '<label><input type="checkbox" id="%1$s" name="%1$s" value="1" %2$s> %3$s</label>', $name, checked( 'yes', $value, false ), esc_html( $field['label'] ) );
		} elseif ( 'textarea' === $field['type'] ) {
			$input = sprintf( '<textarea rows="3" cols="20" class="input-text wide-input" id="%1$s" name="%1$s" placeholder="%3$s">%2$s</textarea>', $name, esc_textarea( $value ), esc_attr( $field['placeholder'] ?? '' ) );
		} elseif ( 'select' === $field['type'] ) {
			$input = sprintf( '<select id="%1$s" name="%1$s">', $name );
			foreach ( $field['options'] as $option => $label ) {
				$input .= sprintf( '<option value="%s" %s>%s</option>', esc_attr( $option ), selected( $option, $value, false ), esc_html( $label ) );
			}
			$input .= '</select>';
		}
		return sprintf(
			'<tr valign="top"><th scope="row" class="titledesc"><label for="%s">%s</label></th><td class="forminp">%s<p class="description">%s</p></td></tr>',
			$name,
			esc_html( $field['title'] ),
			$input,
			wp_kses_post( $field['description'] ?? '' )
		);
	}
}
