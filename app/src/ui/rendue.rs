use domain::Tableau;
use leptos::prelude::*;

/// A page as the server made it.
pub struct PageRendue {
    /// What stands above the page.
    avant: String,
    titre: String,
    erreur: bool,
    large: bool,
    html: String,
}

impl PageRendue {
    pub fn new(titre: &str, erreur: bool, contenu: AnyView) -> Self {
        Self { avant: String::new(), titre: titre.to_owned(), erreur, large: false, html: text(contenu) }
    }

    pub fn under(self, avant: AnyView) -> Self {
        Self { avant: text(avant), ..self }
    }

    /// For pages that need the width of the screen.
    pub fn large(self) -> Self {
        Self { large: true, ..self }
    }
}

/// The HTML of a view, without the marks between its nodes: they serve hydration, and this text is not hydrated.
fn text(view: AnyView) -> String {
    view.to_html().replace("<!>", "")
}

impl From<PageRendue> for Tableau {
    fn from(page: PageRendue) -> Self {
        let flag = |set: bool| if set { "1" } else { "" };
        let mut table = Self::default();
        table.push("page", [&page.avant, &page.titre, flag(page.erreur), flag(page.large), &page.html]);
        table
    }
}
