//! What a failed journey leaves behind: pictures and HTML of every open page, the browser's console, the children's
//! logs, in the build's folder for tests.

use std::path::{Path, PathBuf};

use super::Buyer;

/// Writes everything into `journeys/NAME/` and returns that folder.
pub(crate) async fn keep(name: &str, world: &Path, buyers: &[Buyer]) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("journeys").join(name.replace("::", "."));
    let _ = std::fs::remove_dir_all(&folder);
    let _ = std::fs::create_dir_all(&folder);
    for (number, buyer) in buyers.iter().enumerate() {
        let page = buyer.page();
        let _ = page.screenshot(&folder.join(format!("{number}.png"))).await;
        let _ = std::fs::write(folder.join(format!("{number}.txt")), page.describe().await);
        let whole = "const inner = deepAll('*').filter((e) => e.shadowRoot).map((e) => e.shadowRoot.innerHTML);\
             return [document.documentElement.outerHTML, ...inner].join('\\n<!-- shadow root -->\\n');";
        if let Ok(html) = page.run(whole, &[]).await {
            let _ = std::fs::write(folder.join(format!("{number}.html")), html.as_str().unwrap_or_default());
        }
    }
    for file in std::fs::read_dir(world).into_iter().flatten().flatten() {
        let path = file.path();
        if let (Some("log"), Some(name)) = (path.extension().and_then(|word| word.to_str()), path.file_name())
        {
            let _ = std::fs::copy(&path, folder.join(name));
        }
    }
    folder
}
