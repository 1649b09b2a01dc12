<?php
/**
 * @package AlliancePay\WooCommerce
 */

declare( strict_types=1 );

use AlliancePay\WooCommerce\Money;
use PHPUnit\Framework\TestCase;

final class MoneyTest extends TestCase {

	public function test_kopecks_are_exact_where_floats_are_not(): void {
		$this->assertSame( 1999, Money::minor( '19.99' ) );
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

	/** @dataProvider junk */
	public function test_what_is_no_sum_of_kopecks_is_refused( $sum ): void {
		$this->expectException( InvalidArgumentException::class );
		Money::minor( $sum );
	}

	public function junk(): array {
		return array(
			'part of a kopeck' => array( '0.001' ),
			'half a kopeck'    => array( 10.995 ),
			'words'            => array( 'ten' ),
			'comma'            => array( '10,99' ),
			'nothing'          => array( '' ),
			'too much'         => array( '9999999999999999.00' ),
			'exponent'         => array( '1e3' ),
			'hex'              => array( '0x10' ),
		);
	}
}
