//! The numbers of one day.

use console_api::Overview;

use super::Api;
use crate::failure::Failure;
use crate::percent::encode;

impl Api {
    /// One day, counted in a time zone.
    pub async fn overview(&self, day: &str, zone: &str) -> Result<Overview, Failure> {
        self.get(&["/v1/overview?day=", &encode(day), "&zone=", &encode(zone)].concat()).await
    }
}
