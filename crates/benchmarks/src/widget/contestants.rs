//! Who is measured: the page of each, and how a probe finds its payment control.

/// One page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Contestant {
    /// As the report names it.
    pub name: &'static str,
    /// What stands in `<head>`; `{preload}` are the hints for the widget's files, as the docs give them.
    head: &'static str,
    /// What stands in `<body>`; `{origin}` is the shop's, `{vendor}` another origin.
    body: &'static str,
    /// A JavaScript expression: the control by which a buyer could pay now.
    pub usable: &'static str,
    /// The same for the whole widget, alive.
    pub interactive: &'static str,
}

/// The product, as a merchant embeds it: a plain form, the widget on top.
pub const OURS: Contestant = Contestant {
    name: "alliancepay",
    head: r#"{preload}<script src="/widget/alliancepay.js" async></script>"#,
    body: r#"<alliancepay-checkout view="pay" lang="en" backend="{origin}" order-token="benchmark" order="A-1"
  amount="101490" currency="UAH"><form method="post" action="{origin}/pay"><input type="hidden" name="order_token"
  value="benchmark" /><button>Pay 1,014.90 UAH</button></form></alliancepay-checkout>"#,
    usable: "document.querySelector('alliancepay-checkout')?.shadowRoot?.querySelector('.root:not([hidden]) button') \
             ?? document.querySelector('form button')",
    interactive: "document.querySelector('alliancepay-checkout')?.shadowRoot?.querySelector('.root:not([hidden]) button')",
};

/// The closest equivalent in a best-in-class system.
pub const ADYEN: Contestant = Contestant {
    name: "adyen-dropin-redirect",
    head: r#"<link rel="stylesheet" href="/peers/adyen.css" /><script type="module" src="/peers/adyen.js"></script>"#,
    body: r#"<div id="pay" data-vendor="{vendor}" data-shop="{origin}"></div>"#,
    usable: "document.querySelector('#pay .adyen-checkout__button--pay')",
    interactive: "document.querySelector('#pay .adyen-checkout__button--pay')",
};

/// A yardstick: hand-written with Preact and htm.
pub const PREACT: Contestant = Contestant {
    name: "preact",
    head: r#"<script type="module" src="/peers/preact.js"></script>"#,
    body: PEER,
    usable: PEER_BUTTON,
    interactive: PEER_BUTTON,
};

/// A yardstick: hand-written with no framework.
pub const PLAIN: Contestant = Contestant {
    name: "no-framework",
    head: r#"<script type="module" src="/peers/plain.js"></script>"#,
    body: PEER,
    usable: PEER_BUTTON,
    interactive: PEER_BUTTON,
};

/// In the order of a turn.
pub const CONTESTANTS: [Contestant; 4] = [OURS, ADYEN, PREACT, PLAIN];

const PEER: &str =
    r#"<peer-checkout lang="en" backend="{origin}" order-token="benchmark" order="A-1"></peer-checkout>"#;
const PEER_BUTTON: &str =
    "document.querySelector('peer-checkout')?.shadowRoot?.querySelector('button:not(:disabled)')";

/// Runs before anything of the page: notes the first frames in which the controls have a box and a text, and settles
/// `alive` then, so that nobody has to look meanwhile.
const PROBE: &str = r"
  const figures = (window.figures = { usable: null, interactive: null, longTasks: 0, shift: 0 });
  let settle;
  window.alive = new Promise((resolve) => (settle = resolve));
  const controls = { usable: () => USABLE, interactive: () => INTERACTIVE };
  const watch = (type, note) => new PerformanceObserver((list) => list.getEntries().forEach(note)).observe({ type, buffered: true });
  watch('longtask', (entry) => (figures.longTasks += entry.duration));
  watch('layout-shift', (entry) => (figures.shift += entry.value));
  const look = () => {
    for (const [name, control] of Object.entries(controls)) {
      const found = figures[name] === null && control();
      if (!found) continue;
      const box = found.getBoundingClientRect();
      if (box.width > 0 && box.height > 0 && found.innerText.trim()) figures[name] = performance.now();
    }
    if (figures.usable === null || figures.interactive === null) requestAnimationFrame(look);
    else settle();
  };
  requestAnimationFrame(look);
";

impl Contestant {
    /// Its page.
    pub(super) fn page(&self, origin: &str, vendor: &str, preload: &str) -> String {
        let probe = PROBE.replace("USABLE", self.usable).replace("INTERACTIVE", self.interactive);
        let body = self.body.replace("{origin}", origin).replace("{vendor}", vendor);
        format!(
            "<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\" /><title>{}</title>\
             <meta name=\"viewport\" content=\"width=device-width\" /><link rel=\"icon\" href=\"data:,\" />\
             <script>{probe}</script>{}</head><body><h1>Checkout</h1>{body}</body></html>",
            self.name,
            self.head.replace("{preload}", preload)
        )
    }
}
