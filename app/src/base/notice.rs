//! The outcome of an action, which the page that its form leads back to shows.

use super::adresses::with_parameter;

/// The parameter of an address that holds the code of a notice.
pub const FAIT: &str = "fait";

/// An outcome in words. Its code travels in the address of the redirect.
pub trait Notice: Copy {
    fn code(self) -> &'static str;

    fn from_code(code: &str) -> Option<Self>;

    fn words(self) -> &'static str;

    /// Whether the action did what it was asked.
    fn is_done(self) -> bool;

    /// The path of the page that shows this notice.
    fn at(self, path: &str) -> String {
        with_parameter(path, FAIT, self.code())
    }
}

/// Declares the notices of one page: a code, whether the action was done, the words.
macro_rules! notices {
    ($(#[$doc:meta])* pub enum $name:ident {
        $($variant:ident = $code:literal, $done:literal, $words:literal;)+
    }) => {
        domain::codes! {
            $(#[$doc])*
            #[derive(Clone, Copy, Debug, PartialEq, Eq)]
            pub enum $name { $($variant = $code, $words;)+ }
        }

        impl $crate::base::notice::Notice for $name {
            fn code(self) -> &'static str {
                self.code()
            }

            fn from_code(code: &str) -> Option<Self> {
                Self::from_code(code)
            }

            fn words(self) -> &'static str {
                self.label()
            }

            fn is_done(self) -> bool {
                match self { $(Self::$variant => $done,)+ }
            }
        }
    };
}
pub(crate) use notices;
