//! Register files as they come: long, broken, cut off, in a form, by strangers.

use std::fmt::Write as _;
use std::time::Instant;

use console_api::Role;
use reqwest::multipart::{Form, Part};
use reqwest::{Method, StatusCode};
use serde_json::{Value, json};
use tokio::io::AsyncWriteExt;
use tokio::net::TcpStream;

use crate::restart::{free_port, spawn};
use crate::staff_hands::{Browser, refusal};
use crate::support::{QUIET, SHOP_KEY, World, eventually, text};

const HEADING: &str = "operationId;rrn;coinAmount;merchantCommission;merchantComment;senderName\n";

#[tokio::test]
async fn no_bad_row_stops_the_rest_and_none_is_lost() {
    let world = World::start().await;
    world.paid("L-1").await;
    let id = text(&world.order("L-1").await["operations"][0]["operationId"]).to_owned();
    let long = "x".repeat(70_000);
    let mut file = HEADING.as_bytes().to_vec();
    file.extend_from_slice(
        b"a;b\n;;;;;\nid-1;;12,345;0;;\n\"open;;100;0;;\nid-2;;99999999999999999999;0;;\n",
    );
    file.extend_from_slice(format!("{long};;1;0;;\n").as_bytes());
    file.extend_from_slice(b"id-3;;100;0;;\xff\xfe\xd0\n\xff\n\n");
    file.extend_from_slice(format!("{id};;12905;0;;\nTotal;;;;;").as_bytes());
    let told = world.import(file).await;
    let counts = ["rows", "matched", "unmatched", "malformed"].map(|kind| told[kind].as_u64().unwrap());
    assert_eq!(counts, [10, 1, 1, 8]);
    assert_eq!(world.order("L-1").await["state"], "PAID");
    let page = world.get(&format!("/v1/settlements/{}/rows?kind=malformed", text(&told["id"]))).await;
    let lines: Vec<u64> =
        page["rows"].as_array().unwrap().iter().map(|row| row["line"].as_u64().unwrap()).collect();
    assert_eq!(lines, [2, 3, 4, 5, 6, 7, 9, 12]);
}

#[tokio::test]
async fn what_is_no_register_is_refused_and_leaves_nothing() {
    let world = World::start().await;
    for body in ["", "hello\n", "operationId;rrn\n1;2\n"] {
        let answer = world.as_shop(Method::POST, "/v1/settlements").body(body).send().await.unwrap();
        assert_eq!(answer.status(), StatusCode::UNPROCESSABLE_ENTITY);
        assert_eq!(answer.json::<Value>().await.unwrap()["code"], "not_a_register");
    }
    assert_eq!(world.get("/v1/settlements").await["settlements"], json!([]));
    for (method, path) in [
        (Method::POST, "/v1/settlements"),
        (Method::GET, "/v1/settlements"),
        (Method::GET, "/v1/settlements/days"),
        (Method::GET, "/v1/settlements/x/rows"),
        (Method::GET, "/v1/reports/transactions.csv"),
    ] {
        let stranger = world.request(method, path).bearer_auth("wrong").body(HEADING).send().await.unwrap();
        assert_eq!(stranger.status(), StatusCode::UNAUTHORIZED, "{path}");
    }
    let kind = world.as_shop(Method::GET, "/v1/settlements/x").send().await.unwrap();
    assert_eq!(kind.status(), StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn staff_from_operator_on_imports_and_everyone_of_the_staff_reads() {
    let world = World::start().await;
    let viewer = world.staff("vira", Role::Viewer).await;
    let operator = world.staff("oleh", Role::Operator).await;
    let import = |browser: &Browser| {
        world.as_staff(browser, Method::POST, "/v1/settlements").body(format!("{HEADING}id-1;;100;0;;\n"))
    };
    let refused = refusal(import(&viewer).send().await.unwrap()).await;
    assert_eq!(refused, (403, "role_too_low".to_owned()));
    assert_eq!(import(&operator).send().await.unwrap().status(), StatusCode::CREATED);
    let list = world.as_staff(&viewer, Method::GET, "/v1/settlements").send().await.unwrap();
    let list: Value = list.json().await.unwrap();
    assert_eq!(list["settlements"][0]["importedBy"], "staff:oleh");
    let admin = world.staff("adam", Role::Admin).await;
    let log = world.as_staff(&admin, Method::GET, "/v1/audit?actor=staff:oleh").send().await.unwrap();
    let log: Value = log.json().await.unwrap();
    let actions: Vec<&str> =
        log["entries"].as_array().unwrap().iter().map(|entry| text(&entry["action"])).collect();
    assert!(actions.contains(&"register_imported"), "{actions:?}");
}

#[tokio::test]
async fn a_form_with_a_file_is_the_file() {
    let world = World::start().await;
    world.paid("L-2").await;
    let file = Part::text(world.register("").await).file_name("register-2026-11-21.csv");
    let form = Form::new().text("comment", "from the bank").part("file", file);
    let answer = world.as_shop(Method::POST, "/v1/settlements").multipart(form).send().await.unwrap();
    assert_eq!(answer.status(), StatusCode::CREATED);
    assert_eq!(answer.json::<Value>().await.unwrap()["matched"], 1);
    let import = world.get("/v1/settlements").await["settlements"][0].clone();
    assert_eq!(import["file"], "register-2026-11-21.csv");
    assert_eq!((&import["importedBy"], &import["complete"]), (&json!("shop"), &json!(true)));
    assert_eq!(import["bytes"], import["bytesDone"]);
    let none = world.as_shop(Method::POST, "/v1/settlements").multipart(Form::new().text("a", "b"));
    assert_eq!(none.send().await.unwrap().status(), StatusCode::BAD_REQUEST);
}

#[tokio::test]
async fn a_file_that_breaks_off_on_its_way_leaves_nothing() {
    let world = World::start().await;
    world.paid("L-3").await;
    let file = world.register("").await;
    let address = world.base.trim_start_matches("http://");
    let mut connection = TcpStream::connect(address).await.unwrap();
    let head = format!(
        "POST /v1/settlements HTTP/1.1\r\nHost: {address}\r\nAuthorization: Bearer {SHOP_KEY}\r\nContent-Length: {}\r\n\r\n",
        file.len() + 1
    );
    connection.write_all(head.as_bytes()).await.unwrap();
    connection.write_all(file.as_bytes()).await.unwrap();
    connection.shutdown().await.unwrap();
    // Its answer, or its end: either way the backend is done with it.
    let mut rest = Vec::new();
    let _ = tokio::io::AsyncReadExt::read_to_end(&mut connection, &mut rest).await;
    assert_eq!(world.get("/v1/settlements").await["settlements"], json!([]));
    assert_eq!(world.order("L-3").await["state"], "CAPTURED");
    assert_eq!(world.import(file).await["matched"], 1);
}

#[tokio::test]
async fn an_import_cut_off_by_a_kill_goes_on_when_the_file_comes_again() {
    let world = World::without_backend(QUIET, free_port().await).await;
    let mut backend = spawn(&world).await;
    world.paid("L-4").await;
    let register = world.register("without=ecomOperationId,rrn").await;
    let payment = register.lines().nth(1).unwrap();
    let heading = register.lines().next().unwrap();
    let mut file = format!("{heading}\r\n");
    for number in 0..4_000 {
        writeln!(file, ";;unknown-{number};;;;PURCHASE;;100;980;2;98;").unwrap();
    }
    writeln!(file, "{payment}").unwrap();
    let request = world.as_shop(Method::POST, "/v1/settlements").body(file.clone());
    let cut_off = tokio::spawn(request.send());
    eventually(|| async {
        let list = world.get("/v1/settlements").await;
        let import = &list["settlements"][0];
        (import["rows"].as_u64().unwrap_or(0) > 0).then_some(())
    })
    .await;
    backend.kill().await.unwrap();
    assert!(cut_off.await.unwrap().is_err());

    let mut backend = spawn(&world).await;
    let half = world.get("/v1/settlements").await["settlements"][0].clone();
    assert_eq!(half["complete"], false);
    let before = half["rows"].as_u64().unwrap();
    assert!(before < 4_001, "it was killed in the middle: {half}");
    assert_eq!(half["unmatched"], before);
    assert_eq!(world.order("L-4").await["state"], "CAPTURED");
    let told = world.import(file).await;
    assert_eq!((&told["id"], &told["rows"]), (&half["id"], &json!(4_001)));
    assert_eq!((&told["alreadyKnown"], &told["matched"]), (&json!(before), &json!(1)));
    let day = world.get("/v1/settlements/days").await;
    let days = day["days"].as_array().unwrap();
    assert_eq!(days.iter().map(|day| day["openNetMinor"].as_i64().unwrap()).sum::<i64>(), 4_000 * 98);
    assert_eq!(world.order("L-4").await["state"], "PAID");
    backend.kill().await.unwrap();
}

#[tokio::test]
async fn two_who_send_the_same_file_at_once_import_it_once() {
    let world = World::start().await;
    world.paid("L-5").await;
    let file = world.register("unknownRow=1500").await;
    let (one, two, three) =
        tokio::join!(world.import(file.clone()), world.import(file.clone()), world.import(file));
    assert_eq!((&one["id"], &two["id"]), (&two["id"], &three["id"]));
    let fresh = |told: &Value| told["rows"].as_u64().unwrap() - told["alreadyKnown"].as_u64().unwrap();
    assert_eq!(fresh(&one) + fresh(&two) + fresh(&three), 1_501);
    let day = world.get("/v1/settlements/days").await["days"][0].clone();
    assert_eq!((&day["matched"], &day["open"]), (&json!(1), &json!(1_500)));
}

#[tokio::test]
async fn memory_does_not_grow_with_the_file() {
    // 15 MB.
    streams(1_500, 10_000).await;
}

#[tokio::test]
#[ignore = "a long run: 200,000 rows"]
async fn two_hundred_thousand_rows_are_imported_in_bounded_memory() {
    streams(200_000, 200).await;
}

/// Imports a file of unknown payments into a backend of its own and watches its memory.
async fn streams(rows: usize, width: usize) {
    let world = World::without_backend(QUIET, free_port().await).await;
    let mut backend = spawn(&world).await;
    // Warm: what the first import needs once is not the file's.
    world.import(format!("{HEADING}warm;;1;0;;{}\n", "x".repeat(width))).await;
    let pid = backend.id().unwrap();
    let before = peak_memory(pid);
    let wide = "x".repeat(width);
    let chunk = 100;
    let pieces = (0..rows / chunk).map(move |piece| {
        let mut text = if piece == 0 { HEADING.to_owned() } else { String::new() };
        for row in 0..chunk {
            writeln!(text, "id-{piece}-{row};;100;2;Order none;{wide}").unwrap();
        }
        Ok::<_, std::io::Error>(text)
    });
    let began = Instant::now();
    let body = reqwest::Body::wrap_stream(futures_util::stream::iter(pieces));
    let client = reqwest::Client::new();
    let url = format!("{}/v1/settlements", world.base);
    let answer = client.post(url).bearer_auth(SHOP_KEY).body(body).send().await.unwrap();
    let told: Value = answer.json().await.unwrap();
    assert_eq!((&told["rows"], &told["unmatched"]), (&json!(rows), &json!(rows)));
    let grown = peak_memory(pid) - before;
    println!("{rows} rows in {:?}, peak memory grew by {grown} kB", began.elapsed());
    assert!(grown < 8_192, "{rows} rows of {width} bytes grew the peak by {grown} kB");
    backend.kill().await.unwrap();
}

/// The most memory a process ever held, in kB.
fn peak_memory(pid: u32) -> u64 {
    let status = std::fs::read_to_string(format!("/proc/{pid}/status")).unwrap();
    let line = status.lines().find(|line| line.starts_with("VmHWM:")).unwrap();
    line.split_whitespace().nth(1).unwrap().parse().unwrap()
}
