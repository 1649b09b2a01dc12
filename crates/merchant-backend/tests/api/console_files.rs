//! The console's files: where they are, who may load and frame them.

use reqwest::{Method, StatusCode};

use crate::support::{QUIET, World};

#[tokio::test]
async fn the_console_is_served_under_a_strict_policy() {
    let mut world = World::without_backend(QUIET, 0).await;
    let folder = world.folder.path().join("console");
    std::fs::create_dir(&folder).unwrap();
    std::fs::write(folder.join("index.html"), "<!doctype html><title>Console</title>").unwrap();
    std::fs::write(folder.join("console-0a1b2c3d4e5f6071.js"), "").unwrap();
    std::fs::write(folder.join("elements.js"), "").unwrap();
    let config = std::fs::read_to_string(world.config_file()).unwrap();
    std::fs::write(world.config_file(), format!("console_dir = \"console\"\n{config}")).unwrap();
    world.start_backend().await;

    let bare = world.request(Method::GET, "/console").send().await.unwrap();
    assert_eq!(
        (bare.status(), &bare.headers()["location"]),
        (StatusCode::PERMANENT_REDIRECT, &"/console/".parse().unwrap())
    );
    for (path, caching) in [
        ("/console/", "no-cache"),
        ("/console/elements.js", "no-cache"),
        ("/console/console-0a1b2c3d4e5f6071.js", "public, max-age=31536000, immutable"),
    ] {
        let answer = world.request(Method::GET, path).send().await.unwrap();
        assert_eq!(answer.status(), StatusCode::OK, "{path}");
        let headers = answer.headers();
        assert_eq!(headers["cache-control"], caching, "{path}");
        assert_eq!(headers["x-content-type-options"], "nosniff");
        assert_eq!(headers["access-control-allow-origin"], "*");
        let policy = headers["content-security-policy"].to_str().unwrap();
        for part in
            ["default-src 'none'", "frame-ancestors 'none'", "form-action 'none'", "trusted-types 'none'"]
        {
            assert!(policy.contains(part), "{policy}");
        }
        assert!(!policy.contains("unsafe-inline") && !policy.contains("'unsafe-eval'"), "{policy}");
    }
    let missing = world.request(Method::GET, "/console/../config.toml").send().await.unwrap();
    assert_eq!(missing.status(), StatusCode::NOT_FOUND);
}
