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
        ("\"shop-key\"", "\"absent\"", "shop.key_file"),
        ("purchase.jwk", "shop-key", "terminals[0].key_file"),
    ] {
        assert_eq!(parse(&MINIMAL.replace(from, to)).unwrap_err().key, key);
    }
    let timing = format!("{MINIMAL}\n[timing]\npage_lifetime = \"soon\"");
    assert!(parse(&timing).unwrap_err().to_string().contains("page_lifetime"));
    let unknown = format!("{MINIMAL}\n[timing]\npage_life = \"5m\"");
    assert!(parse(&unknown).unwrap_err().to_string().contains("page_life"));
}

fn parse(text: &str) -> Result<Config, ConfigError> {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("shop-key"), "a-shop-key-of-enough-length\n").unwrap();
    let key = serde_json::to_string(&alliancepay::PrivateJwk::generate()).unwrap();
    std::fs::write(folder.path().join("purchase.jwk"), key).unwrap();
    Config::parse(text, folder.path())
}
