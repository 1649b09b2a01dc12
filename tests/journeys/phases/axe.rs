//! What axe finds wrong with a page: the rules of WCAG 2.0 to 2.2, A and AA, and good practice.

use anyhow::Context;
use browser::Page;
use serde_json::Value;

/// axe-core's script; `cargo xtask` installs it and says where it is.
const SCRIPT: &str = "ALLIANCEPAY_AXE";

const RUN: &str = "const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
    const found = await axe.run(document, {
      runOnly: { type: 'tag', values: tags },
      rules: { 'target-size': { enabled: true } },
      resultTypes: ['violations'],
    });
    return found.violations.flatMap((rule) =>
      rule.nodes.map((node) => `${rule.id} at ${node.target.flat().join(' ')}: ${node.failureSummary}`));";

/// Brings axe onto a page of the stage once, which serves it: sent along with each question, it would be compiled each time.
const FETCH: &str = "if (!window.axe) await new Promise((loaded, failed) => {
      const script = Object.assign(document.createElement('script'), { src: '/axe.js', onload: loaded, onerror: failed });
      document.head.append(script);
    });";

pub(crate) fn script() -> anyhow::Result<String> {
    let file =
        std::env::var(SCRIPT).with_context(|| format!("{SCRIPT} names no file: run `cargo xtask looks`"))?;
    std::fs::read_to_string(&file).with_context(|| format!("reading {file}"))
}

/// Every violation in words; none on a good page.
pub(crate) async fn violations(page: &Page) -> anyhow::Result<Vec<String>> {
    found(page, &script()?).await
}

/// The same on a page of the stage.
pub(crate) async fn violations_on_stage(page: &Page) -> anyhow::Result<Vec<String>> {
    found(page, FETCH).await
}

async fn found(page: &Page, axe: &str) -> anyhow::Result<Vec<String>> {
    let found = page.run(&format!("{axe}\n{RUN}"), &[]).await.context("running axe")?;
    let words = |one: &Value| one.as_str().unwrap_or_default().to_owned();
    Ok(found.as_array().context("axe's findings")?.iter().map(words).collect())
}
