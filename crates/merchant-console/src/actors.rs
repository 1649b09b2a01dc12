//! Whom people mean when they type who did something.

/// The names that are no person's.
const PARTIES: [&str; 5] = ["shop", "buyer", "bank", "time", "nobody"];

/// The actor as the backend knows it: a bare login is a member of staff.
pub fn of_typed(text: &str) -> String {
    let text = text.trim();
    let plain = text.to_lowercase();
    if text.is_empty() || text.contains(':') {
        text.to_owned()
    } else if PARTIES.contains(&plain.as_str()) {
        plain
    } else {
        ["staff:", &plain].concat()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bare_login_is_a_member_of_staff_and_everything_else_is_itself() {
        assert_eq!(of_typed(" Olena "), "staff:olena");
        assert_eq!(of_typed("Bank"), "bank");
        assert_eq!(of_typed("token:olena of the shop"), "token:olena of the shop");
        assert_eq!(of_typed("  "), "");
    }
}
