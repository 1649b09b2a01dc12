//! What is true of a ledger in a SQLite file.

use crate::support::World;

#[tokio::test]
async fn the_ledger_with_its_secrets_is_for_its_owner_only() {
    use std::os::unix::fs::PermissionsExt;
    let world = World::start().await;
    for file in ["ledger.sqlite", "ledger.sqlite-wal"] {
        let mode = world.folder.path().join(file).metadata().unwrap().permissions().mode();
        assert_eq!(mode & 0o077, 0, "{file}");
    }
}
