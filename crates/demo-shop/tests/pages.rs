//! The shop over real HTTP, on the page as it stands in the repository. The backend's part is in the journeys:
//! here nothing listens at its address, so that what the shop does without it shows.

#![allow(clippy::unwrap_used, reason = "a broken set-up must fail the test where it breaks")]

use std::path::PathBuf;

use demo_shop::{Config, ShopKey, WebhookSecret};
use hmac::{Hmac, Mac};
use reqwest::{Client, Response, StatusCode, redirect};
use sha2::Sha256;
use tempfile::TempDir;
use tokio::net::TcpListener;
use url::Url;

#[tokio::test]
async fn in_ukrainian_the_shop_changes_no_text_of_the_page() {
    let shop = Shop::open().await;
    assert_eq!(texts(&shop.text("/").await), texts(&index()));
}

#[tokio::test]
async fn the_language_of_the_address_is_kept_for_the_next_page() {
    let shop = Shop::open().await;
    let english = shop.get("/?lang=en&theme=dark").await;
    let cookies: Vec<_> = english.headers().get_all("set-cookie").iter().cloned().collect();
    let cookies: Vec<_> =
        cookies.iter().map(|cookie| cookie.to_str().unwrap().split(';').next().unwrap()).collect();

    let next = shop.client.get(shop.at("/")).header("cookie", cookies.join("; ")).send().await.unwrap();

    let page = next.text().await.unwrap();
    assert!(page.contains(r#"<html lang="en" data-theme="dark">"#));
    assert!(page.contains("UAH\u{a0}1,089.90"));
    assert!(page.contains(r#"lang="en""#) && page.contains(r#"theme="dark""#), "the widget follows");
}

#[tokio::test]
async fn in_euro_the_page_and_the_widget_name_euro() {
    let shop = Shop::open().await;
    let page = shop.text("/?lang=en&currency=EUR").await;
    assert!(page.contains("€26.20") && !page.contains("UAH\u{a0}"), "{page}");
    assert!(page.contains(r#"amount="2620""#) && page.contains(r#"currency="EUR""#));
    let placed = shop.text(&location(&shop.place("transfer").await)).await;
    assert!(!placed.contains("data-currency="), "a placed order keeps its currency");
}

#[tokio::test]
async fn the_page_loads_the_widget_from_the_backend_and_names_it() {
    let shop = Shop::open().await;
    let page = shop.text("/").await;
    assert!(page.contains(r#"<script src="http://127.0.0.1:9/widget/alliancepay.js" async></script>"#));
    assert!(page.contains(r#"backend="http://127.0.0.1:9""#));
    assert!(page.contains(r#"data-bank="http://127.0.0.1:19""#));
}

#[tokio::test]
async fn every_answer_carries_the_policy() {
    let shop = Shop::open().await;
    for path in ["/", "/orders/Z-1/pay", "/nowhere", "/assets/sandbox.js"] {
        let answer = shop.get(path).await;
        let csp = answer.headers()["content-security-policy"].to_str().unwrap();
        assert!(
            csp.starts_with("default-src 'none'; script-src 'self' http://127.0.0.1:9 'wasm-unsafe-eval';"),
            "{csp}"
        );
        assert!(csp.contains("form-action 'self' http://127.0.0.1:9 http://127.0.0.1:29;"), "{csp}");
        assert!(!csp.contains("unsafe-inline"), "{csp}");
        assert_eq!(answer.headers()["referrer-policy"], "no-referrer");
    }
}

#[tokio::test]
async fn the_policy_can_leave_webassembly_out() {
    let shop = Shop::open_with(|config| config.allow_wasm = false).await;
    let answer = shop.get("/").await;
    assert!(!answer.headers()["content-security-policy"].to_str().unwrap().contains("wasm"));
}

#[tokio::test]
async fn the_page_has_no_inline_script_and_no_inline_style() {
    let page = Shop::open().await.text("/").await;
    assert!(!page.contains("<style") && !page.contains(" style=") && !page.contains(" onclick="));
    assert!(page.split("<script").skip(1).all(|script| script.split('>').next().unwrap().contains("src=")));
}

#[tokio::test]
async fn another_way_to_pay_places_the_order_at_once() {
    let shop = Shop::open().await;
    let placed = shop.place("transfer").await;
    assert_eq!(placed.status(), StatusCode::SEE_OTHER);
    let page = shop.text(&location(&placed)).await;
    assert!(page.contains("Дякуємо, замовлення прийнято"));
    assert!(!page.contains("<alliancepay-checkout"));
}

#[tokio::test]
async fn a_form_without_a_known_method_places_nothing() {
    let shop = Shop::open().await;
    assert_eq!(shop.place("gold").await.status(), StatusCode::UNPROCESSABLE_ENTITY);
}

#[tokio::test]
async fn without_the_backend_the_order_stays_and_the_buyer_is_told() {
    let shop = Shop::open().await;
    let placed = shop.place("alliancepay").await;
    assert_eq!(placed.status(), StatusCode::SEE_OTHER);
    let pay = shop.get(&location(&placed)).await;
    assert_eq!(pay.status(), StatusCode::BAD_GATEWAY);
    assert!(pay.text().await.unwrap().contains("Ваше замовлення збережено, гроші не списано"));
}

#[tokio::test]
async fn an_order_opens_with_its_key_only() {
    let shop = Shop::open().await;
    let place = location(&shop.place("transfer").await);
    let (path, _) = place.split_once('?').unwrap();
    let unknown = without_switches(&shop.text("/orders/Z-22222222?key=0").await);
    for page in ["", "/pay", "/return"] {
        for query in ["", "?key=", "?key=00000000000000000000000000000000"] {
            let answer = shop.get(&format!("{path}{page}{query}")).await;
            assert_eq!(answer.status(), StatusCode::NOT_FOUND, "{page}{query}");
            assert_eq!(without_switches(&answer.text().await.unwrap()), unknown, "a wrong key tells nothing");
        }
    }
    assert_eq!(shop.get(&format!("{path}/token?key=0")).await.status(), StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn the_return_page_links_the_status_page_of_its_session() {
    let shop = Shop::open().await;
    let place = location(&shop.place("alliancepay").await).replace("/pay?", "/return?");
    let page = shop.text(&format!("{place}&alliancepay_session=s_1-A")).await;
    assert!(page.contains(r#"href="http://127.0.0.1:9/pay/s_1-A""#));
    assert!(page.contains(r#"session="s_1-A""#));
}

#[tokio::test]
async fn what_stands_in_the_address_is_never_markup() {
    let shop = Shop::open().await;
    let place = location(&shop.place("alliancepay").await).replace("/pay?", "/return?");
    let hostile = "%22%3E%3Cscript%3Ealert(1)%3C/script%3E";
    let page = shop.text(&format!("{place}&alliancepay_session={hostile}&lang={hostile}&x={hostile}")).await;
    assert!(!page.contains("<script>"));
    assert!(!page.contains(" session=") && !page.contains("/pay/"), "what is no session is left out");
    let climbing = shop.text(&format!("{place}&alliancepay_session=../console")).await;
    assert!(!climbing.contains("/pay/../console"));
}

#[tokio::test]
async fn a_signed_webhook_marks_the_order_paid_and_an_unsigned_one_marks_nothing() {
    let shop = Shop::open().await;
    let place = location(&shop.place("alliancepay").await).replace("/pay?", "?");
    let number = place.split(['/', '?']).nth(2).unwrap().to_owned();
    let golden = include_str!("../../checkout-api/tests/golden/webhook/order-updated.json");
    let mut told: serde_json::Value = serde_json::from_str(golden).unwrap();
    told["order"]["order"] = number.into();
    told["order"]["anomalies"] = serde_json::json!([]);
    let captured = told.to_string();
    let now = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap().as_secs();

    for (signature, status) in [
        ("t=1,v1=00".to_owned(), StatusCode::UNAUTHORIZED),
        (signature(now - 301, &captured), StatusCode::UNAUTHORIZED),
        (signature(now, "{}"), StatusCode::UNAUTHORIZED),
    ] {
        assert_eq!(shop.tell(&signature, &captured).await, status);
        assert!(!shop.text(&place).await.contains("data-mark"));
    }
    assert_eq!(shop.tell(&signature(now, &captured), &captured).await, StatusCode::NO_CONTENT);
    let marked = shop.text(&place).await;
    assert!(marked.contains("data-mark=\"paid\""), "{marked}");
    told["order"]["revision"] = 6.into();
    told["order"]["state"] = "CREATED".into();
    let older = told.to_string();
    assert_eq!(shop.tell(&signature(now, &older), &older).await, StatusCode::NO_CONTENT);
    assert!(shop.text(&place).await.contains("data-mark=\"paid\""));

    // Any anomaly holds the parcel back until a person has looked.
    told["order"]["revision"] = 8.into();
    told["order"]["state"] = "CAPTURED".into();
    told["order"]["anomalies"] = serde_json::json!(["repeated"]);
    let repeated = told.to_string();
    assert_eq!(shop.tell(&signature(now, &repeated), &repeated).await, StatusCode::NO_CONTENT);
    assert!(shop.text(&place).await.contains("data-mark=\"checking\""));
}

#[tokio::test]
async fn a_folder_without_the_page_is_refused_by_name() {
    let empty = TempDir::new().unwrap();
    let error = demo_shop::router(config(empty.path().to_owned())).unwrap_err().to_string();
    assert!(error.contains(empty.path().to_str().unwrap()) && error.contains("trunk build"), "{error}");
}

struct Shop {
    url: String,
    client: Client,
    _page: TempDir,
}

impl Shop {
    async fn open() -> Self {
        Self::open_with(|_| {}).await
    }

    async fn open_with(change: impl FnOnce(&mut Config)) -> Self {
        let page = TempDir::new().unwrap();
        std::fs::write(page.path().join("index.html"), index()).unwrap();
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let mut config = config(page.path().to_owned());
        config.public_url = Url::parse(&url).unwrap();
        change(&mut config);
        tokio::spawn(demo_shop::serve(listener, config));
        let client = Client::builder().redirect(redirect::Policy::none()).no_proxy().build().unwrap();
        Self { url, client, _page: page }
    }

    fn at(&self, path: &str) -> String {
        format!("{}{path}", self.url)
    }

    async fn get(&self, path: &str) -> Response {
        self.client.get(self.at(path)).send().await.unwrap()
    }

    async fn text(&self, path: &str) -> String {
        self.get(path).await.text().await.unwrap()
    }

    async fn tell(&self, signature: &str, body: &str) -> StatusCode {
        let request = self.client.post(self.at("/webhook")).header("AlliancePay-Signature", signature);
        request.body(body.to_owned()).send().await.unwrap().status()
    }

    async fn place(&self, method: &str) -> Response {
        let form = [("method", method), ("name", "Олена")];
        self.client.post(self.at("/orders")).form(&form).send().await.unwrap()
    }
}

const SECRET: &str = "the-webhook-secret-of-this-test";

fn signature(time: u64, body: &str) -> String {
    let mut mac = Hmac::<Sha256>::new_from_slice(SECRET.as_bytes()).unwrap();
    mac.update(format!("{time}.{body}").as_bytes());
    format!("t={time},v1={:x}", mac.finalize().into_bytes())
}

/// Ports 9, 19 and 29 answer nobody.
fn config(page_dir: PathBuf) -> Config {
    let at = |port: u16| Url::parse(&format!("http://127.0.0.1:{port}")).unwrap();
    Config {
        public_url: at(8083),
        backend: at(9),
        bank: at(19),
        bank_page: Some(at(29)),
        page_dir,
        shop_key: ShopKey::new("key\n"),
        webhook_secret: Some(WebhookSecret::new(SECRET)),
        allow_wasm: true,
    }
}

fn index() -> String {
    std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/../../index.html")).unwrap()
}

fn location(answer: &Response) -> String {
    answer.headers()["location"].to_str().unwrap().to_owned()
}

/// What a page says, tag by tag; spaces that do not break count as spaces.
fn texts(page: &str) -> Vec<String> {
    let after_tags = page.split('<').filter_map(|piece| piece.split_once('>')).map(|(_, text)| text);
    let words = after_tags.map(|text| text.split_whitespace().collect::<Vec<_>>().join(" "));
    words.filter(|text| !text.is_empty()).collect()
}

/// The switches link to the page's own address, which differs from page to page.
fn without_switches(page: &str) -> String {
    page.lines().filter(|line| !line.contains("data-lang=") && !line.contains("data-theme-link=")).collect()
}
