use super::texte;
use crate::onglet::{Contexte, FieldError, Read};

/// A family name: letters of any script, their marks, spaces, apostrophes and hyphens.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Nom(String);

/// A first name: the rules of [`Nom`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Prenom(String);

const MAX: usize = 80;

impl Read for Nom {
    fn read(raw: &str, _: &Contexte) -> Result<Self, FieldError> {
        name(
            raw,
            "Le nom ne peut pas contenir de chiffres.",
            "Le nom ne contient que des lettres, des espaces, des apostrophes et des traits d’union.",
        )
        .map(Self)
    }

    fn shown(&self) -> Option<String> {
        Some(self.to_string())
    }
}

impl Read for Prenom {
    fn read(raw: &str, _: &Contexte) -> Result<Self, FieldError> {
        name(
            raw,
            "Le prénom ne peut pas contenir de chiffres.",
            "Le prénom ne contient que des lettres, des espaces, des apostrophes et des traits d’union.",
        )
        .map(Self)
    }

    fn shown(&self) -> Option<String> {
        Some(self.to_string())
    }
}

textual!(Nom);
textual!(Prenom);

fn name(raw: &str, figures: &'static str, others: &'static str) -> Result<String, FieldError> {
    let text = texte::line(raw, MAX)?;
    let fine = |c: char| texte::is_letter(c) || matches!(c, ' ' | '\'' | '’' | '-');
    if text.chars().any(|c| c.is_numeric() && !c.is_alphabetic()) {
        return Err(FieldError::Invalid(figures));
    }
    if !text.chars().all(fine) || !text.chars().any(char::is_alphabetic) {
        return Err(FieldError::Invalid(others));
    }
    Ok(text)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::valeurs::proprietes::{UNSEEN, accepts, proprietes, refuses};

    #[test]
    fn names_of_every_script_read() {
        accepts::<Nom>(&[
            ("Dupont", "Dupont"),
            ("  de  la Tour-d’Auvergne ", "de la Tour-d’Auvergne"),
            ("O'Neil", "O'Neil"),
            ("D\u{a0}Arc", "D Arc"),
            ("Le\tGoff", "Le Goff"),
            ("Le\u{2028}Goff", "Le Goff"),
            ("Le\u{b}Goff", "Le Goff"),
            ("Dupont‐Moretti", "Dupont-Moretti"),
            ("Dupont\u{2011}Moretti", "Dupont-Moretti"),
            ("Dupont−Moretti", "Dupont-Moretti"),
            ("Dupont–Moretti", "Dupont-Moretti"),
            ("D‘Arc", "D’Arc"),
            ("D′Arc", "D’Arc"),
            ("D´Arc", "D’Arc"),
            ("D`Arc", "D’Arc"),
            ("NʼDiaye", "NʼDiaye"),
            ("Teʻura", "Teʻura"),
            ("\u{202a}Dupont\u{202c}", "Dupont"),
            ("\u{feff} Dupont\u{200b} ", "Dupont"),
            ("Nuñez Ørsted-Şahin", "Nuñez Ørsted-Şahin"),
            ("Νικολάου", "Νικολάου"),
            ("Ковальчук", "Ковальчук"),
            ("محمّد", "محمّد"),
            ("अर्जुन्", "अर्जुन्"),
            ("阮", "阮"),
            ("김", "김"),
            ("ก้อง", "ก้อง"),
        ]);
        accepts::<Nom>(&[(&"é".repeat(80), &"é".repeat(80))]);
        refuses::<Nom>("Ce texte dépasse 80 caractères : abrégez-le.", &[&"é".repeat(81)]);
    }

    #[test]
    fn figures_and_signs_are_refused_with_their_own_message() {
        let figures = ["Dupont2", "2", "Dupont½", "Dupont٣"];
        refuses::<Nom>("Le nom ne peut pas contenir de chiffres.", &figures);
        refuses::<Prenom>("Le prénom ne peut pas contenir de chiffres.", &figures);
        let signs = ["Dupont!", "<script>", "a@b", "=cmd", "💐", "-", "’", "\u{301}", "Dupont, Jean"];
        refuses::<Nom>(
            "Le nom ne contient que des lettres, des espaces, des apostrophes et des traits d’union.",
            &signs,
        );
        refuses::<Prenom>(
            "Le prénom ne contient que des lettres, des espaces, des apostrophes et des traits d’union.",
            &signs,
        );
    }

    #[test]
    fn what_cannot_be_seen_is_refused() {
        for unseen in (0x202a..=0x202e)
            .chain(0x2066..=0x2069)
            .chain([0x200b, 0x200c, 0x200d, 0x200e, 0x200f, 0x61c, 0xfeff, 0x2060, 0xad, 0x3164, 0, 7, 10, 13, 0x85])
        {
            let c = char::from_u32(unseen).unwrap();
            refuses::<Nom>(UNSEEN, &[&format!("Du{c}pont")]);
            refuses::<Prenom>(UNSEEN, &[&format!("Je{c}an")]);
        }
    }

    #[cfg(feature = "unicode")]
    #[test]
    fn an_accent_typed_apart_is_composed() {
        accepts::<Prenom>(&[("Ele\u{301}onore", "Eléonore"), ("\u{1112}\u{1161}\u{11ab}", "한")]);
    }

    proprietes!(Nom, ["de la Tour-d’Auvergne", "O'Neil", "Ковальчук", "अर्जुन्", "김", "Nguye\u{302}\u{303}n"]);

    mod prenom {
        use super::*;
        proprietes!(Prenom, ["Jean-Noël", "Ele\u{301}onore", "محمّد"]);
    }
}
