//! What the configuration takes and how it refuses.

use super::*;

const MINIMAL: &str = r#"
    listen = "127.0.0.1:0"
    database = "ledger.sqlite"
    [shop]
    key_file = "shop-key"
    allowed_origins = ["http://127.0.0.1:8083/"]
    [bank]
    api = "http://127.0.0.1:8081"
    [[terminals]]
    pay_type = "PURCHASE"
    merchant_id = "m"
    service_code = "s"
    key_file = "purchase.jwk"
"#;

#[test]
fn a_minimal_file_gets_the_contracts_times() {
    let config = parse(MINIMAL).unwrap();
    assert_eq!(config.page_lifetime, Duration::from_mins(15));
    assert_eq!(config.schedule.min_gap, Duration::from_secs(2));
    let after: Vec<u64> = config.schedule.after_expiry.iter().map(Duration::as_secs).collect();
    assert_eq!(after, [60, 300, 1800, 21_600, 86_400]);
    assert_eq!(config.shop.allowed_origins, ["http://127.0.0.1:8083"]);
    assert!(!format!("{config:?}").contains("a-shop-key-of-enough-length"));
}

#[test]
fn holds_and_card_checks_are_refused_by_name() {
    for pay_type in ["PREAUTH", "VERIFICATION", "LOAN"] {
        let error = parse(&MINIMAL.replace("\"PURCHASE\"", &format!("\"{pay_type}\""))).unwrap_err();
        assert_eq!(error.key, "terminals[0].pay_type");
        assert!(error.problem.contains(pay_type), "{error}");
    }
}

#[test]
fn errors_name_the_key() {
    for (from, to, key) in [
        ("127.0.0.1:0", "nowhere", "listen"),
        ("http://127.0.0.1:8081", "ftp://bank", "bank.api"),
        ("http://127.0.0.1:8083/", "http://127.0.0.1:8083/shop", "shop.allowed_origins"),
        ("ledger.sqlite", "postgres://ledger", "database"),
        ("ledger.sqlite", "postgres://pay:hunter2@db.example/ledger", "database"),
        ("ledger.sqlite", "mysql://db.example/ledger", "database"),
        ("[bank]", "return_hosts = [\"https://shop.example/\"]\n[bank]", "shop.return_hosts"),
        ("listen =", "public_url = \"https://shop.example/pay\"\nlisten =", "public_url"),
        ("[[terminals]]", "[timing]\npage_lifetime = \"90s\"\n[[terminals]]", "timing.page_lifetime"),
        ("\"shop-key\"", "\"absent\"", "shop.key_file"),
        ("purchase.jwk", "shop-key", "terminals[0].key_file"),
    ] {
        assert_eq!(parse(&MINIMAL.replace(from, to)).unwrap_err().key, key);
    }
    for (added, key) in [
        ("[timing]\npage_lifetime = \"soon\"", "timing.page_lifetime"),
        ("[timing]\npage_life = \"5m\"", "timing.page_life"),
        ("[limits]\nconnections = \"many\"", "limits.connections"),
        ("[[terminals]]\npay_type = \"A2A\"", "terminals[1].merchant_id"),
    ] {
        assert_eq!(parse(&format!("{MINIMAL}\n{added}")).unwrap_err().key, key);
    }
    assert_eq!(parse(&MINIMAL.replace("api =", "#")).unwrap_err().key, "bank.api");
}

#[test]
fn webhooks_go_to_https_or_this_machine_and_are_signed() {
    let with = |lines: &str| parse(&MINIMAL.replace("[bank]", &format!("{lines}\n[bank]")));
    let secret = "webhook_secret_file = \"shop-key\"";
    for url in ["https://shop.example/hook", "http://127.0.0.1:8083/webhook", "http://localhost/webhook"] {
        let config = with(&format!("webhook_url = \"{url}\"\n{secret}")).unwrap();
        assert_eq!(config.webhooks.as_ref().unwrap().url.as_str(), url);
        assert!(!format!("{config:?}").contains("a-shop-key-of-enough-length"));
    }
    for (url, secret, key) in [
        ("http://shop.example/hook", secret, "shop.webhook_url"),
        ("http://10.0.0.1/hook", secret, "shop.webhook_url"),
        ("https://10.0.0.1/hook", secret, "shop.webhook_url"),
        ("https://169.254.169.254/latest", secret, "shop.webhook_url"),
        ("https://[fd00::1]/hook", secret, "shop.webhook_url"),
        ("https://user:word@shop.example/hook", secret, "shop.webhook_url"),
        ("file:///etc/passwd", secret, "shop.webhook_url"),
        ("https://shop.example/hook", "", "shop.webhook_secret_file"),
        ("https://shop.example/hook", "webhook_secret_file = \"absent\"", "shop.webhook_secret_file"),
    ] {
        assert_eq!(with(&format!("webhook_url = \"{url}\"\n{secret}")).unwrap_err().key, key, "{url}");
    }
    let wanted = format!("webhook_url = \"https://10.0.0.1/hook\"\nallow_private_webhooks = true\n{secret}");
    assert!(with(&wanted).unwrap().webhooks.unwrap().allow_private);
    assert!(parse(MINIMAL).unwrap().webhooks.is_none());
}

fn parse(text: &str) -> Result<Config, ConfigError> {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("shop-key"), "a-shop-key-of-enough-length\n").unwrap();
    let key = serde_json::to_string(&alliancepay::PrivateJwk::generate()).unwrap();
    std::fs::write(folder.path().join("purchase.jwk"), key).unwrap();
    Config::parse(text, folder.path(), &|_| None)
}
