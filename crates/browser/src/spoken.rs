//! What assistive technology is told about an element, asked of the browser itself by WebDriver.

use fantoccini::wd::WebDriverCompatibleCommand;
use http::Method;
use url::{ParseError, Url};

/// The role of an element, by its WebDriver id.
#[derive(Debug)]
pub(crate) struct Role(pub(crate) String);

/// The name of an element.
#[derive(Debug)]
pub(crate) struct Label(pub(crate) String);

impl WebDriverCompatibleCommand for Role {
    fn endpoint(&self, base_url: &Url, session_id: Option<&str>) -> Result<Url, ParseError> {
        of_element(base_url, session_id, &self.0, "computedrole")
    }

    fn method_and_body(&self, _request_url: &Url) -> (Method, Option<String>) {
        (Method::GET, None)
    }
}

impl WebDriverCompatibleCommand for Label {
    fn endpoint(&self, base_url: &Url, session_id: Option<&str>) -> Result<Url, ParseError> {
        of_element(base_url, session_id, &self.0, "computedlabel")
    }

    fn method_and_body(&self, _request_url: &Url) -> (Method, Option<String>) {
        (Method::GET, None)
    }
}

fn of_element(base_url: &Url, session_id: Option<&str>, id: &str, what: &str) -> Result<Url, ParseError> {
    base_url.join(&format!("session/{}/element/{id}/{what}", session_id.unwrap_or_default()))
}
