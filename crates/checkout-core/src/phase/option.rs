//! The option beside other methods: logo, title, instruments. It asks nothing and offers nothing; the page's own
//! button pays.
//!
//! | happens | becomes | effects |
//! |---|---|---|
//! | start | option | `Tell(Ready)` |
//! | anything | option | none |

#[cfg(test)]
mod tests {
    use crate::fixture::{checkout, key};
    use crate::{Effect, Event, HostEvent, PhaseName, View, Visit};

    #[test]
    fn the_option_asks_nothing_whatever_happens() {
        let mut it = checkout(|config| config.view = View::Option, Visit::default());
        assert_eq!(it.effects, [Effect::Tell(HostEvent::Ready)]);
        it.handle(Event::PayPressed { key: key("k") });
        it.handle(Event::PageRestored);
        it.handle(Event::CheckPressed);
        assert_eq!((it.phase(), it.effects.len()), (PhaseName::Option, 0));
    }
}
