//! A Python with independent judges: jwcrypto of the encryption the bank asks for, Worldline's own SDK of the stand-in
//! for its API, schemathesis of the OpenAPI document.

use std::path::{Path, PathBuf};

use super::debian;
use super::step::Step;
use crate::files::{remove_folder, short_hash};
use crate::process::{answer, command};

/// The Python to check with; without it the recorded vectors of encryption still are checked.
pub(crate) fn install(tools: &Path, requirements: &Path) -> Option<PathBuf> {
    match try_install(tools, requirements) {
        Ok(python) => Some(python),
        Err(error) => {
            eprintln!(
                "tools: no Python with jwcrypto, Worldline's SDK and schemathesis, which check us live: {error:#}"
            );
            None
        }
    }
}

fn try_install(tools: &Path, requirements: &Path) -> anyhow::Result<PathBuf> {
    let folder = tools.join(format!("python-{}", short_hash(&[&std::fs::read(requirements)?])));
    let python = folder.join("bin/python");
    let judges = "import jwcrypto, worldline.connect.sdk, schemathesis";
    if answer(command(&python).args(["-c", judges]), "python").is_ok() {
        return Ok(python);
    }
    remove_folder(&folder)?;
    let own = answer(command("python3").args(["-m", "venv"]).arg(&folder), "python3 -m venv");
    if own.is_err() || !folder.join("bin/pip").is_file() {
        debian::install(&["python3", "python3-venv"], "30 seconds")?;
        remove_folder(&folder)?;
        answer(command("/usr/bin/python3").args(["-m", "venv"]).arg(&folder), "python3 -m venv")?;
    }
    let step = Step {
        doing: "installing jwcrypto, Worldline's SDK and schemathesis from PyPI",
        usually: "30 seconds",
        progress: None,
        remedy: "It needs the network.",
    };
    let mut pip = command(&python);
    pip.args(["-m", "pip", "install", "--disable-pip-version-check", "--requirement"]).arg(requirements);
    step.run(&mut pip, &tools.join("logs/pip.log"))?;
    Ok(python)
}
