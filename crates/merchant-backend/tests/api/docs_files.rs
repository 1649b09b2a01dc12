//! The documentation's files: where they are, what they may load, and what the playground is told.

use reqwest::{Method, StatusCode};
use serde_json::Value;

use crate::support::{QUIET, World};

#[tokio::test]
async fn the_documentation_is_served_and_its_playground_works_in_a_demo_only() {
    for demo in [false, true] {
        let mut world = World::without_backend(QUIET, 0).await;
        let folder = world.folder.path().join("docs");
        std::fs::create_dir(&folder).unwrap();
        std::fs::write(folder.join("index.html"), "<!doctype html><title>Docs</title>").unwrap();
        let config = std::fs::read_to_string(world.config_file()).unwrap();
        let config: Vec<&str> = config.lines().filter(|line| !line.starts_with("demo_shop")).collect();
        let shop = if demo { "demo_shop = \"http://127.0.0.1:9\"\n" } else { "" };
        let config = format!("docs_dir = \"docs\"\n{shop}{}", config.join("\n"));
        std::fs::write(world.config_file(), config).unwrap();
        world.start_backend().await;

        let bare = world.request(Method::GET, "/docs").send().await.unwrap();
        assert_eq!(bare.status(), StatusCode::PERMANENT_REDIRECT);
        let page = world.request(Method::GET, "/docs/").send().await.unwrap();
        assert_eq!(page.status(), StatusCode::OK);
        let policy = page.headers()["content-security-policy"].to_str().unwrap().to_owned();
        assert!(policy.starts_with("default-src 'none'; script-src 'self' 'wasm-unsafe-eval';"), "{policy}");
        assert_eq!(policy.contains("http://127.0.0.1:9"), demo, "{policy}");

        let settings = world.request(Method::GET, "/docs/playground/settings.json").send().await.unwrap();
        if demo {
            let settings: Value = settings.json().await.unwrap();
            assert_eq!(settings["shop"], "http://127.0.0.1:9");
        } else {
            assert_eq!(settings.status(), StatusCode::NOT_FOUND);
        }
        let outside = world.request(Method::GET, "/docs/../config.toml").send().await.unwrap();
        assert_eq!(outside.status(), StatusCode::NOT_FOUND);
    }
}
