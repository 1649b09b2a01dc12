//! 9: the widget's files served wrongly, or its tag taken over by an optimiser. The buyer pays all the same.

use crate::support::{
    Card, Engine, MerchantPage, ORDER, PAID, Settings, Widget, World, journey_on, on_each_engine,
};

on_each_engine!(
    a_wrong_mime_type_costs_time_and_not_the_widget,
    a_missing_wasm_file_leaves_the_form_standing,
    a_forbidden_wasm_file_leaves_the_form_standing,
    a_page_in_place_of_the_wasm_file_leaves_the_form_standing,
    a_tag_rewritten_by_an_optimiser_still_mounts_the_widget,
    a_script_that_cannot_find_its_tag_asks_the_backend_for_its_files,
);

async fn a_wrong_mime_type_costs_time_and_not_the_widget(engine: Engine) {
    journey_on(engine, Settings::default(), async |world| by_the_widget(world, Widget::WasmAsText).await)
        .await;
}

async fn a_missing_wasm_file_leaves_the_form_standing(engine: Engine) {
    journey_on(engine, Settings::default(), async |world| by_the_form(world, Widget::WasmMissing).await)
        .await;
}

async fn a_forbidden_wasm_file_leaves_the_form_standing(engine: Engine) {
    journey_on(engine, Settings::default(), async |world| by_the_form(world, Widget::WasmForbidden).await)
        .await;
}

async fn a_page_in_place_of_the_wasm_file_leaves_the_form_standing(engine: Engine) {
    journey_on(engine, Settings::default(), async |world| by_the_form(world, Widget::WasmIsAPage).await)
        .await;
}

async fn a_tag_rewritten_by_an_optimiser_still_mounts_the_widget(engine: Engine) {
    journey_on(engine, Settings::default(), async |world| by_the_widget(world, Widget::TagRewritten).await)
        .await;
}

async fn a_script_that_cannot_find_its_tag_asks_the_backend_for_its_files(engine: Engine) {
    journey_on(engine, Settings::default(), async |world| by_the_widget(world, Widget::TagGone).await).await;
}

async fn by_the_widget(world: &World, widget: Widget) -> anyhow::Result<()> {
    let site = MerchantPage::selling(world, widget, "").await?;
    let buyer = world.buyer().await?;
    buyer.page().goto(&site.url).await?;
    buyer.pays_and_comes_back(Card::Succeeds).await?;
    buyer.sees(PAID).await?;
    is_paid_once(world).await
}

async fn by_the_form(world: &World, widget: Widget) -> anyhow::Result<()> {
    let site = MerchantPage::selling(world, widget, "").await?;
    let buyer = world.buyer().await?;
    buyer.page().goto(&site.url).await?;
    buyer.is_left_with_the_form().await?;
    buyer.pays_by_the_form(Card::Succeeds).await?;
    is_paid_once(world).await?;
    let session = world.ledger.only_attempt(ORDER)?.session;
    buyer.page().goto(&format!("{}/pay/{session}", world.at.backend)).await?;
    buyer.sees(PAID).await
}

async fn is_paid_once(world: &World) -> anyhow::Result<()> {
    world.ledger.is_captured_once(ORDER).await?;
    assert_eq!(world.bank.order_count().await?, 1);
    Ok(())
}
