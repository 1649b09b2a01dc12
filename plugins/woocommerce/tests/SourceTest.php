<?php
/**
 * Rules for the plugin's own text that a reader would otherwise have to keep in mind.
 *
 * @package AlliancePay\WooCommerce
 */

declare( strict_types=1 );

use PHPUnit\Framework\TestCase;

final class SourceTest extends TestCase {

	/** @return array<string, string> */
	private static function sources(): array {
		$root  = dirname( __DIR__ );
		$files = new RecursiveIteratorIterator( new RecursiveDirectoryIterator( $root . '/src' ) );
		$found = array();
		foreach ( $files as $file ) {
			if ( 'php' === $file->getExtension() ) {
				$found[ substr( $file->getPathname(), strlen( $root ) + 1 ) ] = (string) file_get_contents( $file->getPathname() );
			}
		}
		return $found;
	}

	public function test_orders_are_never_read_as_posts(): void {
		foreach ( self::sources() as $path => $text ) {
			$this->assertDoesNotMatchRegularExpression( '/(get|update|add|delete)_post_meta\s*\(/', $text, $path );
		}
	}

	public function test_only_a_decision_completes_a_payment(): void {
		foreach ( self::sources() as $path => $text ) {
			if ( 'src/Order/Sync.php' !== $path ) {
				$this->assertStringNotContainsString( 'payment_complete(', $text, $path );
			}
		}
	}

	public function test_every_file_is_strict_and_says_what_it_is(): void {
		foreach ( self::sources() as $path => $text ) {
			$this->assertStringContainsString( 'declare( strict_types=1 );', $text, $path );
			$this->assertMatchesRegularExpression( '#^<\?php\n/\*\*\n \* \S#', $text, $path );
		}
	}

	public function test_secrets_are_not_logged(): void {
		foreach ( self::sources() as $path => $text ) {
			preg_match_all( '/Log::(?:error|info)\((.*)\);/', $text, $lines );
			foreach ( $lines[1] as $line ) {
				$this->assertDoesNotMatchRegularExpression( '/token|\$key|secret\b.*\$|redirect|_url|billing|email|phone/i', str_replace( array( 'No console token', 'webhook secret' ), '', $line ), $path );
			}
		}
	}
}
