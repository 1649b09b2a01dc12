//! PHP's own web server for a shop. Several workers: WordPress calls itself, and a page, a webhook and a browser's question
//! come at once.

use std::process::Command;

use super::Site;
use crate::process;

const WORKERS: &str = "4";

/// The command that serves the shop on loopback until it is ended.
pub(crate) fn command(site: &Site, port: u16) -> Command {
    let mut php = process::command(&site.php);
    php.current_dir(&site.core)
        .args(Site::settings())
        .args(["-d", "opcache.enable_cli=1", "-S", &format!("127.0.0.1:{port}"), "-t"])
        .arg(&site.core)
        .arg(site.scripts.join("router.php"))
        .env("PHP_CLI_SERVER_WORKERS", WORKERS);
    site.surround(&mut php, &format!("http://127.0.0.1:{port}"));
    php
}
