//! Texts: the template is drawn from the PHP, each translation must have all of it, and is compiled.

use std::path::Path;
use std::process::Command;

use anyhow::{Context, ensure};

use crate::files::files_below;
use crate::process::command;

const TEMPLATE: &str = "languages/alliancepay-checkout.pot";
const KEYWORDS: [&str; 6] = ["__:1", "esc_html__:1", "esc_attr__:1", "_x:1,2c", "_n:1,2", "esc_html_e:1"];

const LANGUAGES: &str = "languages";
/// Where translators tell of a text they stumble over.
const BUGS: &str = "https://github.com/alliancepay/checkout/issues";

/// Writes the template and the compiled translations into the assembled plugin. A warning of gettext's is a mistake.
pub(crate) fn compile(plugin: &Path, version: &str) -> anyhow::Result<()> {
    draw(plugin, version)?;
    for file in files_below(&plugin.join(LANGUAGES))? {
        if file.extension().is_some_and(|ending| ending == "po") {
            let file = Path::new(LANGUAGES).join(file);
            is_whole(plugin, &file)?;
            let mut compile = command("msgfmt");
            compile.current_dir(plugin).args(["--check", "-o"]).arg(file.with_extension("mo")).arg(&file);
            without_a_word(&mut compile, "msgfmt")?;
        }
    }
    ensure!(
        plugin.join("languages/alliancepay-checkout-uk.mo").is_file(),
        "there is no Ukrainian translation"
    );
    Ok(())
}

fn draw(plugin: &Path, version: &str) -> anyhow::Result<()> {
    let mut sources: Vec<_> = files_below(plugin)?;
    sources.retain(|file| file.extension().is_some_and(|ending| ending == "php"));
    sources.sort();
    let mut draw = command("xgettext");
    draw.current_dir(plugin)
        .args(["--language=PHP", "--from-code=UTF-8", "--add-comments=translators", "--no-wrap"])
        .args([
            "--package-name=AlliancePay Checkout for WooCommerce",
            "--copyright-holder=AlliancePay Checkout contributors",
            "--keyword=",
        ])
        .arg(format!("--package-version={version}"))
        .arg(format!("--msgid-bugs-address={BUGS}"))
        .args(KEYWORDS.map(|keyword| format!("--keyword={keyword}")))
        .args(["-o", TEMPLATE])
        .args(&sources);
    without_a_word(&mut draw, "xgettext")?;
    let drawn = std::fs::read_to_string(plugin.join(TEMPLATE)).context("the template")?;
    std::fs::write(plugin.join(TEMPLATE), with_our_head(&drawn)).context("writing the template")
}

/// The head that xgettext leaves to be filled in: ours, and without the hour it was made, so that the same texts make the
/// same bytes.
fn with_our_head(drawn: &str) -> String {
    let mut lines: Vec<&str> = drawn
        .lines()
        .filter(|line| !line.starts_with("# FIRST AUTHOR") && !line.starts_with("\"POT-Creation-Date"))
        .collect();
    for line in &mut lines {
        match *line {
            "# SOME DESCRIPTIVE TITLE." => *line = "# Texts of AlliancePay Checkout for WooCommerce.",
            "# Copyright (C) YEAR AlliancePay Checkout contributors" => {
                *line = "# Copyright (C) AlliancePay Checkout contributors";
            }
            _ => {}
        }
    }
    lines.join("\n") + "\n"
}

/// Runs what speaks only when something is wrong.
fn without_a_word(program: &mut Command, name: &str) -> anyhow::Result<()> {
    let output = program.output().with_context(|| format!("{name}: could not be started"))?;
    let said = String::from_utf8_lossy(&output.stderr);
    ensure!(output.status.success() && said.trim().is_empty(), "{name}: {}", said.trim());
    Ok(())
}

/// Every text is translated, and none is translated that is gone.
fn is_whole(plugin: &Path, file: &Path) -> anyhow::Result<()> {
    let mut compare = command("msgcmp");
    compare.current_dir(plugin).arg(file).arg(TEMPLATE);
    without_a_word(&mut compare, "msgcmp").with_context(|| {
        format!(
            "plugins/woocommerce/{} is not the template's: msgmerge it with the template and translate",
            file.display()
        )
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_templates_head_is_filled_in_and_the_same_each_time() {
        let drawn = "# SOME DESCRIPTIVE TITLE.\n# Copyright (C) YEAR AlliancePay Checkout contributors\n\
                     # FIRST AUTHOR <EMAIL@ADDRESS>, YEAR.\nmsgid \"\"\n\"POT-Creation-Date: 2026-11-27 14:40+0000\\n\"\n";
        assert_eq!(
            with_our_head(drawn),
            "# Texts of AlliancePay Checkout for WooCommerce.\n# Copyright (C) AlliancePay Checkout contributors\nmsgid \"\"\n"
        );
    }
}
