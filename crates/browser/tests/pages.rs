//! The wrapper against the real Chromium: shadow roots, scripts off, pictures, DevTools commands.

use browser::{Chromium, Profile};
use serde_json::json;

const PAGE: &str = "data:text/html,<title>shop</title><noscript>plain</noscript><div id=host></div><script>\
    const root=document.getElementById('host').attachShadow({mode:'open'});\
    root.innerHTML='<button>Pay</button><p>waiting</p>';\
    root.querySelector('button').onclick=(e)=>setTimeout(()=>{root.querySelector('p').textContent=e.isTrusted?'paid':'forged'},50)\
    </script>";

#[tokio::test]
async fn a_button_inside_a_shadow_root_is_found_and_really_pressed() {
    let chromium = Chromium::start().expect("chromedriver");
    let page = chromium.open(&Profile::default()).await.expect("browser");
    page.goto(PAGE).await.expect("page");
    page.press("button").await.expect("press");
    page.wait_until("deep('p').textContent === 'paid'").await.expect("trusted click");
    assert!(page.describe().await.contains("paid"));

    let folder = tempfile::tempdir().expect("folder");
    let picture = folder.path().join("page.png");
    page.screenshot(&picture).await.expect("picture");
    assert!(std::fs::metadata(&picture).expect("file").len() > 500);

    let answer = page.devtools("Runtime.evaluate", json!({"expression": "1+1"})).await.expect("devtools");
    assert_eq!(answer["result"]["value"], 2);
    page.close().await.expect("close");
}

#[tokio::test]
async fn with_scripts_off_the_page_shows_what_is_for_browsers_without_them() {
    let chromium = Chromium::start().expect("chromedriver");
    let page = chromium.open(&Profile::default().without_scripts()).await.expect("browser");
    page.goto(PAGE).await.expect("page");
    assert_eq!(page.text("body").await.expect("text"), "plain");
    assert!(page.holds("document.getElementById('host').shadowRoot === null").await.expect("no script ran"));
    page.close().await.expect("close");
}
