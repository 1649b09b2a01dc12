<?php
/**
 * Scheduled actions, run when WordPress' own schedule is called (`wp-cron.php`) and at no other time.
 */

function as_schedule_single_action( $time, $hook, $arguments = array(), $group = '' ) {
	$actions   = host_actions();
	$actions[] = array(
		'id'    => wp_generate_uuid4(),
		'time'  => (int) $time,
		'hook'  => $hook,
		'args'  => $arguments,
		'group' => $group,
	);
	update_option( 'host_actions', $actions, false );
	return count( $actions );
}

function as_has_scheduled_action( $hook, $arguments = null, $group = '' ) {
	return array() !== array_filter( host_actions(), static fn ( $one ) => host_is_action( $one, $hook, $arguments, $group ) );
}

function as_unschedule_all_actions( $hook, $arguments = array(), $group = '' ) {
	$wanted = array() === $arguments ? null : $arguments;
	$rest   = array_filter( host_actions(), static fn ( $one ) => ! host_is_action( $one, $hook, $wanted, $group ) );
	update_option( 'host_actions', array_values( $rest ), false );
}

function host_is_action( $one, $hook, $arguments, $group ) {
	return ( '' === $hook || $one['hook'] === $hook ) && ( null === $arguments || $one['args'] === $arguments ) && ( '' === $group || $one['group'] === $group );
}

function host_actions() {
	wp_cache_delete( 'host_actions', 'options' );
	return (array) get_option( 'host_actions', array() );
}

add_action(
	'init',
	static function () {
		if ( ! wp_doing_cron() ) {
			return;
		}
		foreach ( host_actions() as $due ) {
			if ( $due['time'] > time() ) {
				continue;
			}
			$rest = array_filter( host_actions(), static fn ( $one ) => $one['id'] !== $due['id'] );
			update_option( 'host_actions', array_values( $rest ), false );
			do_action_ref_array( $due['hook'], array_values( $due['args'] ) );
		}
	},
	99
);
