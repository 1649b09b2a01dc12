//! The wrapper against the real browsers: shadow roots, scripts off, pictures, roles and names, the look that is asked
//! for, the line cut.

use browser::{Driver, Engine, Page, Profile, Scheme};
use serde_json::json;

const PAGE: &str = "data:text/html,<title>shop</title><noscript>plain</noscript><div id=host></div><script>\
    const root=document.getElementById('host').attachShadow({mode:'open'});\
    root.innerHTML='<button>Pay</button><p>waiting</p>';\
    root.querySelector('button').onclick=(e)=>setTimeout(()=>{root.querySelector('p').textContent=e.isTrusted?'paid':'forged'},50)\
    </script>";

#[tokio::test]
async fn a_button_inside_a_shadow_root_is_found_and_really_pressed() {
    for engine in Engine::ALL {
        let (_driver, page) = opened(engine, &Profile::default()).await;
        page.goto(PAGE).await.expect("page");
        page.press("button").await.expect("press");
        page.wait_until("deep('p').textContent === 'paid'").await.expect("trusted click");
        assert!(page.describe().await.contains("paid"));

        let button = page.find("button").await.expect("button");
        let spoken = page.spoken(&button).await.expect("role and name");
        assert_eq!(spoken, ("button".to_owned(), "Pay".to_owned()));

        let folder = tempfile::tempdir().expect("folder");
        let picture = folder.path().join("page.png");
        page.screenshot(&picture).await.expect("picture");
        assert!(std::fs::metadata(&picture).expect("file").len() > 500);
        page.close().await.expect("close");
    }
}

#[tokio::test]
async fn with_scripts_off_the_page_shows_what_is_for_browsers_without_them() {
    for engine in Engine::ALL {
        let (_driver, page) = opened(engine, &Profile::default().without_scripts()).await;
        page.goto(PAGE).await.expect("page");
        assert_eq!(page.text("body").await.expect("text"), "plain", "{}", engine.name());
        page.close().await.expect("close");
    }
}

#[tokio::test]
async fn the_page_is_shown_as_the_buyers_system_is_set() {
    const QUERIES: [&str; 3] =
        ["prefers-color-scheme: dark", "forced-colors: active", "prefers-reduced-motion: reduce"];
    for engine in Engine::ALL {
        let looks = [
            (None, Profile::default()),
            (Some(QUERIES[0]), Profile::default().scheme(Scheme::Dark)),
            (Some(QUERIES[1]), Profile::default().forced_colours()),
            (Some(QUERIES[2]), Profile::default().reduced_motion()),
        ];
        for (asked_for, profile) in looks {
            let (_driver, page) = opened(engine, &profile).await;
            page.goto(PAGE).await.expect("page");
            for query in QUERIES {
                // Colours that are forced may be dark ones.
                if asked_for == Some(QUERIES[1]) && query == QUERIES[0] {
                    continue;
                }
                let matches =
                    page.holds(&format!("matchMedia('({query})').matches")).await.expect("an answer");
                assert_eq!(matches, asked_for == Some(query), "{} {query}", engine.name());
            }
            page.close().await.expect("close");
        }
    }
}

#[tokio::test]
async fn a_zoom_of_four_hundred_percent_leaves_a_quarter_of_the_width() {
    for engine in Engine::ALL {
        let profile = Profile::default().window(1280, 1024).zoomed(4);
        let (_driver, page) = opened(engine, &profile).await;
        page.goto(PAGE).await.expect("page");
        let width = page.run("return innerWidth;", &[]).await.expect("a width");
        assert_eq!(width, json!(320), "{}", engine.name());
        page.close().await.expect("close");
    }
}

#[tokio::test]
async fn a_cut_line_is_known_to_the_page() {
    for engine in Engine::ALL {
        let (_driver, page) = opened(engine, &Profile::default()).await;
        page.goto(PAGE).await.expect("page");
        for cut in [true, false] {
            page.offline(cut).await.expect("the line");
            page.wait_until(&format!("navigator.onLine === {}", !cut))
                .await
                .unwrap_or_else(|error| panic!("{}: {error:#}", engine.name()));
        }
        page.close().await.expect("close");
    }
}

#[tokio::test]
async fn only_chromium_speaks_devtools() {
    let (_driver, page) = opened(Engine::Chromium, &Profile::default()).await;
    let answer = page.devtools("Runtime.evaluate", json!({"expression": "1+1"})).await.expect("devtools");
    assert_eq!(answer["result"]["value"], 2);
    page.close().await.expect("close");
}

async fn opened(engine: Engine, profile: &Profile) -> (Driver, Page) {
    let driver = Driver::start(engine).expect("a driver");
    let page = driver.open(profile).await.unwrap_or_else(|error| panic!("{}: {error:#}", engine.name()));
    (driver, page)
}
