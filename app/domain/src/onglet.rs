//! One tab of the wizard: the draft with the typed texts, the typed result, and the way from one to the other.

use time::Date;

use super::Cas;

/// The facts besides the text itself that a rule may depend on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Contexte {
    pub cas: Cas,
    /// The day of the check, in France.
    pub today: Date,
}

impl Contexte {
    /// `today`: year, month 1–12, day. A day that does not exist is before every other.
    pub fn on(cas: Cas, (year, month, day): (i32, u8, u8)) -> Self {
        let month = time::Month::try_from(month).ok();
        let today = month.and_then(|month| Date::from_calendar_date(year, month, day).ok());
        Self { cas, today: today.unwrap_or(Date::MIN) }
    }
}

/// The error of a field. `Display` is the message shown to the person: it says what to do.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum FieldError {
    /// Nothing was typed and an answer is needed. Carries the field's own message.
    #[error("{0}")]
    Missing(&'static str),
    #[error("{0}")]
    Invalid(&'static str),
    #[error("Ce texte dépasse {max} caractères : abrégez-le.")]
    TooLong { max: usize },
    #[error("Ce texte contient un caractère invisible ou de contrôle : retapez-le.")]
    Control,
}

/// A value read from a person's text. `read` is the only way to obtain one.
pub trait Read: Sized {
    /// Whether a blank text is refused.
    const REQUIRED: bool = true;

    /// Which control fits.
    fn kind(_: &Contexte) -> Kind {
        Kind::Text
    }

    /// The value of a blank text, if a blank is accepted.
    fn absent(_: &Contexte) -> Option<Self> {
        None
    }

    /// # Errors
    /// A [`FieldError`] that says what to do. `raw` is never blank: [`Read::absent`] reads blanks.
    fn read(raw: &str, contexte: &Contexte) -> Result<Self, FieldError>;

    /// The value as people read it back. `None` for a choice, because its label says it.
    fn shown(&self) -> Option<String> {
        None
    }
}

impl<T: Read> Read for Option<T> {
    const REQUIRED: bool = false;

    fn kind(contexte: &Contexte) -> Kind {
        T::kind(contexte)
    }

    fn absent(_: &Contexte) -> Option<Self> {
        Some(None)
    }

    fn read(raw: &str, contexte: &Contexte) -> Result<Self, FieldError> {
        T::read(raw, contexte).map(Some)
    }

    fn shown(&self) -> Option<String> {
        self.as_ref().and_then(T::shown)
    }
}

/// The control that asks for a value. Options are (value, label).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    Text,
    Email,
    Telephone,
    /// Digits typed by hand: a date, a postal code, a SIRET.
    Digits,
    LongText,
    Radios(&'static [(&'static str, &'static str)]),
    Select(&'static [(&'static str, &'static str)]),
    /// A long list, under headings.
    Groupes(&'static [Groupe]),
    Checkbox,
    /// The person can't change it; its text is shown.
    Locked(&'static str),
}

/// Options under one heading.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Groupe {
    pub label: String,
    pub options: Vec<Choix>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Choix {
    pub value: String,
    pub label: String,
    /// The text of the recap: the label, and the facts that follow from the choice.
    pub en_clair: String,
}

/// How wide a control is drawn: the width hints at the answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Width {
    Short,
    Medium,
    Long,
}

/// The texts and hints of a field besides its label.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Presentation {
    /// The message when the field is blank and an answer is needed.
    pub missing: &'static str,
    /// The hint shown before the field.
    pub hint: &'static str,
    /// The HTML `autocomplete` token, or nothing.
    pub autocomplete: &'static str,
    pub width: Width,
    /// Whether the recap repeats it.
    pub in_recap: bool,
    /// Whether a correction may change it once the request is sent. The address may not: it identifies the person.
    pub correctable: bool,
    /// The heading that it shares with its neighbours, if their labels repeat those of other fields.
    #[cfg(feature = "cas1")]
    pub groupe: &'static str,
}

impl Presentation {
    pub const DEFAULT: Self = Self {
        missing: "Renseignez ce champ.",
        hint: "",
        autocomplete: "off",
        width: Width::Medium,
        in_recap: true,
        correctable: true,
        #[cfg(feature = "cas1")]
        groupe: "",
    };
}

/// One field of a tab.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FieldSpec {
    /// Its name in forms and in the database.
    pub name: &'static str,
    pub label: &'static str,
    pub presentation: Presentation,
}

impl FieldSpec {
    /// The heading above the field; empty for most.
    pub fn groupe(&self) -> &'static str {
        #[cfg(feature = "cas1")]
        return self.presentation.groupe;
        #[cfg(not(feature = "cas1"))]
        ""
    }

    /// The label with its heading, for places that do not show the heading.
    pub fn full_label(&self) -> String {
        match self.groupe() {
            "" => self.label.to_owned(),
            groupe => format!("{groupe}\u{a0}: {}", self.label),
        }
    }
}

/// A tab's draft seen without its type, so that one form, one recap and one export serve every tab.
/// Fields are numbered in the order of [`Onglet::specs`].
pub trait Onglet {
    fn specs(&self) -> &'static [FieldSpec];
    fn get(&self, at: usize) -> &str;
    fn set(&mut self, at: usize, raw: String);
    fn kind(&self, at: usize, contexte: &Contexte) -> Kind;
    /// Whether a blank is refused, for the star beside the label.
    fn required(&self, at: usize, contexte: &Contexte) -> bool;
    /// Whether this case asks for the field at all.
    fn asked(&self, at: usize, contexte: &Contexte) -> bool;
    /// Reads a field and gives the text that its value type shows. `None` if the case does not ask for the field.
    ///
    /// # Errors
    /// The error of the field.
    fn understood(&self, at: usize, contexte: &Contexte) -> Result<Option<String>, FieldError>;

    fn check(&self, at: usize, contexte: &Contexte) -> Option<FieldError> {
        self.understood(at, contexte).err()
    }

    fn position(&self, name: &str) -> Option<usize> {
        self.specs().iter().position(|spec| spec.name == name)
    }

    /// The wrong fields and their errors, in the order of the form.
    fn errors(&self, contexte: &Contexte) -> Vec<(usize, FieldError)> {
        (0..self.specs().len()).filter_map(|at| self.check(at, contexte).map(|error| (at, error))).collect()
    }
}

/// The rules of a tab that need more than one value. Most tabs have none.
pub trait Rules {
    type Field: Copy;

    /// Whether this case asks for the field at all.
    fn asked(&self, _: Self::Field, _: &Contexte) -> bool {
        true
    }

    /// Whether the star is shown; `by_type` is what the value's type says.
    fn required(&self, _: Self::Field, by_type: bool) -> bool {
        by_type
    }

    /// The error of a field that is right by itself but not beside the other fields.
    fn rule(&self, _: Self::Field, _: &Contexte) -> Option<FieldError> {
        None
    }
}

/// The text that a value shows. `None` in the browser, which gets the recap from the server.
pub fn shown(value: &impl Read) -> Option<String> {
    if cfg!(target_family = "wasm") { None } else { value.shown() }
}

/// The error of a field that only some cases ask for, when it is blank.
#[cfg(feature = "cas1")]
pub(crate) fn missing(specs: &[FieldSpec], at: usize, raw: &str) -> Option<FieldError> {
    crate::valeurs::bare(raw).is_empty().then(|| FieldError::Missing(specs[at].presentation.missing))
}

/// Makes a tab from one line a field: the typed struct, its all-text draft, the field enum, and the [`Onglet`] that
/// ties them. A new line fails to compile wherever a mapping takes the struct apart and lacks the column.
///
/// A line reads `column as Variant: ValueType => "Label" { presentation: value, … },`. An `Option<_>` type is an
/// optional field. A field the case does not ask for is read as blank, so its type must be optional. A line may begin
/// with `#[cfg(…)]`: the field exists only there.
///
/// The rules that need more than one field are in the draft's hand-written [`Rules`].
#[macro_export]
macro_rules! onglet {
    (
        $(#[$doc:meta])*
        $Typed:ident / $Draft:ident / $Field:ident {
            $( $( #[cfg($on:meta)] )? $column:ident as $Variant:ident : $Value:ty => $label:literal
               $( { $( $key:ident : $val:expr ),* $(,)? } )? ),* $(,)?
        }
    ) => {
        $(#[$doc])*
        #[derive(Clone, Debug, PartialEq)]
        pub struct $Typed { $( $( #[cfg($on)] )? pub $column: $Value, )* }

        /// The texts of the tab, as typed.
        #[derive(Clone, Debug, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
        #[serde(default)]
        pub struct $Draft { $( $( #[cfg($on)] )? pub $column: String, )* }

        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum $Field { $( $( #[cfg($on)] )? $Variant, )* }

        impl $Field {
            pub const ALL: &'static [Self] = &[ $( $( #[cfg($on)] )? Self::$Variant, )* ];
            pub const SPECS: &'static [$crate::onglet::FieldSpec] = &[ $( $( #[cfg($on)] )? $crate::onglet::FieldSpec {
                name: stringify!($column),
                label: $label,
                presentation: $crate::onglet::Presentation {
                    $( $( $key: $val, )* )?
                    ..$crate::onglet::Presentation::DEFAULT
                },
            }, )* ];
        }

        impl $Draft {
            /// Reads every field.
            ///
            /// # Errors
            /// Every field that is wrong, in the order of the form.
            pub fn parse(
                &self,
                contexte: &$crate::onglet::Contexte,
            ) -> Result<$Typed, Vec<(usize, $crate::onglet::FieldError)>> {
                let errors = $crate::onglet::Onglet::errors(self, contexte);
                if !errors.is_empty() {
                    return Err(errors);
                }
                $( $( #[cfg($on)] )? let $column = self
                    .read::<$Value>($Field::$Variant, &self.$column, contexte)
                    .map_err(|error| vec![($Field::$Variant as usize, error)])?; )*
                Ok($Typed { $( $( #[cfg($on)] )? $column, )* })
            }

            fn read<T: $crate::onglet::Read>(
                &self,
                field: $Field,
                raw: &str,
                contexte: &$crate::onglet::Contexte,
            ) -> Result<T, $crate::onglet::FieldError> {
                let asked = $crate::onglet::Rules::asked(self, field, contexte);
                if asked && !$crate::valeurs::bare(raw).is_empty() {
                    return T::read(raw, contexte);
                }
                let missing = $Field::SPECS[field as usize].presentation.missing;
                T::absent(contexte).ok_or($crate::onglet::FieldError::Missing(missing))
            }
        }

        impl $crate::onglet::Onglet for $Draft {
            fn specs(&self) -> &'static [$crate::onglet::FieldSpec] {
                $Field::SPECS
            }

            fn get(&self, at: usize) -> &str {
                match $Field::ALL[at] { $( $( #[cfg($on)] )? $Field::$Variant => &self.$column, )* }
            }

            fn set(&mut self, at: usize, raw: String) {
                match $Field::ALL[at] { $( $( #[cfg($on)] )? $Field::$Variant => self.$column = raw, )* }
            }

            fn kind(&self, at: usize, contexte: &$crate::onglet::Contexte) -> $crate::onglet::Kind {
                match $Field::ALL[at] {
                    $( $( #[cfg($on)] )? $Field::$Variant => <$Value as $crate::onglet::Read>::kind(contexte), )*
                }
            }

            fn required(&self, at: usize, contexte: &$crate::onglet::Contexte) -> bool {
                let field = $Field::ALL[at];
                let by_type = match field {
                    $( $( #[cfg($on)] )? $Field::$Variant => <$Value as $crate::onglet::Read>::REQUIRED, )*
                };
                $crate::onglet::Onglet::asked(self, at, contexte)
                    && $crate::onglet::Rules::required(self, field, by_type)
            }

            fn asked(&self, at: usize, contexte: &$crate::onglet::Contexte) -> bool {
                $crate::onglet::Rules::asked(self, $Field::ALL[at], contexte)
            }

            fn understood(
                &self,
                at: usize,
                contexte: &$crate::onglet::Contexte,
            ) -> Result<Option<String>, $crate::onglet::FieldError> {
                let field = $Field::ALL[at];
                if !$crate::onglet::Onglet::asked(self, at, contexte) {
                    return Ok(None);
                }
                let shown = match field {
                    $( $( #[cfg($on)] )? $Field::$Variant => {
                        self.read::<$Value>(field, &self.$column, contexte).map(|value| $crate::onglet::shown(&value))
                    } )*
                }?;
                $crate::onglet::Rules::rule(self, field, contexte).map_or(Ok(shown), Err)
            }
        }
    };
}
