//! The list of orders as a tool: filters, search, sorts, pages, Back, and the file for a spreadsheet, each held against
//! the ledger's file. Some of the orders are named by people who mean harm.

use anyhow::{Context, ensure};
use serde_json::{Value, json};

use crate::support::{Clerk, Settings, World, journey};

/// A page of the list holds fifty.
const ORDERS: u32 = 58;
const SCRIPT: &str = "<img src=x onerror=\"window.harmed = 1\"><script>window.harmed = 1</script>";
const FORMULA: &str = "=HYPERLINK(\"http://127.0.0.1/\",\"pay\")";

#[tokio::test]
async fn orders_are_found_paged_and_exported_and_no_name_of_theirs_does_harm() {
    journey(Settings::default(), async |world| {
        for number in 0..ORDERS {
            let minor = 10_000 + i64::from(number) * 100;
            let line = json!([{"id": "one", "name": "Tea", "quantity": 1, "unitMinor": minor}]);
            let body = json!({
                "amount": {"minor": minor, "currency": "UAH"}, "lines": line, "shippingMinor": 0,
                "description": if number % 2 == 0 { "Green tea" } else { "Black coffee" },
            });
            world.puts(&format!("A-{number:02}"), &body).await?;
        }
        // The same number of minor units, and another sum.
        let line = json!([{"id": "one", "name": "Tea", "quantity": 1, "unitMinor": 11_200}]);
        let euro = json!({
            "amount": {"minor": 11_200, "currency": "EUR"}, "lines": line, "shippingMinor": 0,
            "description": "Black coffee",
        });
        world.puts("A-1E", &euro).await?;
        world.sells("B-1", &harmful()).await?;
        world.puts("B-2", &json!({"description": FORMULA})).await?;
        let clerk = world.clerk("viktor", "refunder").await?;
        filters_find_what_the_file_has(world, &clerk).await?;
        pages_and_back(world, &clerk).await?;
        strange_words_find_nothing_and_break_nothing(&clerk).await?;
        names_stay_text(world, &clerk).await?;
        the_file_has_all_and_no_formula(world, &clerk).await
    })
    .await;
}

fn harmful() -> Value {
    json!({
        "description": SCRIPT,
        "customerId": SCRIPT,
        "lines": [
            {"id": "book", "name": SCRIPT, "quantity": 2, "unitMinor": 45_900},
            {"id": "mug", "name": "Mug", "quantity": 1, "unitMinor": 9_090},
        ],
    })
}

async fn filters_find_what_the_file_has(world: &World, clerk: &Clerk) -> anyhow::Result<()> {
    clerk.opens("orders").await?;
    clerk.page().fill("[name=number]", "A-1").await?;
    clerk.page().key(browser::fantoccini::key::Key::Enter).await?;
    shows(clerk, &world.ledger.orders_where("order_ref LIKE 'A-1%'")?).await?;
    clerk.page().fill("[name=text]", "coffee").await?;
    clerk.page().key(browser::fantoccini::key::Key::Enter).await?;
    shows(clerk, &world.ledger.orders_where("order_ref LIKE 'A-1%' AND description LIKE '%coffee%'")?)
        .await?;

    clerk.presses(&[".more-filters summary"]).await?;
    clerk.page().fill("[name=min]", "111,00").await?;
    clerk.page().fill("[name=max]", "113").await?;
    clerk.chooses("[name=sort]", "amount asc").await?;
    let between = "order_ref LIKE 'A-1%' AND description LIKE '%coffee%' AND currency = 'UAH' \
                   AND amount_minor BETWEEN 11100 AND 11300";
    let mut expected = world.ledger.orders_where(between)?;
    expected.reverse();
    ensure!(expected.len() == 2, "{expected:?}");
    shows(clerk, &expected).await?;
    clerk.sees_in(".more-filters summary", "Filters: 4").await?;
    // Sums are of one currency: hryvnias, unless another is chosen.
    clerk.page().wait_until("deep('[name=currency]').value === 'UAH'").await?;
    clerk.chooses("[name=currency]", "EUR").await?;
    shows(clerk, &["A-1E".to_owned()]).await?;
    clerk.chooses("[name=currency]", "").await?;
    shows(clerk, &expected).await?;
    clerk.page().fill("[name=max]", "a lot").await?;
    clerk.sees_in(".more-filters", "An amount is a number").await?;

    // What was chosen is in the address, and one press takes all of it away.
    clerk.presses(&[".filter-foot .button.quiet"]).await?;
    clerk.sees_in(".foot", "Shown: 50").await?;
    clerk.presses(&["[name=state][value=CAPTURED]"]).await?;
    shows(clerk, &world.ledger.orders_where("state = 'CAPTURED'")?).await?;
    clerk.page().wait_until("location.hash.includes('state=CAPTURED')").await?;
    days_and_sorts(world, clerk).await
}

/// Days of the staff's own calendar, and the sorts that no other step shows.
async fn days_and_sorts(world: &World, clerk: &Clerk) -> anyhow::Result<()> {
    clerk.opens("orders?from=2020-01-01&to=2020-01-31").await?;
    clerk.sees("Nothing matches").await?;
    world.ledger.was_earlier("A-07", 24 * 60)?;
    let day = "const day = new Date(); day.setDate(day.getDate() - arguments[0]); \
               return [day.getFullYear(), day.getMonth() + 1, day.getDate()].map((part) => String(part).padStart(2, '0')).join('-');";
    for (ago, found) in [(0, "order_ref <> 'A-07'"), (1, "order_ref = 'A-07'")] {
        let day = clerk.page().run(day, &[json!(ago)]).await?;
        let day = day.as_str().context("a day")?;
        clerk.opens("orders?number=A-0").await?;
        shows(clerk, &world.ledger.orders_where("order_ref LIKE 'A-0%'")?).await?;
        for edge in ["from", "to"] {
            // As a picker does: what a day is typed like differs from browser to browser.
            let pick = "const field = deep(`[name=${arguments[0]}]`); field.value = arguments[1]; \
                        for (const what of ['input', 'change']) field.dispatchEvent(new Event(what, {bubbles: true}));";
            clerk.page().run(pick, &[json!(edge), json!(day)]).await?;
        }
        shows(clerk, &world.ledger.orders_where(&format!("order_ref LIKE 'A-0%' AND {found}"))?).await?;
        clerk.sees_in(".more-filters summary", "Filters: 3").await?;
    }

    clerk.opens("orders").await?;
    for (sort, by) in [
        ("created asc", "created_at, id"),
        ("amount desc", "amount_minor DESC, id DESC"),
        ("state asc", "state, created_at, id"),
    ] {
        clerk.chooses("[name=sort]", sort).await?;
        let expected = world.ledger.orders_sorted("TRUE", by)?;
        shows(clerk, &expected[..50]).await?;
    }
    Ok(())
}

async fn pages_and_back(world: &World, clerk: &Clerk) -> anyhow::Result<()> {
    clerk.opens("orders").await?;
    clerk.sees_in(".foot", "Shown: 50").await?;
    // One that comes meanwhile moves nothing from one page to the next.
    world.puts_books("C-1").await?;
    clerk.presses(&["[data-action=more]"]).await?;
    let before = world.ledger.orders_where("order_ref <> 'C-1'")?;
    shows(clerk, &before).await?;
    clerk.sees_in(".foot", &format!("All shown: {}", before.len())).await?;

    clerk.opens("orders?number=A-0&sort=number&dir=asc").await?;
    let mut expected = world.ledger.orders_where("order_ref LIKE 'A-0%'")?;
    expected.sort();
    shows(clerk, &expected).await?;
    clerk.presses(&["tr[data-order='A-03'] .number"]).await?;
    clerk.sees_in("main h1", "Order A-03").await?;
    clerk.page().client().back().await?;
    shows(clerk, &expected).await?;
    ensure!(clerk.page().holds("deep('[name=number]').value === 'A-0'").await?, "Back lost the filter");
    Ok(())
}

async fn strange_words_find_nothing_and_break_nothing(clerk: &Clerk) -> anyhow::Result<()> {
    let long = "tea ".repeat(200);
    for words in [
        "\" OR 1=1 --",
        "*",
        "NEAR(tea coffee)",
        "tea AND NOT coffee",
        "'; DROP TABLE orders; --",
        "ЁЖїґ🙂",
        "^",
        "(((",
        "description:tea",
        long.trim(),
    ] {
        clerk.opens("orders").await?;
        clerk.page().find("tr[data-order]").await?;
        // Set as a paste does: a driver cannot type every letter.
        let paste = format!(
            "const field = deep('[name=text]'); field.value = {}; \
             field.dispatchEvent(new Event('input', {{bubbles: true}})); field.form.requestSubmit();",
            json!(words)
        );
        clerk.runs(&paste).await?;
        clerk.page().wait_until("location.hash.includes('text=')").await?;
        clerk.page().wait_until("deep('.empty') || deep('.page[aria-busy=false] tr[data-order]')").await?;
        ensure!(!clerk.has("[role=alert]:not([hidden])").await?, "{words} broke the list");
    }
    Ok(())
}

async fn names_stay_text(world: &World, clerk: &Clerk) -> anyhow::Result<()> {
    // The bank's message too: nobody but the holder of the secret address can send one, but what it says is anybody's.
    let secret = world.ledger.only_attempt("B-1")?.notification_secret;
    let message = json!({"hppOrderId": SCRIPT, "orderStatus": SCRIPT, "merchantRequestId": SCRIPT});
    let address = format!("{}/v1/notifications/{secret}", world.at.backend);
    world.ledger.http().post(address).json(&message).send().await?;

    clerk.opens("orders").await?;
    clerk.sees_in("tr[data-order='B-1']", "<img src=x").await?;
    clerk.opens("orders/B-1").await?;
    clerk.sees_in(".about", "<script>").await?;
    clerk.sees_in("[data-section=goods]", "<img src=x").await?;
    clerk.presses(&["[data-action=refund]", "dialog[open] [value=lines]"]).await?;
    clerk.sees_in("dialog[open]", "<img src=x").await?;
    clerk.page().fill("dialog[open] [name=reason]", SCRIPT).await?;
    clerk.runs("deep('dialog[open] .close').click();").await?;
    clerk.runs("for (const one of deepAll('.raw')) one.open = true;").await?;
    clerk
        .page()
        .wait_until("deepAll('.raw').length > 0 && deepAll('.raw').every((one) => one.querySelector('pre'))")
        .await?;
    let made = "return [deepAll('main img, main script').length, window.harmed ?? null];";
    assert_eq!(clerk.runs(made).await?, json!([0, null]));
    Ok(())
}

async fn the_file_has_all_and_no_formula(world: &World, clerk: &Clerk) -> anyhow::Result<()> {
    clerk.opens("orders?number=B").await?;
    clerk.page().find("tr[data-order='B-2']").await?;
    let fetched = "const answer = await fetch(deep('a[download=\"orders.csv\"]').href);\
        return [answer.status, answer.headers.get('content-type'), await answer.text()];";
    let fetched = clerk.runs(fetched).await?;
    assert_eq!(fetched[0], json!(200));
    let file = fetched[2].as_str().context("a file")?;
    let rows = file.trim_end().lines().count();
    let expected = world.ledger.orders_where("order_ref LIKE 'B%'")?;
    ensure!(rows == expected.len() + 1, "{rows} rows for {expected:?}: {file}");
    ensure!(file.contains("'=HYPERLINK"), "a formula: {file}");
    Ok(())
}

/// Waits until the list shows exactly these orders in this order.
async fn shows(clerk: &Clerk, orders: &[String]) -> anyhow::Result<()> {
    let shown = "deepAll('tr[data-order]').map((row) => row.dataset.order).join(' ')";
    clerk.page().wait_until(&format!("{shown} === {}", json!(orders.join(" ")))).await
}
