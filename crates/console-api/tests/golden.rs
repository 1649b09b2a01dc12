//! Every golden file reads into its type and comes out as the same JSON.

#![allow(clippy::unwrap_used, reason = "a test's helper fails the test")]

use std::fs;
use std::path::Path;

use console_api::{
    AuditList, ChangePassword, ConsoleToken, NewConsoleToken, NewStaff, OrderChanges, Overview, RawMessage,
    SecondFactorCode, SecondFactorSetup, SignIn, SignedIn, StaffList, StaffPatch,
};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

#[test]
fn signing_in_round_trips() {
    round_trips::<SignIn>("sign-in");
    round_trips::<SignedIn>("signed-in");
    round_trips::<SecondFactorSetup>("second-factor-setup");
    round_trips::<SecondFactorCode>("second-factor-code");
    round_trips::<ChangePassword>("change-password");
}

#[test]
fn the_staff_round_trips() {
    round_trips::<NewStaff>("new-staff");
    round_trips::<StaffPatch>("staff-patch");
    round_trips::<StaffList>("staff-list");
    round_trips::<NewConsoleToken>("new-console-token");
    round_trips::<ConsoleToken>("console-token");
}

#[test]
fn what_the_console_reads_round_trips() {
    round_trips::<AuditList>("audit-list");
    round_trips::<OrderChanges>("order-changes");
    round_trips::<RawMessage>("raw-message");
    round_trips::<Overview>("overview");
}

fn round_trips<T: Serialize + DeserializeOwned>(resource: &str) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden").join(resource);
    let mut seen = 0;
    for entry in fs::read_dir(&folder).unwrap() {
        let path = entry.unwrap().path();
        let text = fs::read_to_string(&path).unwrap();
        let typed: T =
            serde_json::from_str(&text).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        let again = serde_json::to_value(&typed).unwrap();
        assert_eq!(again, serde_json::from_str::<Value>(&text).unwrap(), "{}", path.display());
        seen += 1;
    }
    assert!(seen > 0, "no golden files in {}", folder.display());
}
