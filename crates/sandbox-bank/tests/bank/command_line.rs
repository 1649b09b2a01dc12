//! The binary: says where it answers, keeps its merchant in a file, stops when asked.

use std::path::Path;
use std::process::Stdio;

use serde_json::Value;
use tokio::io::{AsyncBufReadExt as _, BufReader};
use tokio::process::{Child, Command};

fn command(merchant_file: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_sandbox-bank"));
    command
        .arg("--merchant-file")
        .arg(merchant_file)
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .kill_on_drop(true);
    command
}

async fn started(merchant_file: &Path) -> (Child, String) {
    let mut child = command(merchant_file).args(["--listen", "127.0.0.1:0"]).spawn().expect("it starts");
    let mut lines = BufReader::new(child.stdout.take().expect("its output")).lines();
    let line = lines.next_line().await.expect("readable").expect("a line");
    let said: Value = serde_json::from_str(&line).expect("JSON");
    (child, said["url"].as_str().expect("a URL").to_owned())
}

async fn stop(mut child: Child) {
    let id = child.id().expect("it runs").to_string();
    let asked = Command::new("kill").args(["-TERM", &id]).status().await.expect("kill runs");
    assert!(asked.success());
    assert!(child.wait().await.expect("it ends").success());
}

#[tokio::test]
async fn a_restart_with_the_same_file_keeps_the_merchant() {
    let file = std::env::temp_dir().join(format!("sandbox-merchant-{}.json", uuid::Uuid::new_v4()));
    let mut seen = Vec::new();
    for _ in 0..2 {
        let (child, url) = started(&file).await;
        let merchant = reqwest::get(format!("{url}/sandbox/merchant")).await.expect("an answer");
        seen.push(merchant.json::<Value>().await.expect("JSON"));
        stop(child).await;
    }
    std::fs::remove_file(&file).expect("the file was made");
    assert_eq!(seen[0], seen[1]);
    assert!(seen[0]["authenticationKey"]["d"].is_string());
}

#[tokio::test]
async fn a_taken_port_ends_it_at_once() {
    let taken = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let address = taken.local_addr().expect("an address").to_string();
    let file = std::env::temp_dir().join(format!("sandbox-merchant-{}.json", uuid::Uuid::new_v4()));
    let ended = command(&file).args(["--listen", &address]).status().await.expect("it runs");
    std::fs::remove_file(&file).expect("the file was made");
    assert_eq!(ended.code(), Some(2));
}
