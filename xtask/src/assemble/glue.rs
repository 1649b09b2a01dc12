//! wasm-bindgen's glue, fitted to our loader: the names wasm-opt gave, and without the part that fetches and starts the
//! module, which the loader does itself (with integrity, and with guarded exports).

use std::fmt::Write as _;

use anyhow::{Context, ensure};

use super::optimise::Names;

/// Where the part begins that the loader replaces, and what it gets instead.
const STARTING: &str = "async function __wbg_load(";
const INSTEAD: &str = "export { __wbg_get_imports as imports, __wbg_finalize_init as started, amount };\n";

/// Where the glue hands its functions over.
const HANDED: &str = "return {\n        __proto__: null,\n";

/// The glue as the loader imports it.
pub(crate) fn fitted(glue: &str, names: &Names) -> anyhow::Result<String> {
    let (kept, _) = glue.split_once(STARTING).context("wasm-bindgen's glue has changed: no __wbg_load")?;
    let renamed = if names.imports.is_empty() { kept.to_owned() } else { renamed(kept, names)? };
    Ok(renamed + INSTEAD)
}

fn renamed(glue: &str, names: &Names) -> anyhow::Result<String> {
    let (functions, handed) = glue.split_once(HANDED).context("the glue hands no imports over")?;
    let (handed, rest) = handed.split_once("};").context("the glue's imports have no end")?;
    let mut functions = functions.to_owned();
    // `"MODULE": importN,`: the wasm now knows one module, and it is the first one here.
    let variable = |module: &str| -> anyhow::Result<&str> {
        let (_, after) =
            handed.split_once(&format!("\"{module}\": ")).with_context(|| format!("no {module}"))?;
        after.split(',').next().context("an import without an end")
    };
    let mut direct = String::new();
    for (module, old, new) in &names.imports {
        let variable = variable(module)?;
        let own = format!("        {old}: function");
        if functions.contains(&own) {
            functions = functions.replacen(&own, &format!("        {new}: function"), 1);
        } else {
            // A function of our own script that needs no glue.
            ensure!(variable != "import0", "the glue has no import {old}");
            let _ = write!(direct, "{new}: {variable}.{old}, ");
        }
    }
    let glue = format!("{functions}return {{ a: {{ ...import0, {direct}}} }};{rest}");
    Ok(with_short_exports(&glue, names))
}

/// `wasm.NAME` wherever the glue calls into the module.
fn with_short_exports(glue: &str, names: &Names) -> String {
    let exports = names.exports();
    let mut parts = glue.split("wasm.");
    let mut short = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let end =
            part.find(|c: char| !c.is_ascii_alphanumeric() && c != '_' && c != '$').unwrap_or(part.len());
        let (name, rest) = part.split_at(end);
        short.push_str("wasm.");
        short.push_str(exports.get(name).copied().unwrap_or(name));
        short.push_str(rest);
    }
    short
}

#[cfg(test)]
mod tests {
    use super::*;

    const GLUE: &str = "import * as import1 from \"./page.js\"\n\
        export function mount(id) {\n    wasm.mount(id, wasm.__wbindgen_malloc);\n}\n\
        function __wbg_get_imports() {\n    const import0 = {\n        __proto__: null,\n        \
        __wbg_abort_f8d1: function(arg0) {\n            arg0.abort();\n        },\n    };\n    return {\n        \
        __proto__: null,\n        \"./w_bg.js\": import0,\n        \"./page.js\": import1,\n    };\n}\n\
        async function __wbg_load(module, imports) {\n}\nexport { initSync, __wbg_init as default };\n";

    #[test]
    fn the_glue_speaks_the_names_of_the_module() {
        let names = Names {
            imports: vec![
                ("./w_bg.js".to_owned(), "__wbg_abort_f8d1".to_owned(), "A".to_owned()),
                ("./page.js".to_owned(), "tidyAddress".to_owned(), "B".to_owned()),
            ],
            exports: vec![
                ("mount".to_owned(), "c".to_owned()),
                ("__wbindgen_malloc".to_owned(), "d".to_owned()),
            ],
        };
        let fitted = fitted(GLUE, &names).expect("fitted");
        assert!(fitted.contains("wasm.c(id, wasm.d);"), "{fitted}");
        assert!(fitted.contains("        A: function(arg0)"), "{fitted}");
        assert!(fitted.contains("return { a: { ...import0, B: import1.tidyAddress, } };"), "{fitted}");
        assert!(fitted.ends_with(INSTEAD) && !fitted.contains("initSync"), "{fitted}");
    }

    #[test]
    fn without_new_names_only_the_starting_is_taken_out() {
        let fitted = fitted(GLUE, &Names::default()).expect("fitted");
        assert!(fitted.contains("\"./w_bg.js\": import0") && fitted.ends_with(INSTEAD), "{fitted}");
    }

    #[test]
    fn another_kind_of_glue_is_named_as_the_reason() {
        let error = fitted("export {};", &Names::default()).unwrap_err().to_string();
        assert!(error.contains("has changed"), "{error}");
    }
}
