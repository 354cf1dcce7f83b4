//! Enums whose variants have a code, in the database, in forms or in addresses.

/// Declares an enum with `ALL`, `code` and `from_code`, and with `label` if every variant has a label:
/// `Valider = "valider", "Validé";`.
#[macro_export]
macro_rules! codes {
    ($(#[$doc:meta])* pub enum $name:ident {
        $($(#[$line:meta])* $variant:ident = $code:literal, $label:literal;)+
    }) => {
        $crate::codes! { $(#[$doc])* pub enum $name { $($(#[$line])* $variant = $code;)+ } }

        impl $name {
            /// The label shown to people.
            pub fn label(self) -> &'static str {
                match self { $(Self::$variant => $label,)+ }
            }
        }
    };
    ($(#[$doc:meta])* pub enum $name:ident {
        $($(#[$line:meta])* $variant:ident = $code:literal;)+
    }) => {
        $(#[$doc])*
        pub enum $name {
            $($(#[$line])* $variant,)+
        }

        impl $name {
            pub const ALL: [Self; [$($code),+].len()] = [$(Self::$variant),+];

            pub fn code(self) -> &'static str {
                match self { $(Self::$variant => $code,)+ }
            }

            pub fn from_code(code: &str) -> Option<Self> {
                Self::ALL.into_iter().find(|known| known.code() == code)
            }
        }
    };
}

#[cfg(test)]
mod tests {
    codes! {
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum Couleur {
            Rouge = "rouge", "Rouge vif";
            Bleu = "bleu", "Bleu";
        }
    }

    #[test]
    fn each_variant_is_found_by_its_code_and_has_its_label() {
        assert_eq!(Couleur::ALL.map(Couleur::code), ["rouge", "bleu"]);
        assert_eq!(Couleur::ALL.map(|one| Couleur::from_code(one.code())), Couleur::ALL.map(Some));
        assert_eq!((Couleur::from_code("vert"), Couleur::Rouge.label()), (None, "Rouge vif"));
    }
}
