//! The documentation's playground: a control for every option, every theming property and every fault of the sandbox bank,
//! and a widget that pays.

use std::collections::BTreeSet;

use anyhow::{Context, ensure};
use serde_json::{Value, json};

use crate::phases::violations;
use crate::support::{Buyer, Card, PAID, Profile, Settings, World, journey};

const CALLS: [&str; 5] = ["authorize", "create-order", "operations", "refund", "notification"];
const KINDS: [&str; 12] = [
    "slow",
    "http500",
    "answer-lost",
    "lost",
    "late",
    "twice",
    "reordered",
    "pending",
    "expired",
    "duplicate-refused",
    "duplicate-replayed",
    "token-killed",
];

#[tokio::test]
async fn in_the_playground_a_fault_is_set_and_the_order_is_paid_all_the_same() {
    journey(Settings::with_docs(), async |world| {
        let buyer = at_the_playground(world, &Profile::default()).await?;
        buyer.can_pay().await?;
        buyer.runs(&sets("[name=fault]", "create-order http500")).await?;
        buyer.page().press("[data-do=fault]").await?;
        buyer.sees("Set: the next call meets it.").await?;
        buyer.sees("create-order: http500, once").await?;
        buyer.presses_pay().await?;
        buyer.is_at_the_bank().await?;
        ensure!(world.bank.calls("create-order").await? >= 2, "the fault was met");
        buyer.pays_with(Card::Succeeds).await?;
        buyer.comes_back().await?;
        buyer.sees(PAID).await?;
        buyer.sees("alliancepay:outcome").await?;
        let order = world.ledger.all_attempts()?.pop().context("an attempt")?.order;
        world.ledger.is_captured_once(&order).await.map(drop)
    })
    .await;
}

#[tokio::test]
async fn the_playground_has_a_control_for_every_option_and_property_and_shows_what_they_do() {
    journey(Settings::with_docs(), async |world| {
        let buyer = at_the_playground(world, &Profile::default()).await?;
        buyer.can_pay().await?;
        let options: Value = serde_json::from_str(&read("embed/options.json")?)?;
        let options = options.as_array().context("the options")?.iter().map(|option| option["name"].clone());
        ensure!(controls(&buyer, "option").await? == options.collect::<Vec<_>>(), "one for every option");
        let tokens = read("style/tokens.css")?;
        let declared = tokens.split("var(--alliancepay-").skip(1);
        let declared: BTreeSet<&str> = declared.filter_map(|text| text.split(',').next()).collect();
        let offered = controls(&buyer, "property").await?;
        let offered: BTreeSet<&str> = offered.iter().filter_map(Value::as_str).collect();
        ensure!(offered == declared, "{offered:?} for {declared:?}");

        buyer.runs(&sets("[data-option=theme]", "dark")).await?;
        buyer.page().wait_until("getComputedStyle(deep('.root')).colorScheme === 'dark'").await?;
        buyer.runs(&sets("[data-property=accent]", "rgb(1, 120, 60)")).await?;
        let green = "getComputedStyle(deep('.root .button')).backgroundColor === 'rgb(1, 120, 60)'";
        buyer.page().wait_until(green).await?;
        buyer.runs(&sets("[data-option=texts]", r#"{"toPay": "Your gift"}"#)).await?;
        buyer.sees("Your gift").await?;
        buyer.sees("--alliancepay-accent: rgb(1, 120, 60);").await?;
        buyer.runs(&sets("[data-option=lang]", "uk")).await?;
        buyer.sees("Сплатити 1").await?;
        buyer.runs(&sets("[data-option=product]", "a2a")).await?;
        buyer.page().wait_until("deep('input[value=a2a]')?.checked").await?;
        buyer.runs(&sets("[data-option=view]", "option")).await?;
        buyer.page().wait_until("deep('[data-phase=option]')").await
    })
    .await;
}

#[tokio::test]
async fn the_playground_offers_every_fault_that_the_sandbox_bank_takes_and_no_other() {
    journey(Settings::with_docs(), async |world| {
        let taken = all_taken(world).await?;
        let buyer = at_the_playground(world, &Profile::default()).await?;
        let offered = buyer
            .runs("return [...document.querySelectorAll('[name=fault] optgroup option')].map((one) => one.value);")
            .await?;
        let offered: BTreeSet<String> = serde_json::from_value(offered)?;
        ensure!(offered == taken, "offered: {offered:?}, taken: {taken:?}");
        buyer.page().press("[data-do=clear]").await?;
        buyer.sees("The bank works again.").await?;
        buyer.page().wait_until("document.querySelector('#waiting').childElementCount === 0").await
    })
    .await;
}

#[tokio::test]
async fn on_a_phone_nothing_of_the_playground_hangs_out_and_axe_finds_nothing() {
    journey(Settings::with_docs(), async |world| {
        let profile = Profile::default().window(824, 1_600).zoomed(2);
        for profile in [profile, Profile::default()] {
            let buyer = at_the_playground(world, &profile).await?;
            buyer.can_pay().await?;
            buyer
                .runs("document.querySelectorAll('.group').forEach((group) => { group.open = true; });")
                .await?;
            let width = "[document.documentElement.scrollWidth, document.documentElement.clientWidth]";
            let width = buyer.runs(&format!("return {width};")).await?;
            ensure!(width[0] == width[1], "it scrolls sideways: {width}");
            let found = violations(buyer.page()).await?;
            ensure!(found.is_empty(), "{}", found.join("\n"));
        }
        Ok(())
    })
    .await;
}

async fn at_the_playground(world: &World, profile: &Profile) -> anyhow::Result<Buyer> {
    let buyer = world.buyer_with(profile).await?;
    buyer.page().goto(&format!("{}/docs/playground.html", world.at.backend)).await?;
    buyer.page().wait_until("!document.querySelector('#playground').hidden").await?;
    Ok(buyer)
}

/// A script that gives a control a value, as a person does.
fn sets(control: &str, value: &str) -> String {
    format!(
        "const one = document.querySelector({}); one.value = {};
         one.dispatchEvent(new Event('change', {{ bubbles: true }}));",
        json!(control),
        json!(value)
    )
}

/// What the controls of a kind are for, in order.
async fn controls(buyer: &Buyer, kind: &str) -> anyhow::Result<Vec<Value>> {
    let script =
        format!("return [...document.querySelectorAll('[data-{kind}]')].map((one) => one.dataset.{kind});");
    Ok(serde_json::from_value(buyer.runs(&script).await?)?)
}

/// Every pair of a call and a kind that the bank takes, by the names it then uses.
async fn all_taken(world: &World) -> anyhow::Result<BTreeSet<String>> {
    let http = reqwest::Client::new();
    let address = format!("{}/sandbox/faults", world.at.bank);
    let mut taken = BTreeSet::new();
    for call in CALLS {
        for kind in KINDS {
            // Of an order that is not there: it breaks nothing.
            let wish = json!({"on": call, "kind": kind, "order": "nobody's", "times": 1});
            let answer = http.post(&address).json(&wish).send().await?;
            if answer.status().is_success() {
                let fault: Value = answer.json().await?;
                taken.insert(format!("{call} {}", fault["kind"].as_str().context("a kind")?));
            }
        }
    }
    Ok(taken)
}

fn read(path: &str) -> anyhow::Result<String> {
    Ok(std::fs::read_to_string(format!("{}/{path}", env!("CARGO_MANIFEST_DIR")))?)
}
