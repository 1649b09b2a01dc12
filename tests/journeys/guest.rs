//! A guest on pages of others: taken out and put back, hidden, dressed up, framed, loaded in every way an optimiser thinks
//! of. Taken out and put back a hundred times and more: `remounts.rs`.

use anyhow::Context;
use serde_json::json;

use crate::support::{
    Buyer, Card, MerchantPage, PAID, Profile, Settings, TAG, WIDGET_BUTTON, Widget, World, at_a_page, fault,
    journey, pay_view,
};

#[tokio::test]
async fn taken_out_and_put_back_at_any_moment_it_goes_on_with_one_order_at_the_bank() {
    journey(Settings::default(), async |world| {
        world.bank.breaks_for(fault("create-order", "slow"), 1_500).await?;
        // Taken out before the loader has come, and put back a moment later.
        let head = format!(
            "{TAG}<script>addEventListener('DOMContentLoaded', () => {{
               const widget = document.querySelector('alliancepay-checkout'); widget.remove();
               setTimeout(() => document.body.append(widget), 300); }});</script>"
        );
        let (_site, buyer) = at_a_page(world, &head, str::to_owned).await?;
        buyer.can_pay().await?;
        let move_it = "const w = document.querySelector('alliancepay-checkout'); document.body.prepend(w);";
        let swap_it = "const w = document.querySelector('alliancepay-checkout'); w.remove();
             await new Promise((resolve) => setTimeout(resolve, 50)); document.body.append(w);";
        buyer.runs(&format!("return (async () => {{ {move_it} }})();")).await?;
        buyer.runs(&format!("return (async () => {{ {swap_it} }})();")).await?;
        buyer.presses_pay().await?;
        // In the middle of opening the session.
        buyer.runs(&format!("return (async () => {{ {swap_it} }})();")).await?;
        buyer.presses_pay().await?;
        pays_at_the_bank(world, &buyer).await
    })
    .await;
}

#[tokio::test]
async fn two_widgets_on_a_page_are_two_orders() {
    journey(Settings::default(), async |world| {
        let one = world.ledger.put_order("J-1", 25_000, &world.at.merchant_page).await?;
        let two = world.ledger.put_order("J-2", 35_000, &world.at.merchant_page).await?;
        let body =
            format!("{}{}", pay_view(world, "J-2", &two, "id=two"), pay_view(world, "J-1", &one, "id=one"));
        let site = MerchantPage::start(world, Widget::Served, &body).await?;
        let buyer = world.buyer().await?;
        buyer.page().goto(&site.url).await?;
        buyer.hears("button", "Pay ₴250.00").await?;
        buyer.hears("button", "Pay ₴350.00").await?;
        buyer
            .page()
            .press_where("document.querySelector('#one').shadowRoot.querySelector('button.button')")
            .await?;
        pays_at_the_bank(world, &buyer).await?;
        assert!(world.ledger.attempts("J-2")?.is_empty());
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn hidden_at_first_and_on_a_page_of_hostile_styles_it_is_whole_and_pays() {
    journey(Settings::default(), async |world| {
        let hostile = "<style>* { letter-spacing: 9px !important; text-transform: uppercase !important; line-height: 4 !important }
             button, input, svg, p, h2, span, label, fieldset { display: none !important; position: fixed !important; font-size: 99px !important }
             .root, .card { visibility: hidden !important; float: right !important }</style>";
        let head = format!("{hostile}{TAG}");
        let hidden = |view: &str| format!("<div id=box style='display:none'>{view}</div>");
        let (_site, buyer) = at_a_page(world, &head, hidden).await?;
        buyer.page().wait_until("document.querySelector('alliancepay-checkout').shadowRoot").await?;
        buyer.runs("document.querySelector('#box').style.display = '';").await?;
        buyer.can_pay().await?;
        let look = buyer
            .runs(&format!(
                "const button = {WIDGET_BUTTON}; const style = getComputedStyle(button);
                 return [style.textTransform, style.letterSpacing, style.visibility, style.position,
                         parseFloat(style.fontSize) < 30, button.getBoundingClientRect().height >= 44];"
            ))
            .await?;
        assert_eq!(look, json!(["none", "normal", "visible", "static", true, true]));
        pays(world, &buyer).await
    })
    .await;
}

#[tokio::test]
async fn it_wears_the_font_and_the_colours_of_its_page_unless_told_otherwise() {
    journey(Settings::default(), async |world| {
        let head = format!("<style>body {{ color: rgb(60, 20, 10); font-family: serif }}</style>{TAG}");
        let (_site, buyer) = at_a_page(world, &head, str::to_owned).await?;
        buyer.can_pay().await?;
        let wears = |colour: &str, ground: &str| {
            format!(
                "getComputedStyle(deep('.amount')).color === '{colour}' \
                 && getComputedStyle(deep('.amount')).fontFamily === 'serif' \
                 && getComputedStyle(deep('.card')).backgroundColor === '{ground}'"
            )
        };
        buyer.page().wait_until(&wears("rgb(60, 20, 10)", "rgba(0, 0, 0, 0)")).await?;
        buyer.runs("document.querySelector('alliancepay-checkout').setAttribute('theme', 'dark');").await?;
        buyer.page().wait_until(&wears("rgb(238, 242, 247)", "rgb(22, 27, 34)")).await?;
        let own = "document.documentElement.style.setProperty('--alliancepay-text', 'rgb(1, 2, 3)');";
        buyer.runs(own).await?;
        buyer.page().wait_until(&wears("rgb(1, 2, 3)", "rgb(22, 27, 34)")).await?;
        pays(world, &buyer).await
    })
    .await;
}

#[tokio::test]
async fn on_a_page_from_right_to_left_english_ends_with_its_full_stop_and_stands_at_the_right() {
    journey(Settings::default(), async |world| {
        let head = format!("<script>document.documentElement.dir = 'rtl';</script>{TAG}");
        let (_site, buyer) = at_a_page(world, &head, str::to_owned).await?;
        buyer.can_pay().await?;
        let look = "const range = document.createRange();
             const box = (words, from, to) => {
               range.setStart(words, from); range.setEnd(words, to); return range.getBoundingClientRect(); };
             const [promise, heading] = ['.way-promise', '.heading'].map((one) => deep(one).firstChild);
             const [last, stop] = [2, 1].map((back) => box(promise, promise.length - back, promise.length - back + 1));
             const edge = deep('.heading').getBoundingClientRect().right;
             return [stop.left >= last.right - 1, Math.abs(box(heading, 0, heading.length).right - edge) < 1];";
        assert_eq!(buyer.runs(look).await?, json!([true, true]));
        pays(world, &buyer).await
    })
    .await;
}

#[tokio::test]
async fn where_storage_is_blocked_it_pays_and_tells() {
    journey(Settings::default(), async |world| {
        let blocked = "for (const name of ['sessionStorage', 'localStorage', 'indexedDB'])
             Object.defineProperty(window, name, { get() { throw new DOMException('blocked', 'SecurityError'); } });";
        let site = MerchantPage::selling(world, Widget::Served, "").await?;
        let buyer = world.buyer().await?;
        buyer.page().devtools("Page.addScriptToEvaluateOnNewDocument", json!({"source": blocked})).await?;
        buyer.page().goto(&site.url).await?;
        pays(world, &buyer).await?;
        buyer.sees(PAID).await
    })
    .await;
}

#[tokio::test]
async fn every_way_to_load_the_script_works() {
    journey(Settings::default(), async |world| {
        let token = world.ledger.put_order("J-1", 25_000, &world.at.merchant_page).await?;
        let view = pay_view(world, "J-1", &token, "");
        let src = "/widget/alliancepay.js";
        // What an optimiser makes of a tag: another type, then its text in a script of its own, out of the tag.
        let rewritten = format!(
            "<script type='text/optimised' src={src}></script><script>addEventListener('load', async () => {{
               const script = document.createElement('script');
               script.text = await (await fetch('{src}')).text(); document.head.append(script); }});</script>"
        );
        // And joined with others, without any tag that names it.
        let joined = format!(
            "<script>fetch('{src}').then((answer) => answer.text()).then((text) =>
               new Function('var before = 1;' + text + ';var after = 1;')());</script>"
        );
        let late = format!("{view}<script src={src}></script>");
        let twice = format!("{TAG}<script src={src} defer></script>");
        let module = "<script type=module>import '/widget/alliancepay.mjs';</script>";
        let deferred = format!("<script src={src} defer></script>");
        let pages = [
            ("/deferred", deferred.as_str(), view.as_str()),
            ("/first", "<script src=/widget/alliancepay.js></script>", &view),
            ("/late", "", &late),
            ("/twice", &twice, &view),
            ("/rewritten", &rewritten, &view),
            ("/joined", &joined, &view),
            ("/joined-file", "<script src=/all.js></script>", &view),
            ("/joined-by-names", "<script src='/all.js?/shop.js,/widget/alliancepay.js'></script>", &view),
            ("/module", module, &view),
        ];
        let site = MerchantPage::with_pages(world, Widget::Served, None, pages).await?;
        let buyer = world.buyer().await?;
        for (path, ..) in pages {
            buyer.page().goto(&format!("{}{path}", site.url)).await?;
            buyer.page().wait_until("deep('[data-phase=ready]')").await?;
            buyer.can_pay().await?;
        }
        pays(world, &buyer).await
    })
    .await;
}

#[tokio::test]
async fn in_a_frame_the_whole_tab_leaves_for_the_bank() {
    journey(Settings::default(), async |world| {
        let (_site, buyer) = in_a_frame(world, "").await?;
        buyer.presses_pay().await?;
        // The frame is gone with its page.
        let _ = buyer.page().client().clone().enter_parent_frame().await;
        buyer.is_at_the_bank().await?;
        pays_at_the_bank(world, &buyer).await
    })
    .await;
}

#[tokio::test]
async fn in_a_frame_that_may_leave_only_by_a_fresh_press_a_link_is_offered() {
    let patient = Settings { bank_timeout: "12s", ..Settings::default() };
    journey(patient, async |world| {
        // By the time the session is open, the press is too old for the browser.
        world.bank.breaks_for(fault("create-order", "slow"), 7_000).await?;
        let sandbox =
            "sandbox='allow-scripts allow-same-origin allow-forms allow-top-navigation-by-user-activation'";
        let (_site, buyer) = in_a_frame(world, sandbox).await?;
        buyer.presses_pay().await?;
        buyer.sees("Your browser did not let us open the payment page").await?;
        buyer.page().press("a.button[target=_top]").await?;
        let _ = buyer.page().client().clone().enter_parent_frame().await;
        pays_at_the_bank(world, &buyer).await
    })
    .await;
}

#[tokio::test]
async fn in_an_in_app_browser_it_pays_in_the_same_tab() {
    journey(Settings::default(), async |world| {
        let agent = "--user-agent=Mozilla/5.0 (Linux; Android 14; wv) AppleWebKit/537.36 Version/4.0 Chrome/120.0 Mobile Safari/537.36 Instagram 300.0";
        let buyer = world.buyer_with(&Profile::default().chromium_argument(agent).chromium_argument("--block-new-web-contents")).await?;
        let no_windows = "window.open = () => { throw new Error('no windows here'); };";
        buyer.page().devtools("Page.addScriptToEvaluateOnNewDocument", json!({"source": no_windows})).await?;
        let order = buyer.places_an_order().await?;
        buyer.pays_and_comes_back(Card::Succeeds).await?;
        buyer.sees(PAID).await?;
        assert_eq!(buyer.page().client().windows().await?.len(), 1);
        world.ledger.is_captured_once(&order).await?;
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn inside_the_pages_own_form_a_button_of_another_form_pays_with_scripts_off() {
    journey(Settings::default(), async |world| {
        let token = world.ledger.put_order("J-1", 25_000, &world.at.merchant_page).await?;
        let backend = &world.at.backend;
        let body = format!(
            "<form id=pay method=post action='{backend}/pay'><input type=hidden name=order_token value='{token}'></form>
             <form action=/nowhere><input name=city value=Lviv>
             <alliancepay-checkout view=pay backend='{backend}' order-token='{token}' lang=en>
             <button form=pay>Pay at the bank</button></alliancepay-checkout></form>"
        );
        let site = MerchantPage::start(world, Widget::Served, &body).await?;
        let scripted = world.buyer().await?;
        scripted.page().goto(&site.url).await?;
        scripted.can_pay().await?;
        let plain = world.buyer_with(&Profile::default().without_scripts()).await?;
        plain.page().goto(&site.url).await?;
        plain.page().press("alliancepay-checkout button[form=pay]").await?;
        pays_at_the_bank(world, &plain).await
    })
    .await;
}

#[tokio::test]
async fn a_stale_page_without_a_token_url_says_so_and_offers_a_reload() {
    journey(Settings::default(), async |world| {
        let (_site, buyer) = at_a_page(world, TAG, str::to_owned).await?;
        buyer.can_pay().await?;
        world.ledger.forgets_every_token()?;
        buyer.presses_pay().await?;
        buyer.sees("open for too long").await?;
        buyer.hears("button", "Reload the page").await?;
        assert_eq!(world.bank.order_count().await?, 0);
        buyer.runs("window.before = true;").await?;
        buyer.presses_pay().await?;
        buyer.page().wait_until("window.before === undefined && deep('[data-phase]')").await
    })
    .await;
}

#[tokio::test]
async fn nothing_moves_on_a_page_that_keeps_the_widgets_place() {
    journey(Settings::default(), async |world| {
        let room = documented_room("38")?;
        let watch = "<script>window.moved = 0; new PerformanceObserver((list) => {
               for (const entry of list.getEntries()) moved += entry.value; }).observe({ type: 'layout-shift', buffered: true });</script>";
        let token = world.ledger.put_order("J-1", 25_000, &world.at.merchant_page).await?;
        let body = format!("{}<p id=below>Below</p>", pay_view(world, "J-1", &token, ""));
        let head = |size| format!("<style>body {{ font-size: {size}px }} {room}</style>{watch}{TAG}");
        // Smaller and larger than the widget ever is, and as large as it is.
        let [small, middle, large] = [14, 16, 20].map(head);
        let pages = [("/small", &*small, &*body), ("/middle", &middle, &body), ("/large", &large, &body)];
        let site = MerchantPage::with_pages(world, Widget::Served, None, pages).await?;
        let buyer = world.buyer().await?;
        for (path, ..) in pages {
            buyer.page().goto(&format!("{}{path}", site.url)).await?;
            buyer.hears("button", "Pay ₴250.00").await?;
            buyer.page().wait_until("deep('fieldset.ways').checkVisibility()").await?;
            rests(&buyer).await?;
            assert_eq!(buyer.runs("return moved;").await?, json!(0), "{path}");
        }
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn nothing_moves_on_the_demo_shops_pages_before_the_payment() {
    journey(Settings::default(), async |world| {
        let buyer = world.buyer().await?;
        // While a busy machine brings the page in pieces, a line that comes late moves what is drawn: no widget does.
        let watch = "window.moved = []; const name = (one) => one?.className || one?.localName || one?.nodeName;
             const whole = () => performance.getEntriesByType('navigation')[0].domInteractive || Infinity;
             new PerformanceObserver((list) => { for (const entry of list.getEntries()) if (entry.startTime > whole())
             moved.push([entry.value, ...entry.sources.map((one) => [name(one.node), one.previousRect.y, one.currentRect.y])]);
             }).observe({ type: 'layout-shift', buffered: true });";
        buyer.page().devtools("Page.addScriptToEvaluateOnNewDocument", json!({"source": watch})).await?;
        for language in ["uk", "en"] {
            buyer.page().goto(&format!("{}/?lang={language}", world.at.shop)).await?;
            buyer.page().wait_until("deep('.chips').checkVisibility()").await?;
            rests(&buyer).await?;
            assert_eq!(buyer.runs("return moved;").await?, json!([]), "the checkout in {language}");
            buyer.places_an_order_in(language).await?;
            buyer.page().wait_until("deep('fieldset.ways').checkVisibility()").await?;
            rests(&buyer).await?;
            assert_eq!(buyer.runs("return moved;").await?, json!([]), "the pay page in {language}");
        }
        buyer.pays_and_comes_back(Card::Succeeds).await?;
        Ok(())
    })
    .await;
}

/// The styles that a shop copies from the documentation, for so many ems of room.
fn documented_room(ems: &str) -> anyhow::Result<String> {
    let text = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/docs/embedding.md"))?;
    let (_, styles) = text.split_once("```css\n").context("no styles in the documentation")?;
    let (styles, _) = styles.split_once("```").context("styles without an end")?;
    Ok(styles.replace("25", ems))
}

/// Two frames: what was drawn is on the screen, and whatever moved has been counted.
async fn rests(buyer: &Buyer) -> anyhow::Result<()> {
    let frames =
        "return new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));";
    buyer.runs(frames).await.map(drop)
}

/// The buyer stands inside a frame of another site.
async fn in_a_frame(world: &World, sandbox: &str) -> anyhow::Result<(MerchantPage, Buyer)> {
    let token = world.ledger.put_order("J-1", 25_000, &world.at.merchant_page).await?;
    let view = pay_view(world, "J-1", &token, "");
    let frame = format!("<iframe {sandbox} width=700 height=700 src='{}/'></iframe>", world.at.merchant_page);
    let pages = [("/", TAG, view.as_str()), ("/outside", "", frame.as_str())];
    let site = MerchantPage::with_pages(world, Widget::Served, None, pages).await?;
    let buyer = world.buyer().await?;
    buyer.page().goto(&format!("{}/outside", site.url.replace("127.0.0.1", "localhost"))).await?;
    buyer.page().client().clone().enter_frame(0).await?;
    Ok((site, buyer))
}

async fn pays(world: &World, buyer: &Buyer) -> anyhow::Result<()> {
    buyer.presses_pay().await?;
    pays_at_the_bank(world, buyer).await
}

async fn pays_at_the_bank(world: &World, buyer: &Buyer) -> anyhow::Result<()> {
    buyer.pays_with(Card::Succeeds).await?;
    buyer.comes_back().await?;
    world.ledger.is_captured_once("J-1").await?;
    assert_eq!(world.bank.order_count().await?, 1);
    Ok(())
}
