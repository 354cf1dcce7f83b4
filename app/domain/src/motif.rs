//! The variables in the text of a motive, such as `{prenom}`, and their replacement.

/// The names that may stand between braces.
pub const VARIABLES: [&str; 3] = ["prenom", "reference", "date"];

/// The value of each variable.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Valeurs<'a> {
    pub prenom: &'a str,
    pub reference: &'a str,
    /// The day of the decision, in words.
    pub date: &'a str,
}

/// The text with its variables replaced, in one pass: braces in a person's name are letters like others.
pub fn render(texte: &str, valeurs: &Valeurs) -> String {
    let mut out = String::with_capacity(texte.len());
    for part in parts(texte) {
        out.push_str(match part {
            Part::Text(text) => text,
            Part::Braces(_, "prenom") => valeurs.prenom,
            Part::Braces(_, "reference") => valeurs.reference,
            Part::Braces(_, "date") => valeurs.date,
            Part::Braces(whole, _) => whole,
        });
    }
    out
}

/// The first name between braces that is no variable.
pub fn unknown_variable(texte: &str) -> Option<&str> {
    parts(texte).find_map(|part| match part {
        Part::Braces(_, name) if !VARIABLES.contains(&name) => Some(name),
        _ => None,
    })
}

enum Part<'a> {
    Text(&'a str),
    /// A name with its braces, and without them.
    Braces(&'a str, &'a str),
}

/// A brace that is not closed on its line is text.
fn parts(texte: &str) -> impl Iterator<Item = Part<'_>> {
    let mut rest = texte;
    std::iter::from_fn(move || {
        if rest.is_empty() {
            return None;
        }
        if let Some(inside) = rest.strip_prefix('{')
            && let Some(end) = inside.find(['{', '}', '\n'])
            && inside[end..].starts_with('}')
        {
            let whole = &rest[..end + 2];
            rest = &rest[end + 2..];
            return Some(Part::Braces(whole, &inside[..end]));
        }
        let first = rest.chars().next().map_or(0, char::len_utf8);
        let end = rest[first..].find('{').map_or(rest.len(), |at| first + at);
        let text = &rest[..end];
        rest = &rest[end..];
        Some(Part::Text(text))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn variables_are_replaced_once_whatever_a_name_holds() {
        let valeurs = Valeurs { prenom: "{date} & {prenom}", reference: "IEL-0000-0000", date: "1er mai 2026" };
        for (texte, said) in [
            ("Bonjour {prenom}, le {date}.", "Bonjour {date} & {prenom}, le 1er mai 2026."),
            ("{reference}{reference}", "IEL-0000-0000IEL-0000-0000"),
            ("é{é {prenom", "é{é {prenom"),
            ("{{date}}", "{1er mai 2026}"),
            ("{autre}", "{autre}"),
            ("", ""),
        ] {
            assert_eq!(render(texte, &valeurs), said, "{texte}");
        }
    }

    #[test]
    fn an_unknown_variable_is_named() {
        for (texte, unknown) in [
            ("Bonjour {prenom} {nom}.", Some("nom")),
            ("{Prenom}", Some("Prenom")),
            ("{}", Some("")),
            ("{date} { {reference}", None),
            ("sans", None),
        ] {
            assert_eq!(unknown_variable(texte), unknown, "{texte}");
        }
    }
}
