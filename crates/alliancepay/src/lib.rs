//! alliancepay
