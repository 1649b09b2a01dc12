//! Every page of the console, one by one, in both languages: axe finds nothing, light or dark; nothing hangs out of a
//! phone's screen; and once more at 400 % and in the system's own few colours, where everything can still be seen and
//! pressed. `cargo xtask looks --console` makes the pictures of the documentation of the same pages (`pictures`).

mod pictures;
mod shop;

use anyhow::Context;
use browser::Page;
use serde_json::{Value, json};

use crate::phases::violations;
use crate::support::{Clerk, Profile, Settings, World, journey};

const LANGUAGES: [&str; 2] = ["uk", "en"];

/// A page, or a page with something opened on it.
struct Place {
    /// Its name in files and failures.
    name: &'static str,
    /// Behind `#/`.
    at: &'static str,
    /// What is pressed there, one after the other.
    presses: &'static [&'static str],
    /// Holds when all of it is there.
    ready: &'static str,
}

const fn place(
    name: &'static str,
    at: &'static str,
    presses: &'static [&'static str],
    ready: &'static str,
) -> Place {
    Place { name, at, presses, ready }
}

const PLACES: [Place; 18] = [
    place("orders", "orders", &[], "deepAll('tr[data-order]').length > 8"),
    place("filters", "orders?state=CAPTURED&min=1", &[], "deepAll('tr[data-order]').length > 1"),
    place("nothing-found", "orders?number=zz", &[], "deep('.empty .button')"),
    place(
        "status",
        "orders",
        &["tr[data-order='1049'] [data-action=payment-status]"],
        "deep('dialog[open] [data-action=check]') && deep('dialog[open] [role=status] .notice')",
    ),
    place(
        "order",
        "orders/1042",
        &[],
        "deep('[data-section=timeline] li') && deep('[data-section=refunds]')",
    ),
    place("paid-twice", "orders/1045", &[".attempts summary"], "deep('.attempts[open]')"),
    place("declined", "orders/1043", &[], "deep('[data-why-not]')"),
    place("waits-for-settlement", "orders/1046", &[], "deep('[data-why-not]')"),
    place("gone", "orders/none", &[], "deep('.empty')"),
    place(
        "refund",
        "orders/1051",
        &["[data-action=refund]", "dialog[open] [value=lines]", "dialog[open] .refund-inputs .button.quiet"],
        "deep('dialog[open] [data-total]')",
    ),
    place(
        "refund-confirm",
        "orders/1051",
        &["[data-action=refund]", "[data-action=next]"],
        "deep('dialog[open] [data-action=refund-online]')",
    ),
    place("overview", "overview", &[], "deep('.bars') && deep('[data-tile=captured]')"),
    place("settlement", "settlement", &[], "deep('.bars') && deep('[data-register]')"),
    place("register", "settlement", &["[data-section=registers] a"], "deep('.register-rows')"),
    place("staff", "staff", &[], "deepAll('tr[data-login]').length > 2"),
    place("colleague", "staff", &["tr[data-login=bohdan] .button"], "deep('dialog[open] [name=limit]')"),
    place("audit", "audit", &[], "deepAll('.table.audit [data-action]').length > 5"),
    place("account", "account", &["[data-action=totp-start]"], "deep('img.qr')?.naturalWidth > 0"),
];

#[tokio::test]
async fn axe_finds_nothing_on_any_page_and_no_page_hangs_out_of_a_phone() {
    journey(Settings::with_alipay_plus(), async |world| {
        shop::opens(world, "en").await?;
        let desk = world.stands_before_the_console(&Profile::default()).await?;
        let phone = world.stands_before_the_console(&Profile::default().window(720, 1_440).zoomed(2)).await?;
        let mut wrong = Vec::new();
        for language in LANGUAGES {
            for clerk in [&desk, &phone] {
                clerk.chooses("[name=language]", language).await?;
                clerk.page().wait_until(&format!("document.documentElement.lang === '{language}'")).await?;
            }
            wrong.extend(looked_at(&desk, &format!("sign-in {language}")).await?);
            wrong.extend(hangs_out(phone.page(), &format!("sign-in {language} on a phone")).await?);
            for clerk in [&desk, &phone] {
                clerk.signs_in("olena", crate::support::PASSWORD).await?;
            }
            for place in &PLACES {
                let at = format!("{} {language}", place.name);
                place.shows(&desk).await.with_context(|| at.clone())?;
                wrong.extend(looked_at(&desk, &at).await?);
                place.shows(&phone).await.with_context(|| at.clone())?;
                wrong.extend(hangs_out(phone.page(), &format!("{at} on a phone")).await?);
            }
            for clerk in [&desk, &phone] {
                clerk.opens("orders").await?;
                clerk.presses(&["[data-action=sign-out]"]).await?;
                clerk.page().find("[name=login]").await?;
            }
        }
        wrong.extend(at_400_percent_in_forced_colours(world).await?);
        assert!(wrong.is_empty(), "{}", wrong.join("\n"));
        Ok(())
    })
    .await;
}

/// One language is enough: the longer one.
async fn at_400_percent_in_forced_colours(world: &World) -> anyhow::Result<Vec<String>> {
    let profile = Profile::default().window(1_280, 1_024).zoomed(4).forced_colours();
    let clerk = world.stands_before_the_console(&profile).await?;
    clerk.chooses("[name=language]", LANGUAGES[0]).await?;
    clerk.page().wait_until(&format!("document.documentElement.lang === '{}'", LANGUAGES[0])).await?;
    let as_meant = "innerWidth === 320 && matchMedia('(forced-colors: active)').matches";
    anyhow::ensure!(clerk.page().holds(as_meant).await?, "not zoomed, or not in forced colours");
    let mut wrong = out_of_reach(clerk.page(), "sign-in").await?;
    clerk.signs_in("olena", crate::support::PASSWORD).await?;
    for place in &PLACES {
        place.shows(&clerk).await.with_context(|| format!("{} at 400 %", place.name))?;
        wrong.extend(out_of_reach(clerk.page(), place.name).await?);
    }
    Ok(wrong)
}

impl Place {
    /// Goes there anew: what was open before is closed by it.
    async fn shows(&self, clerk: &Clerk) -> anyhow::Result<()> {
        // No page of the console: whatever comes after it is drawn from the start.
        clerk.page().run("location.hash = '#/nowhere';", &[]).await?;
        clerk.page().wait_until("deep('main .empty a[href=\"#/orders\"]')").await?;
        clerk.page().run("location.hash = '#/' + arguments[0];", &[json!(self.at)]).await?;
        clerk.page().wait_until("!deep('main .empty a[href=\"#/orders\"]')").await?;
        for press in self.presses {
            clerk.page().press(press).await?;
        }
        let settled = format!("({}) && !deep('[aria-busy=true]')", self.ready);
        clerk.page().wait_until(&settled).await
    }
}

/// axe's findings in both schemes, each with where it was.
async fn looked_at(clerk: &Clerk, at: &str) -> anyhow::Result<Vec<String>> {
    let mut wrong = Vec::new();
    for scheme in ["light", "dark"] {
        let dress = "document.documentElement.dataset.theme = arguments[0];";
        clerk.page().run(dress, &[json!(scheme)]).await?;
        let found = violations(clerk.page()).await?;
        wrong.extend(found.into_iter().map(|one| format!("{at} {scheme}: {one}")));
    }
    Ok(wrong)
}

/// What is cut off, covered when it is scrolled to, or as good as invisible.
async fn out_of_reach(page: &Page, at: &str) -> anyhow::Result<Vec<String>> {
    let at = format!("{at} at 400 % in forced colours");
    let mut wrong = hangs_out(page, &at).await?;
    let script = "const wrong = [];
        const { scrollWidth, clientWidth } = document.documentElement;
        if (scrollWidth > clientWidth) wrong.push(`the page scrolls sideways: ${scrollWidth} in ${clientWidth}`);
        const root = deep('dialog[open]') ?? document;
        for (const one of root.querySelectorAll('a[href], button, input, select, summary')) {
          if (!one.checkVisibility() || one.disabled || one.closest('.skip, .unseen')) continue;
          one.scrollIntoView({ block: 'center', inline: 'center', behavior: 'instant' });
          const box = one.getClientRects()[0];
          if (!box) continue;
          const there = document.elementFromPoint(box.left + box.width / 2, box.top + box.height / 2);
          const own = there && (one.contains(there) || there.closest('label')?.contains(one));
          if (!own) wrong.push(`${one.outerHTML.slice(0, 120)} is under ${there?.outerHTML.slice(0, 60)}`);
          const { color, backgroundColor } = getComputedStyle(one);
          if (color === backgroundColor) wrong.push(`${one.outerHTML.slice(0, 120)} cannot be seen`);
        }
        return wrong;";
    let found = page.run(script, &[]).await?;
    let words = |one: &Value| format!("{at}: {}", one.as_str().unwrap_or_default());
    wrong.extend(found.as_array().context("a list")?.iter().map(words));
    Ok(wrong)
}

/// What a phone would have to be pushed sideways for. What scrolls by itself may.
async fn hangs_out(page: &Page, at: &str) -> anyhow::Result<Vec<String>> {
    let script = "const wide = document.documentElement.clientWidth;
        const scrolls = (one) => one && (['auto', 'scroll', 'hidden'].includes(getComputedStyle(one).overflowX) || scrolls(one.parentElement));
        return [...document.querySelectorAll('#console *')].filter((one) => one.checkVisibility() && !one.closest('.unseen, thead'))
          .filter((one) => { const box = one.getBoundingClientRect(); return box.right > wide + 1 && box.width > 0; })
          .filter((one) => !scrolls(one.parentElement))
          .map((one) => one.outerHTML.slice(0, 120)).slice(0, 3);";
    let found = page.run(script, &[]).await?;
    let words = |one: &Value| format!("{at}: {} hangs out", one.as_str().unwrap_or_default());
    Ok(found.as_array().context("a list")?.iter().map(words).collect())
}
