//! Colleagues: an admin makes an account, sets limits, changes a role, switches it off; the colleague signs in with a
//! second factor and works within the limits. All of it is in the file and readable in the audit log.

use anyhow::Context;
use serde_json::json;

use crate::support::{Account, Clerk, PASSWORD, Profile, Settings, World, journey};

/// What an authenticator app does with a key (RFC 6238), by the browser's own cryptography: the code of the step that
/// is so many steps away.
const CODE: &str = "const [key, away] = arguments;
    const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
    const bits = [...key].map((one) => letters.indexOf(one).toString(2).padStart(5, '0')).join('');
    const secret = new Uint8Array(bits.match(/.{8}/g).map((one) => parseInt(one, 2)));
    const step = new DataView(new ArrayBuffer(8));
    step.setBigUint64(0, BigInt(Math.floor(Date.now() / 30000) + away));
    const hmac = await crypto.subtle.importKey('raw', secret, { name: 'HMAC', hash: 'SHA-1' }, false, ['sign']);
    const tag = new DataView(await crypto.subtle.sign('HMAC', hmac, step.buffer));
    const code = (tag.getUint32(tag.getUint8(19) & 15) & 0x7fffffff) % 1000000;
    return String(code).padStart(6, '0');";

#[tokio::test]
async fn an_account_is_made_limited_protected_and_switched_off_and_the_log_tells_it() {
    journey(Settings::default(), async |world| {
        world.sells_books("8001").await?;
        let admin = world.clerk("olena", "admin").await?;
        makes_an_account(world, &admin).await?;
        let colleague = world.stands_before_the_console(&Profile::default()).await?;
        colleague.signs_in("bohdan", PASSWORD).await?;
        has_a_second_factor(world, &colleague).await?;
        works_within_limits(world, &colleague).await?;
        is_changed_and_switched_off(world, &admin, &colleague).await?;
        the_log_is_readable(world, &admin).await
    })
    .await;
}

async fn makes_an_account(world: &World, admin: &Clerk) -> anyhow::Result<()> {
    admin.opens("staff").await?;
    admin.presses(&[".head .button.main"]).await?;
    admin.page().fill("dialog[open] [name=login]", "bohdan").await?;
    admin.page().fill("dialog[open] [name=password]", "bohdan123456").await?;
    admin.presses(&["dialog[open] [name=role][value=refunder]"]).await?;
    admin.page().fill("dialog[open] [name=limit]", "a little").await?;
    admin.sees_in("dialog[open]", "An amount is a number such as").await?;
    admin.page().fill("dialog[open] [name=limit]", "200").await?;
    admin.page().fill("dialog[open] [name=daily-limit]", "250,50").await?;
    admin.presses(&["dialog[open] [type=submit]"]).await?;
    admin.sees_in("dialog[open]", "The password is too short, too common or holds the login").await?;
    assert_eq!(world.ledger.account("bohdan")?, None);
    admin.page().fill("dialog[open] [name=password]", PASSWORD).await?;
    admin.presses(&["dialog[open] [type=submit]"]).await?;
    admin.sees("Saved: bohdan.").await?;
    admin.sees_in("tr[data-login=bohdan]", "Refunder").await?;
    admin.sees_in("tr[data-login=bohdan]", "₴250.50").await?;
    let made = Account {
        role: "refunder".to_owned(),
        active: true,
        limit: Some(20_000),
        daily_limit: Some(25_050),
        second_factor: false,
    };
    assert_eq!(world.ledger.account("bohdan")?, Some(made));
    Ok(())
}

/// Switched on by a code, asked for from then on; each code counts once.
async fn has_a_second_factor(world: &World, colleague: &Clerk) -> anyhow::Result<()> {
    let page = colleague.page();
    colleague.opens("account").await?;
    colleague.sees_in(".facts", "₴200.00").await?;
    colleague.presses(&["[data-action=totp-start]"]).await?;
    page.wait_until("deep('img.qr')?.naturalWidth > 0").await?;
    let key = page.text("[data-section=totp] code").await?;
    let code = async |away: i32| {
        let code = page.run(CODE, &[json!(key), json!(away)]).await?;
        code.as_str().map(str::to_owned).context("a code")
    };
    page.fill("[data-section=totp] [name=code]", "000000").await?;
    colleague.presses(&["[data-section=totp] [type=submit]"]).await?;
    colleague.sees_in("[data-section=totp] [role=alert]", "").await?;
    assert!(!world.ledger.account("bohdan")?.context("an account")?.second_factor);
    // Time enough for a code to reach the backend within its step.
    page.wait_until("Date.now() % 30000 < 20000").await?;
    let used = code(-1).await?;
    page.fill("[data-section=totp] [name=code]", &used).await?;
    colleague.presses(&["[data-section=totp] [type=submit]"]).await?;
    colleague.sees_in("[data-section=totp]", "The second factor is on").await?;
    assert!(world.ledger.account("bohdan")?.context("an account")?.second_factor);

    colleague.presses(&["[data-action=sign-out]"]).await?;
    page.find("[name=login]").await?;
    assert_eq!(world.ledger.sessions_of("bohdan")?, 0);
    colleague.types_in("bohdan", PASSWORD).await?;
    page.wait_until("deep('[name=code]').checkVisibility()").await?;
    page.fill("[name=code]", &used).await?;
    colleague.presses(&["form [type=submit]"]).await?;
    page.find("[role=alert]:not([hidden])").await?;
    assert_eq!(world.ledger.sessions_of("bohdan")?, 0);
    page.fill("[name=code]", &code(0).await?).await?;
    colleague.presses(&["form [type=submit]"]).await?;
    page.find("nav [aria-current=page]").await?;
    assert_eq!(world.ledger.sessions_of("bohdan")?, 1);

    // Pressed twice, a password is changed once, and the second press does not tell otherwise.
    colleague.opens("account").await?;
    page.fill("[name=current]", PASSWORD).await?;
    page.fill("[name=new]", "eight green pears in a bowl").await?;
    colleague.runs("const send = deep('[name=new]').form.querySelector('[type=submit]'); send.click(); send.click();").await?;
    colleague.sees("Your password has been changed").await?;
    assert!(!colleague.has("[role=alert]:not([hidden])").await?);
    Ok(())
}

async fn works_within_limits(world: &World, colleague: &Clerk) -> anyhow::Result<()> {
    colleague.opens("orders/8001").await?;
    colleague.will_refund("200.01").await?;
    colleague.presses(&["[data-action=refund-online]"]).await?;
    colleague.sees_in("dialog[open]", "This is above your refund limit").await?;
    colleague.sees_in("dialog[open]", "Your limit: ₴200.00 per refund, ₴250.50 per day").await?;
    assert_eq!(world.ledger.refund_rows("8001")?, []);
    // Changed, the same dialog goes on.
    colleague.presses(&["dialog[open] .dialog-foot .button:not([data-action])"]).await?;
    colleague.page().fill("dialog[open] [name=amount]", "200").await?;
    colleague.presses(&["[data-action=next]", "[data-action=refund-online]"]).await?;
    colleague.sees_the_refund("SUCCESS").await?;
    colleague.closes_the_dialog().await?;
    // The day's limit has 50.50 left.
    colleague.will_refund("50.51").await?;
    colleague.presses(&["[data-action=refund-online]"]).await?;
    colleague.sees_in("dialog[open]", "This is above your refund limit").await?;
    assert_eq!(world.ledger.standing("8001")?, ("PARTIALLY_REFUNDED".to_owned(), 20_000));
    assert_eq!(world.bank.calls("refund").await?, 1);
    Ok(())
}

async fn is_changed_and_switched_off(world: &World, admin: &Clerk, colleague: &Clerk) -> anyhow::Result<()> {
    admin.presses(&["tr[data-login=bohdan] .button"]).await?;
    admin.presses(&["dialog[open] [name=role][value=viewer]", "dialog[open] [type=submit]"]).await?;
    admin.sees_in("tr[data-login=bohdan]", "Viewer").await?;
    assert_eq!(world.ledger.account("bohdan")?.context("an account")?.role, "viewer");
    // The dialog that was open is refused: what somebody may do is asked each time.
    colleague.presses(&["dialog[open] .dialog-foot .button:not([data-action])"]).await?;
    colleague.page().fill("dialog[open] [name=amount]", "1").await?;
    colleague.presses(&["[data-action=next]", "[data-action=refund-online]"]).await?;
    colleague.sees_in("dialog[open]", "Your role does not allow this").await?;

    admin.presses(&["tr[data-login=bohdan] .button"]).await?;
    admin.presses(&["dialog[open] [name=active]", "dialog[open] [type=submit]"]).await?;
    admin.sees_in("tr[data-login=bohdan]", "Switched off").await?;
    assert!(!world.ledger.account("bohdan")?.context("an account")?.active);
    assert_eq!(world.ledger.sessions_of("bohdan")?, 0);
    colleague.page().client().refresh().await?;
    colleague.types_in("bohdan", PASSWORD).await?;
    colleague.sees("Login, password or code is wrong").await?;

    // Nobody locks everybody out.
    admin.presses(&["tr[data-login=olena] .button"]).await?;
    admin.presses(&["dialog[open] [name=active]", "dialog[open] [type=submit]"]).await?;
    admin.sees_in("dialog[open]", "At least one admin must remain").await?;
    assert!(world.ledger.account("olena")?.context("an account")?.active);
    assert_eq!(world.ledger.refund_rows("8001")?.len(), 1);
    Ok(())
}

async fn the_log_is_readable(world: &World, admin: &Clerk) -> anyhow::Result<()> {
    admin.opens("audit").await?;
    for words in [
        "Added a colleague",
        "Changed access",
        "Signed in",
        "Signed out",
        "Switched the second factor on",
        "Failed to sign in",
        "Started a refund",
        "Was not allowed to refund",
        "Above the limit",
    ] {
        admin.sees_in(".table.audit", words).await?;
    }
    let raw = "return deepAll('.table.audit [data-action]').map((row) => row.cells[2].innerText)\
        .filter((words) => words.includes('_'));";
    assert_eq!(admin.runs(raw).await?, json!([]));
    admin.page().fill("[name=actor]", "Bohdan").await?;
    admin.presses(&["form[role=search] [type=submit]"]).await?;
    admin.page().wait_until("!deep('.table.audit').innerText.includes('olena')").await?;
    admin.page().fill("[name=order]", "8001").await?;
    admin.presses(&["form[role=search] [type=submit]"]).await?;
    admin.page().wait_until("!deep('.table.audit').innerText.includes('Signed in')").await?;
    admin.sees_in(".table.audit", "₴200.00").await?;

    let deeds: Vec<_> = world.ledger.deeds_of("staff:bohdan")?.into_iter().map(|(deed, _)| deed).collect();
    assert_eq!(
        deeds,
        [
            "signed_in",
            "second_factor_on",
            "signed_out",
            "signed_in",
            "password_changed",
            // Over the limit, over the day's, and as a viewer.
            "refund_refused",
            "refund_refused",
            "refund_refused",
        ]
    );
    let deeds: Vec<_> = world.ledger.deeds_of("staff:olena")?.into_iter().map(|(deed, _)| deed).collect();
    assert_eq!(deeds, ["signed_in", "staff_added", "staff_changed", "staff_changed"]);
    Ok(())
}
