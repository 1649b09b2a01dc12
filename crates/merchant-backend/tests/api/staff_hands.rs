//! The hands of the merchant's staff: an account, a signed-in browser, a console token.

use console_api::Role;
use merchant_backend::{Config, staff};
use reqwest::{Method, RequestBuilder, Response, StatusCode, header};
use serde_json::{Value, json};

use crate::support::{World, text};

pub(crate) const PASSWORD: &str = "plum violin harbour seventeen";

/// A browser in which somebody is signed in.
#[derive(Clone)]
pub(crate) struct Browser {
    pub(crate) cookie: String,
    pub(crate) csrf: String,
}

impl World {
    /// An account from the command line, and its browser.
    pub(crate) async fn staff(&self, login: &str, role: Role) -> Browser {
        self.account(login, role).await;
        self.sign_in(login, PASSWORD).await
    }

    pub(crate) async fn account(&self, login: &str, role: Role) {
        let config = Config::read(&self.config_file()).unwrap();
        staff::create(&config, login, PASSWORD, role).await.unwrap();
    }

    pub(crate) async fn sign_in(&self, login: &str, password: &str) -> Browser {
        let answer = self.try_sign_in(&json!({"login": login, "password": password})).await;
        browser(answer).await
    }

    pub(crate) async fn try_sign_in(&self, body: &Value) -> Response {
        self.request(Method::POST, "/v1/staff/session").json(body).send().await.unwrap()
    }

    /// As the console's own page asks.
    pub(crate) fn as_staff(&self, browser: &Browser, method: Method, path: &str) -> RequestBuilder {
        self.request(method, path)
            .header(header::COOKIE, &browser.cookie)
            .header("X-CSRF-Token", &browser.csrf)
    }

    /// A token for a view in the shop's own admin.
    pub(crate) async fn console_token(&self, scope: &str, role: &str) -> String {
        let body = json!({"scope": scope, "role": role, "actor": "wp:maria", "ttlSeconds": 600});
        let answer = self.as_shop(Method::POST, "/v1/console-tokens").json(&body).send().await.unwrap();
        assert_eq!(answer.status(), StatusCode::CREATED, "{}", answer.text().await.unwrap());
        text(&answer.json::<Value>().await.unwrap()["token"]).to_owned()
    }

    pub(crate) async fn staff_refund(&self, by: &Browser, order: &str, key: &str, body: Value) -> Response {
        let request = self.as_staff(by, Method::POST, &format!("/v1/orders/{order}/refunds"));
        request.header("Idempotency-Key", key).json(&body).send().await.unwrap()
    }
}

/// The browser of an answer that let somebody in.
pub(crate) async fn browser(answer: Response) -> Browser {
    assert_eq!(answer.status(), StatusCode::OK, "{}", answer.text().await.unwrap());
    let cookie = answer.headers()[header::SET_COOKIE].to_str().unwrap();
    let cookie = cookie.split(';').next().unwrap().to_owned();
    let body: Value = answer.json().await.unwrap();
    Browser { cookie, csrf: text(&body["csrf"]).to_owned() }
}

pub(crate) async fn refusal(answer: Response) -> (u16, String) {
    let status = answer.status().as_u16();
    let problem: Value = answer.json().await.unwrap();
    (status, text(&problem["code"]).to_owned())
}
