//! Enums of which each member has a word outside: list and words stand beside the members, so that nobody keeps a second
//! list that one may be missing from.

macro_rules! worded {
    ($(#[$of_all:meta])* $name:ident { $($(#[$of_one:meta])* $member:ident = $word:literal,)+ }) => {
        $(#[$of_all])*
        pub enum $name {
            $($(#[$of_one])* $member,)+
        }

        impl $name {
            /// Every one, in the order they are told of.
            pub const ALL: &'static [Self] = &[$(Self::$member,)+];

            /// Its word outside, which stays as it is.
            pub const fn as_str(self) -> &'static str {
                match self {
                    $(Self::$member => $word,)+
                }
            }
        }
    };
}
pub(crate) use worded;
