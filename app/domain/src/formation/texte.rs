//! The texts of a session: plain text, with paragraphs and lists.

/// A part of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Bloc {
    /// Its lines are kept.
    Paragraphe(String),
    Liste(Vec<String>),
}

/// The parts of a text: a blank line ends a paragraph, and a line that begins with `- ` is an item of a list.
pub fn blocs(text: &str) -> Vec<Bloc> {
    let mut blocs = Vec::new();
    // Whether the next line begins a part of its own.
    let mut apart = true;
    for line in text.lines().map(str::trim) {
        let item = line.strip_prefix("- ").map(str::trim);
        match (item, blocs.last_mut()) {
            _ if line.is_empty() => {
                apart = true;
                continue;
            }
            (Some(item), Some(Bloc::Liste(items))) if !apart => items.push(item.to_owned()),
            (Some(item), _) => blocs.push(Bloc::Liste(vec![item.to_owned()])),
            (None, Some(Bloc::Paragraphe(text))) if !apart => {
                text.push('\n');
                text.push_str(line);
            }
            (None, _) => blocs.push(Bloc::Paragraphe(line.to_owned())),
        }
        apart = false;
    }
    blocs
}

#[cfg(test)]
mod tests {
    use super::*;

    fn paragraph(text: &str) -> Bloc {
        Bloc::Paragraphe(text.to_owned())
    }

    fn list(items: &[&str]) -> Bloc {
        Bloc::Liste(items.iter().map(|item| (*item).to_owned()).collect())
    }

    #[test]
    fn a_text_has_paragraphs_and_lists() {
        for (text, parts) in [
            ("", vec![]),
            (" \n\n ", vec![]),
            ("Un.", vec![paragraph("Un.")]),
            ("Un,\nsuite.\n\nDeux.", vec![paragraph("Un,\nsuite."), paragraph("Deux.")]),
            (
                "Savoir :\n- animer ;\n- évaluer.\nEt après.",
                vec![paragraph("Savoir :"), list(&["animer ;", "évaluer."]), paragraph("Et après.")],
            ),
            ("- un\n\n- deux", vec![list(&["un"]), list(&["deux"])]),
            ("-sans blanc\r\n- avec", vec![paragraph("-sans blanc"), list(&["avec"])]),
            ("<b>\n- ", vec![paragraph("<b>\n-")]),
        ] {
            assert_eq!(blocs(text), parts, "{text:?}");
        }
    }
}
