//! The files that shops' pages load.

use reqwest::{Method, Response, StatusCode};

use crate::support::{QUIET, World};

#[tokio::test]
async fn stable_names_are_revalidated_and_lasting_names_are_kept() {
    let world = World::start().await;
    let folder = world.folder.path().join("widget");
    std::fs::create_dir(folder.join("0.1.0")).unwrap();
    for (name, text) in [
        ("alliancepay.js", "loader"),
        ("widget-0123456789abcdef.wasm", "wasm"),
        ("widget-0123456789abcdef.wasm.br", "brotli"),
        ("0.1.0/alliancepay.js", "loader"),
        ("manifest.json", "{}"),
    ] {
        std::fs::write(folder.join(name), text).unwrap();
    }
    let get = |path: &str| world.request(Method::GET, &format!("/widget/{path}")).send();

    let stable = get("alliancepay.js").await.unwrap();
    assert_eq!(header(&stable, "cache-control"), "public, no-cache");
    assert_eq!(header(&stable, "content-type"), "text/javascript");
    assert_eq!(header(&stable, "access-control-allow-origin"), "*");
    assert_eq!(header(&stable, "cross-origin-resource-policy"), "cross-origin");
    let modified = header(&stable, "last-modified").to_owned();
    let path = "/widget/alliancepay.js";
    let again = world.request(Method::GET, path).header("If-Modified-Since", modified).send().await.unwrap();
    assert_eq!(again.status(), StatusCode::NOT_MODIFIED);

    let lasting = get("widget-0123456789abcdef.wasm").await.unwrap();
    assert_eq!(header(&lasting, "content-type"), "application/wasm");
    assert!(header(&lasting, "cache-control").contains("immutable"));
    let path = "/widget/widget-0123456789abcdef.wasm";
    let packed = world.request(Method::GET, path).header("Accept-Encoding", "gzip, br").send().await.unwrap();
    assert_eq!(header(&packed, "content-encoding"), "br");
    assert_eq!(header(&packed, "content-type"), "application/wasm");
    assert_eq!(packed.text().await.unwrap(), "brotli");

    assert!(header(&get("0.1.0/alliancepay.js").await.unwrap(), "cache-control").contains("immutable"));
    assert_eq!(header(&get("manifest.json").await.unwrap(), "content-type"), "application/json");
    for absent in ["nothing.js", "..%2fshop-key", "../shop-key", "%2e%2e/shop-key"] {
        let answer = get(absent).await.unwrap();
        assert_eq!(answer.status(), StatusCode::NOT_FOUND, "{absent}");
        assert_eq!(header(&answer, "cache-control"), "no-store");
    }
}

#[tokio::test]
async fn the_files_are_at_their_versions_address_too_and_there_they_last() {
    let mut world = World::without_backend(QUIET, 0).await;
    let folder = world.folder.path().join("widget");
    std::fs::create_dir_all(&folder).unwrap();
    std::fs::write(folder.join("alliancepay.js"), "loader").unwrap();
    std::fs::write(folder.join("manifest.json"), r#"{"version": "1.2.3", "files": []}"#).unwrap();
    world.start_backend().await;
    let get = |path: &str| world.request(Method::GET, &format!("/widget/{path}")).send();

    let lasting = get("1.2.3/alliancepay.js").await.unwrap();
    assert!(header(&lasting, "cache-control").contains("immutable"));
    assert_eq!(header(&lasting, "access-control-allow-origin"), "*", "or no page could check its hash");
    assert_eq!(lasting.text().await.unwrap(), "loader");
    assert_eq!(header(&get("alliancepay.js").await.unwrap(), "cache-control"), "public, no-cache");
}

#[tokio::test]
async fn a_page_that_names_a_version_of_yesterday_is_led_to_the_file_of_today() {
    let mut world = World::without_backend(QUIET, 0).await;
    let folder = world.folder.path().join("widget");
    std::fs::create_dir_all(folder.join("1.1.0")).unwrap();
    std::fs::write(folder.join("alliancepay.js"), "today's").unwrap();
    std::fs::write(folder.join("1.1.0/alliancepay.js"), "kept").unwrap();
    std::fs::write(folder.join("manifest.json"), r#"{"version": "1.2.3-0a1b", "files": []}"#).unwrap();
    world.start_backend().await;
    let get = |path: &str| world.request(Method::GET, &format!("/widget/{path}")).send();

    let led = get("1.2.2-77ff/alliancepay.js").await.unwrap();
    assert_eq!(led.status(), StatusCode::TEMPORARY_REDIRECT);
    assert_eq!(header(&led, "cache-control"), "public, no-cache", "tomorrow it may lead elsewhere");
    assert_eq!(header(&led, "access-control-allow-origin"), "*", "or a script with a hash could not follow");
    let today = led.url().join(header(&led, "location")).unwrap();
    assert_eq!(today.path(), "/widget/alliancepay.js");
    let nothing = get("1.2.2/nothing.js").await.unwrap();
    assert_eq!(nothing.url().join(header(&nothing, "location")).unwrap().path(), "/widget/nothing.js");
    let outside = get("1.2.2//elsewhere.example/a.js").await.unwrap();
    assert!(header(&outside, "location").starts_with("../"), "it leads nowhere else");

    let kept = get("1.1.0/alliancepay.js").await.unwrap();
    assert_eq!(kept.text().await.unwrap(), "kept", "an older build that was left there is served as it was");
}

fn header<'a>(answer: &'a Response, name: &str) -> &'a str {
    answer.headers().get(name).map_or("", |value| value.to_str().unwrap())
}
