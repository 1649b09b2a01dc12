<?php
/**
 * Sums, by the golden file that the Rust crates' are held to, and by what WooCommerce hands over besides.
 *
 * @package AlliancePay\WooCommerce
 */

declare( strict_types=1 );

use AlliancePay\WooCommerce\Money;
use PHPUnit\Framework\TestCase;

final class MoneyTest extends TestCase {

	public function test_sums_are_read_and_written_as_the_backend_does_it(): void {
		$golden = golden( 'money/decimal' );
		foreach ( $golden['sums'] as list( 'text' => $text, 'minor' => $minor ) ) {
			$this->assertSame( $text, Money::decimal( $minor ) );
		}
		foreach ( array( ...$golden['sums'], ...$golden['shorter'] ) as list( 'text' => $text, 'minor' => $minor ) ) {
			$this->assertSame( $minor, Money::minor( $text ) );
		}
	}

	public function test_kopecks_are_exact_where_floats_are_not(): void {
		$this->assertSame( 6410, Money::minor( 64.10 ) );
		$this->assertSame( 1099, Money::minor( 10.99 ) );
		$this->assertSame( 30, Money::minor( 0.1 + 0.2 ) );
		$this->assertSame( 54995, Money::minor( '549.950000' ) );
		$this->assertSame( 100, Money::minor( 1 ) );
		$this->assertSame( 500, Money::minor( '5.' ) );
		$this->assertSame( -905, Money::minor( '-9.05' ) );
	}

	public function test_every_kopeck_of_a_thousand_hryvnias_survives_both_ways(): void {
		for ( $minor = -100; $minor <= 100000; $minor++ ) {
			$text = Money::decimal( $minor );
			$this->assertSame( $minor, Money::minor( $text ) );
			$this->assertSame( $minor, Money::minor( (float) $text ) );
		}
	}

	/**
	 * @dataProvider refused
	 * @param string|float $sum
	 */
	public function test_what_is_no_sum_of_kopecks_is_refused_and_not_rounded( $sum ): void {
		$this->expectException( InvalidArgumentException::class );
		Money::minor( $sum );
	}

	public function refused(): array {
		$as_floats = array( 0.001, 10.995, 1e17, NAN, INF );
		return array_map( static fn ( $sum ) => array( $sum ), array( ...golden( 'money/decimal' )['refused'], ...$as_floats ) );
	}
}
