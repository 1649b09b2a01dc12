//! Texts: the template is drawn from the PHP, each translation must have all of it, and is compiled.

use std::path::Path;

use anyhow::{Context, ensure};

use crate::files::files_below;
use crate::process::{answer, command, run};

const TEMPLATE: &str = "languages/alliancepay-checkout.pot";
const KEYWORDS: [&str; 6] = ["__:1", "esc_html__:1", "esc_attr__:1", "_x:1,2c", "_n:1,2", "esc_html_e:1"];

/// Writes the template and the compiled translations into the assembled plugin.
pub(crate) fn compile(plugin: &Path) -> anyhow::Result<()> {
    let mut sources: Vec<_> = files_below(plugin)?;
    sources.retain(|file| file.extension().is_some_and(|ending| ending == "php"));
    let mut draw = command("xgettext");
    draw.current_dir(plugin).args([
        "--language=PHP",
        "--from-code=UTF-8",
        "--add-comments=translators",
        "--no-wrap",
    ]);
    draw.args(["--package-name=AlliancePay Checkout for WooCommerce", "--msgid-bugs-address=", "--keyword="]);
    draw.args(KEYWORDS.map(|keyword| format!("--keyword={keyword}"))).args(["-o", TEMPLATE]).args(&sources);
    run(&mut draw, "xgettext")?;
    for file in files_below(&plugin.join("languages"))? {
        if file.extension().is_some_and(|ending| ending == "po") {
            let file = Path::new("languages").join(file);
            is_whole(plugin, &file)?;
            let mut compile = command("msgfmt");
            compile.current_dir(plugin).args(["--check", "-o"]).arg(file.with_extension("mo")).arg(&file);
            run(&mut compile, "msgfmt")?;
        }
    }
    ensure!(
        plugin.join("languages/alliancepay-checkout-uk.mo").is_file(),
        "there is no Ukrainian translation"
    );
    Ok(())
}

/// Every text is translated, and none is translated that is gone.
fn is_whole(plugin: &Path, file: &Path) -> anyhow::Result<()> {
    let mut compare = command("msgcmp");
    compare.current_dir(plugin).arg(file).arg(TEMPLATE);
    answer(&mut compare, "msgcmp").with_context(|| {
        format!(
            "plugins/woocommerce/{} lacks texts: msgmerge it with the template and translate",
            file.display()
        )
    })?;
    Ok(())
}
