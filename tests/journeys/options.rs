//! What a merchant may write on the page: the option beside other methods, a wrong option, an unknown language.

use std::collections::BTreeMap;

use anyhow::Context;

use crate::support::{Card, MerchantPage, ORDER, PAID, Settings, Widget, journey, pay_view};

#[tokio::test]
async fn the_option_is_one_native_radio_of_the_pages_own_group_and_needs_no_token() {
    journey(Settings::default(), async |world| {
        let buyer = world.buyer().await?;
        buyer.page().goto(&format!("{}/?lang=en", world.at.shop)).await?;
        buyer.page().wait_until("document.querySelector('alliancepay-checkout[view=option]').shadowRoot").await?;
        buyer.sees("AlliancePay").await?;
        let facts = buyer
            .runs(
                "const widget = document.querySelector('alliancepay-checkout[view=option]');
                 const radios = [...document.querySelectorAll('input[name=method]')];
                 return {
                   radios: radios.length,
                   chosen: radios.filter((radio) => radio.checked).map((radio) => radio.value),
                   inside: [...widget.shadowRoot.querySelectorAll('input, button, textarea, [contenteditable]')]
                     .filter((control) => control.checkVisibility()).length,
                   token: widget.hasAttribute('order-token'),
                   error: deepText().toLowerCase().includes('set-up'),
                 };",
            )
            .await?;
        assert_eq!(
            facts,
            serde_json::json!({"radios": 3, "chosen": ["alliancepay"], "inside": 0, "token": false, "error": false})
        );

        // Another method, and back by the keyboard: one group, as a buyer expects of radios.
        buyer.page().press("input[name=method][value=transfer]").await?;
        assert!(!buyer.page().holds("document.querySelector('input[value=alliancepay]').checked").await?);
        let closed = "document.querySelector('alliancepay-checkout[view=option]').shadowRoot.querySelector('[data-closed]')";
        buyer.page().wait_until(closed).await?;
        // A press on the widget itself chooses its method: it stands inside the radio's label.
        buyer.page().press("alliancepay-checkout[view=option]").await?;
        buyer.page().wait_until("document.querySelector('input[value=alliancepay]').checked").await?;
        buyer.page().wait_until(&format!("!{closed}")).await?;
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn a_wrong_option_is_named_to_the_merchant_and_the_form_still_pays() {
    journey(Settings::default(), async |world| {
        let token = world.ledger.put_order("J-1", 25_000, &world.at.merchant_page).await?;
        let wrong = pay_view(world, "J-1", &token, "theme=neon").replace("view=pay", "view=payment");
        let site = MerchantPage::start(world, Widget::Served, &wrong).await?;
        let buyer = world.buyer().await?;
        buyer.page().goto(&site.url).await?;
        buyer.page().wait_until("document.querySelector('alliancepay-checkout').shadowRoot").await?;
        buyer.sees("view").await?;
        let console = buyer.page().console().await?;
        assert!(
            console.iter().any(|line| line.contains("view")),
            "the console names the option: {console:?}"
        );

        buyer.page().press("alliancepay-checkout form button").await?;
        buyer.pays_with(Card::Succeeds).await?;
        buyer.comes_back().await?;
        world.ledger.is_captured_once("J-1").await?;
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn every_wrong_option_is_named_on_the_page_and_in_the_console() {
    journey(Settings::default(), async |world| {
        let backend = format!("backend='{}'", world.at.backend);
        let wrong = [
            ("backend", String::new()),
            ("backend", "backend='ftp://shop.example'".to_owned()),
            ("order-token", backend.clone()),
            ("token-url", format!("{backend} order-token=t token-url='https://elsewhere.example/token'")),
            ("session", format!("{backend} session='../../orders/7' view=status")),
            ("product", format!("{backend} order-token=t product=barter")),
            ("theme", format!("{backend} order-token=t theme=neon")),
            ("amount", format!("{backend} view=option amount='12.50'")),
            ("currency", format!("{backend} view=option amount=100 currency=GBP")),
            ("payment-hosts", format!("{backend} order-token=t payment-hosts='https://pay.example'")),
            ("logo-url", format!("{backend} view=option logo-url='https://elsewhere.example/logo.svg'")),
        ];
        let element =
            |attributes: &str| format!("<alliancepay-checkout lang=en {attributes}>left</alliancepay-checkout>");
        let body: Vec<String> = wrong.iter().map(|(_, attributes)| element(attributes)).collect();
        let site = MerchantPage::start(world, Widget::Served, &body.concat()).await?;
        let buyer = world.buyer().await?;
        buyer.page().goto(&site.url).await?;
        for (number, (option, attributes)) in wrong.iter().enumerate() {
            let said = format!(
                "document.querySelectorAll('alliancepay-checkout')[{number}].shadowRoot?.querySelector('.root')\
                 ?.innerText.includes('“{option}”')"
            );
            buyer.page().wait_until(&said).await.with_context(|| format!("{option}: {attributes}"))?;
        }
        let console = buyer.page().console().await?;
        for (option, _) in &wrong {
            assert!(console.iter().any(|line| line.contains(option)), "no {option} in {console:?}");
        }
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn a_logo_of_the_shop_stands_in_place_of_the_mark_while_it_is_wanted() {
    journey(Settings::default(), async |world| {
        let site = MerchantPage::selling(world, Widget::Served, "logo-url=/logo.svg").await?;
        let buyer = world.buyer().await?;
        buyer.page().goto(&site.url).await?;
        buyer.page().wait_until("deep('.mark img').naturalWidth === 96").await?;
        let seen = |mark, logo| {
            format!(
                "deep('.mark svg').checkVisibility() === {mark} && deep('.mark img').checkVisibility() === {logo} \
                 && deep('.mark').getBoundingClientRect().height > 20"
            )
        };
        buyer.page().wait_until(&seen(false, true)).await?;
        buyer.runs("document.querySelector('alliancepay-checkout').removeAttribute('logo-url');").await?;
        buyer.page().wait_until(&seen(true, false)).await?;
        buyer.pays_and_comes_back(Card::Succeeds).await?;
        buyer.sees(PAID).await?;
        world.ledger.is_captured_once(ORDER).await?;
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn an_unknown_language_falls_back_and_the_buyer_pays() {
    journey(Settings::default(), async |world| {
        let token = world.ledger.put_order("J-1", 25_000, &world.at.merchant_page).await?;
        let page = pay_view(world, "J-1", &token, "").replace("lang=en", "lang=tlh");
        let site = MerchantPage::start(world, Widget::Served, &page).await?;
        let buyer = world.buyer().await?;
        buyer.page().goto(&site.url).await?;
        buyer.presses_pay().await?;
        buyer.pays_with(Card::Succeeds).await?;
        buyer.comes_back().await?;
        // The order's return URL is the same page: the pay view tells the outcome.
        buyer.page().wait_until("/Paid|Оплачено/.test(deepText())").await?;
        world.ledger.is_captured_once("J-1").await?;
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn a_language_of_the_merchants_own_is_all_of_its_texts_and_pays() {
    journey(Settings::default(), async |world| {
        // Every text marked, as each would be another in another language.
        let english = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/texts/en.json"))?;
        let english: BTreeMap<String, String> = serde_json::from_str(&english)?;
        let own = |(key, text): (String, String)| {
            let text = if key == "lang" { "sk".to_owned() } else { format!("»{text}") };
            (key, text)
        };
        let texts: BTreeMap<String, String> = english.into_iter().map(own).collect();
        let texts = format!("texts='{}'", serde_json::to_string(&texts)?);
        let token = world.ledger.put_order(ORDER, 25_000, &world.at.merchant_page).await?;
        let page = pay_view(world, ORDER, &token, &texts).replace("lang=en", "lang=sk");
        let site = MerchantPage::start(world, Widget::Served, &page).await?;
        let buyer = world.buyer().await?;
        buyer.page().goto(&site.url).await?;
        buyer.can_pay().await?;
        buyer.page().wait_until("deep('.card').lang === 'sk' && deep('.amount').innerText.startsWith('250,00')").await?;
        let english = "return deepAll('.heading, .text, .notice, .assurance, legend, .way-name, .way-promise, .root button')
             .map((one) => one.innerText).filter((text) => text && !text.startsWith('»'));";
        assert_eq!(buyer.runs(english).await?, serde_json::json!([]), "no word is left in English");
        buyer.pays_and_comes_back(Card::Succeeds).await?;
        buyer.sees("»Paid").await?;
        world.ledger.is_captured_once(ORDER).await?;
        Ok(())
    })
    .await;
}
