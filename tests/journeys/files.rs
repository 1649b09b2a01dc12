//! One pipeline: what the shop's page loads is byte for byte what `dist/` offers merchants, and nothing comes from
//! anywhere else.

use base64::Engine;
use checkout_core::ErrorCode;
use serde_json::Value;
use sha2::{Digest, Sha384};

use crate::support::{Settings, dist, journey, trunk_output};

#[tokio::test]
async fn the_shops_page_loads_exactly_the_files_of_dist() {
    journey(Settings::default(), async |world| {
        let buyer = world.buyer().await?;
        buyer.places_an_order().await?;
        buyer.can_pay().await?;
        let loaded =
            buyer.runs("return performance.getEntriesByType('resource').map((one) => one.name);").await?;
        let loaded: Vec<String> = serde_json::from_value(loaded)?;
        let origins = [&world.at.backend, &world.at.shop, &world.at.bank];
        let is_ours =
            |url: &String| origins.iter().any(|origin| url.starts_with(*origin)) || url.starts_with("data:");
        assert!(loaded.iter().all(is_ours), "a third party was asked for something: {loaded:?}");

        let manifest: Value = serde_json::from_str(&std::fs::read_to_string(dist()?.join("manifest.json"))?)?;
        let widget: Vec<&String> = loaded.iter().filter(|url| url.contains("/widget/")).collect();
        assert!(widget.iter().any(|url| url.contains(".wasm")), "no wasm among {loaded:?}");
        for url in widget {
            let bytes = reqwest::get(url).await?.error_for_status()?.bytes().await?;
            let name = url.rsplit('/').next().unwrap_or_default();
            let listed = manifest["files"]
                .as_array()
                .into_iter()
                .flatten()
                .find(|file| file["path"] == name)
                .unwrap_or_else(|| panic!("{name} is not in the manifest"));
            assert!(hashed_as(&bytes, &listed["sha384"]), "{url} is not the file of dist/: {listed}");
        }
        Ok(())
    })
    .await;
}

#[test]
fn trunks_page_and_dist_hold_the_same_files() {
    let (dist, page) = (dist().expect("dist"), trunk_output().expect("Trunk's output").join("widget"));
    let manifest: Value =
        serde_json::from_str(&std::fs::read_to_string(dist.join("manifest.json")).expect("manifest"))
            .expect("JSON");
    let files = manifest["files"].as_array().expect("files");
    let wasm =
        files.iter().filter(|file| file["path"].as_str().is_some_and(|path| path.contains(".wasm"))).count();
    assert_eq!(wasm, 1, "one build, one WebAssembly file: {files:?}");
    for file in files {
        let path = file["path"].as_str().expect("path");
        let mine = std::fs::read(dist.join(path)).expect(path);
        assert!(hashed_as(&mine, &file["sha384"]), "{path} is not what the manifest says");
        assert!(
            std::fs::read(page.join(path)).expect(path) == mine,
            "{path} differs between Trunk's page and dist/"
        );
    }
}

#[test]
fn each_theming_property_is_documented_with_its_default() {
    let read = |path: &str| {
        std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/").to_owned() + path).expect(path)
    };
    let (tokens, documented) = (read("style/tokens.css"), read("docs/embedding.md"));
    let mut seen = 0;
    for declared in tokens.split("var(--alliancepay-").skip(1) {
        let (name, rest) = declared.split_once(", ").expect("a default");
        let default = rest.split(");").next().unwrap_or_default().trim_start_matches("light-dark(");
        let row = documented.lines().find(|line| line.starts_with(&format!("| `--alliancepay-{name}` |")));
        let row = row.unwrap_or_else(|| panic!("--alliancepay-{name} is not documented"));
        // In two schemes: the first stands for light, the second for dark.
        let is_whole = ["), ", "clamp", "color-mix"].iter().any(|part| default.contains(part));
        let colours: Vec<&str> = if default.starts_with("var(") {
            // Worked out of the page's colour: told in words.
            Vec::new()
        } else if is_whole {
            vec![default]
        } else {
            default.split(", ").collect()
        };
        for colour in colours {
            assert!(
                row.contains(&format!("`{}`", colour.trim_end_matches(')')))
                    || row.contains(&format!("`{colour}`")),
                "{name}: {colour} is not in {row}"
            );
        }
        seen += 1;
    }
    assert!(seen >= 20, "{seen}");
}

#[test]
fn each_code_of_an_error_is_documented() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/docs/embedding.md");
    let documented = std::fs::read_to_string(path).expect("the documentation");
    let of_the_loader = ["widget_unavailable", "widget_crashed"];
    let of_the_core = ErrorCode::ALL.iter().map(|code| code.as_str());
    for code in of_the_core.chain(of_the_loader) {
        assert!(documented.contains(&format!("\n| `{code}` |")), "{code}");
    }
}

#[test]
fn no_style_names_a_side_by_left_or_right() {
    for file in std::fs::read_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/style")).expect("style/") {
        let path = file.expect("a file").path();
        let of_the_shop = path.file_name().is_some_and(|name| name.to_string_lossy().starts_with("shop"));
        let css = std::fs::read_to_string(&path).expect("a style sheet");
        for line in css.lines().map(str::trim).filter(|_| !of_the_shop) {
            let property = line.split(':').next().unwrap_or_default();
            let sided =
                property.contains("left") || property.contains("right") || line.contains("text-align: left");
            assert!(!sided || line.starts_with("/*"), "{}: {line}", path.display());
        }
    }
}

/// Hashes are written as in a page's `integrity`, with or without the algorithm's name.
fn hashed_as(bytes: &[u8], listed: &Value) -> bool {
    let hash = base64::engine::general_purpose::STANDARD.encode(Sha384::digest(bytes));
    listed.as_str().is_some_and(|text| text.trim_start_matches("sha384-") == hash)
}
