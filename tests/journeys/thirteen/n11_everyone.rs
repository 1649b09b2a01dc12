//! 11: everyone can pay. axe finds nothing in any screen; the keyboard does all; nothing is lost at 200 % and 400 %; forced
//! colours, reduced motion and right-to-left pages are kept to; one live region, large targets, a focus that stays.
//! Every screen is looked at in Ukrainian and English; all twelve languages and both schemes in
//! `cargo xtask soak accessibility`.

use anyhow::ensure;
use browser::fantoccini::key::Key;
use browser::{Page, Scheme};
use serde_json::{Value, json};

use crate::phases::{Look, Phase, Stage, opened, violations_on_stage};
use crate::support::{
    AWAITING, Buyer, Card, Engine, MerchantPage, ORDER, PAID, Profile, Settings, Widget, fault, journey_on,
    on_each_engine,
};

on_each_engine!(
    axe_finds_nothing_in_any_screen,
    a_buyer_pays_by_the_keyboard_alone,
    nothing_is_cut_off_at_200_and_400_percent,
    forced_colours_leave_every_control_and_the_mark_visible,
    nothing_moves_for_those_who_asked_for_it,
    right_to_left_pages_mirror_the_widget,
    every_screen_has_one_live_region_and_targets_a_thumb_can_hit,
    the_focus_moves_with_the_phase_and_with_nothing_else,
);

const LANGUAGES: [&str; 2] = ["uk", "en"];

async fn axe_finds_nothing_in_any_screen(engine: Engine) {
    for scheme in Scheme::ALL {
        on_every_screen(engine, &Profile::default().scheme(scheme), "ltr", async |page| {
            Ok(violations_on_stage(page).await?.join("; "))
        })
        .await;
    }
}

async fn a_buyer_pays_by_the_keyboard_alone(engine: Engine) {
    journey_on(engine, Settings::default(), async |world| {
        let site = MerchantPage::selling(world, Widget::Served, "").await?;
        let buyer = world.buyer().await?;
        buyer.page().goto(&site.url).await?;
        // The ways to pay come with the backend's answer; before it Tab leads to the button.
        buyer.page().wait_until("deep('input[type=radio]:checked')").await?;
        buyer.page().key(Key::Tab).await?;
        focus_is_seen_on(&buyer, "input[type=radio]:checked").await?;
        buyer.page().key(Key::Down).await?;
        buyer.page().wait_until("deep('input[value=a2a]').checked").await?;
        focus_is_seen_on(&buyer, "input[value=a2a]").await?;
        buyer.page().key(Key::Tab).await?;
        focus_is_seen_on(&buyer, "[part=button]").await?;
        buyer.page().key(Key::Enter).await?;
        buyer.page().press("[data-bank=MONO_BANK]").await?;
        buyer.comes_back().await?;
        buyer.sees(PAID).await?;
        world.ledger.is_captured_once(ORDER).await?;
        Ok(())
    })
    .await;
}

async fn nothing_is_cut_off_at_200_and_400_percent(engine: Engine) {
    for times in [2, 4] {
        let profile = Profile::default().window(1_280, 1_024).zoomed(times);
        on_every_screen(engine, &profile, "ltr", async |page| {
            let width = page.run("return innerWidth;", &[]).await?;
            ensure!(width == 1_280 / times, "the page is {width} wide");
            cut_off(page).await
        })
        .await;
    }
}

async fn forced_colours_leave_every_control_and_the_mark_visible(engine: Engine) {
    on_every_screen(engine, &Profile::default().forced_colours(), "ltr", async |page| {
        ensure!(page.holds("matchMedia('(forced-colors: active)').matches").await?, "no forced colours");
        let unseen = "return deepAll('.root .button').filter((one) => one.checkVisibility()).filter((one) => {
               const look = getComputedStyle(one);
               return look.borderTopWidth === '0px' || look.borderTopColor === getComputedStyle(document.body).backgroundColor
                 || look.color === look.backgroundColor;
             }).map((one) => one.outerHTML);";
        let mark = "const [box, ...strokes] = deepAll('.mark, .mark path').map((one) => getComputedStyle(one));
             const drawn = box.borderTopStyle === 'solid' && box.backgroundImage === 'none'
               && strokes.every((stroke) => stroke.stroke === box.color);
             return drawn ? [] : [`the mark: ${box.border}, ${box.backgroundImage}, ${strokes.map((one) => one.stroke)}`];";
        Ok(said(page.run(unseen, &[]).await?)? + &said(page.run(mark, &[]).await?)?)
    })
    .await;
}

async fn nothing_moves_for_those_who_asked_for_it(engine: Engine) {
    on_every_screen(engine, &Profile::default().reduced_motion(), "ltr", async |page| {
        // Fading is not moving; turning and sliding are.
        let moving = "return deepAll('.root *').flatMap((one) => one.getAnimations()).flatMap((one) => one.effect.getKeyframes())
             .filter((frame) => ['transform', 'rotate', 'translate', 'scale', 'left', 'top'].some((name) => name in frame))
             .map((frame) => JSON.stringify(frame));";
        said(page.run(moving, &[]).await?)
    })
    .await;
}

async fn right_to_left_pages_mirror_the_widget(engine: Engine) {
    on_every_screen(engine, &Profile::default().window(500, 900), "rtl", async |page| {
        let mirrored = "const place = (selector) => deep(selector)?.getBoundingClientRect();
             const [mark, brand, chosen, words] = ['.mark', '.brand', '.way input', '.way span'].map(place);
             const wrong = [];
             if (mark && !(mark.left >= brand.right - 1)) wrong.push('the mark stands after the name');
             if (chosen && !(chosen.left >= words.right - 1)) wrong.push('the radio stands after its words');
             if (getComputedStyle(deep('.root')).direction !== 'rtl') wrong.push('it is not right to left');
             return wrong;";
        let wrong = said(page.run(mirrored, &[]).await?)?;
        Ok(wrong + &cut_off(page).await?)
    })
    .await;
}

async fn every_screen_has_one_live_region_and_targets_a_thumb_can_hit(engine: Engine) {
    on_every_screen(engine, &Profile::default(), "ltr", async |page| {
        let wrong = "const wrong = [];
             const live = deepAll('[aria-live], [role=status], [role=alert], [role=log], output');
             if (live.length !== 1) wrong.push(`${live.length} live regions`);
             const targets = deepAll('.root button, .root a, .root label').filter((one) => one.checkVisibility());
             for (const target of targets) {
               const { width, height } = target.getBoundingClientRect();
               if (width < 44 || height < 44) wrong.push(`${target.outerHTML} is ${width} by ${height}`);
             }
             if (deepAll('.root input:not([type=radio]), .root textarea, .root select').length) wrong.push('a text entry');
             return wrong;";
        said(page.run(wrong, &[]).await?)
    })
    .await;
}

async fn the_focus_moves_with_the_phase_and_with_nothing_else(engine: Engine) {
    journey_on(engine, Settings::default(), async |world| {
        world.bank.breaks_for(fault("create-order", "pending"), 8_000).await?;
        let buyer = world.buyer().await?;
        buyer.places_an_order().await?;
        buyer.can_pay().await?;
        assert_eq!(focused(&buyer).await?, Value::Null, "the first screen takes no focus");
        buyer.pays_and_comes_back(Card::Succeeds).await?;
        buyer.sees(AWAITING).await?;
        buyer.runs("deep('.root .heading').focus();").await?;
        buyer.page().offline(true).await?;
        buyer.sees("You are offline").await?;
        assert_eq!(focused(&buyer).await?, json!("heading"), "another word in the same phase moves nothing");
        buyer
            .runs(
                "deep('.root .heading').blur(); window.moves = 0; \
             deep('.root').addEventListener('focusin', () => { window.moves += 1; });",
            )
            .await?;
        buyer.page().offline(false).await?;
        buyer.sees(PAID).await?;
        buyer.page().wait_until("window.moves === 1").await?;
        assert_eq!(focused(&buyer).await?, json!("heading"), "the outcome is read from its heading on");
        Ok(())
    })
    .await;
}

/// Looks at every screen in both languages; `finds` says what is wrong, or nothing.
async fn on_every_screen(
    engine: Engine,
    profile: &Profile,
    direction: &str,
    finds: impl AsyncFn(&Page) -> anyhow::Result<String>,
) {
    let stage = Stage::open().await.expect("a stage");
    let (_driver, page) = opened(engine, profile).await.expect("a browser");
    let mut wrong = Vec::new();
    for language in LANGUAGES {
        for phase in Phase::ALL {
            let look = Look { language, direction };
            stage.shows(&page, phase, look).await.expect(phase.name);
            let found = finds(&page).await.expect(phase.name);
            if !found.is_empty() {
                wrong.push(format!("{} in {language}: {found}", phase.name));
            }
        }
    }
    page.close().await.expect("close");
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// What hangs out of the page or out of its own box.
async fn cut_off(page: &Page) -> anyhow::Result<String> {
    let script = "const wrong = [];
         const { scrollWidth, clientWidth } = document.documentElement;
         if (scrollWidth > clientWidth) wrong.push(`the page scrolls sideways: ${scrollWidth} in ${clientWidth}`);
         const card = deep('.root').getBoundingClientRect();
         for (const one of deepAll('.root *').filter((it) => it.checkVisibility() && !it.closest('.spoken'))) {
           const box = one.getBoundingClientRect();
           if (box.left < card.left - 1 || box.right > card.right + 1) wrong.push(`${one.className || one.tagName} hangs out`);
         }
         return wrong;";
    said(page.run(script, &[]).await?)
}

fn said(list: Value) -> anyhow::Result<String> {
    Ok(serde_json::from_value::<Vec<String>>(list)?.join("; "))
}

/// The focus is there, and whoever looks sees it.
async fn focus_is_seen_on(buyer: &Buyer, selector: &str) -> anyhow::Result<()> {
    let selector = json!(selector);
    let seen = format!(
        "(() => {{ const one = document.querySelector('alliancepay-checkout').shadowRoot.activeElement; \
           return one?.matches({selector}) && [one, one.closest('label')].some((it) => \
             it && getComputedStyle(it).outlineStyle !== 'none' && parseFloat(getComputedStyle(it).outlineWidth) >= 2); }})()"
    );
    buyer.page().wait_until(&seen).await
}

/// The class of what has the focus inside the widget.
async fn focused(buyer: &Buyer) -> anyhow::Result<Value> {
    buyer.runs("return document.querySelector('alliancepay-checkout').shadowRoot.activeElement?.className ?? null;").await
}
