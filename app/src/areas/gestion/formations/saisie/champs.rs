//! The fields of the form of a session: a label, a hint, what is wrong, a control.

use domain::formation::lecture::{Faute, read_date};
use leptos::prelude::*;

use crate::ui::{Aide, champ_id};

/// A field, and what was typed in it.
pub struct Champ {
    /// The name of its faults: `places`, `seances-0-jour`.
    pub faute: String,
    /// The name in the form: `saisie[places]`, `saisie[seances][0][jour]`.
    pub nom: String,
    pub label: &'static str,
    pub obligatoire: bool,
    pub conseil: &'static str,
    pub valeur: String,
}

/// What is wrong with the fields, and shown.
pub struct Fautes<'a>(pub &'a [Faute]);

impl Fautes<'_> {
    /// Each message, with the field that it leads to.
    pub fn summary(&self) -> Vec<(String, String)> {
        self.0.iter().map(|faute| (champ_id(&faute.champ), faute.message.clone())).collect()
    }

    pub fn of(&self, champ: &str) -> Option<String> {
        self.0.iter().find(|faute| faute.champ == champ).map(|faute| faute.message.clone())
    }

    /// A field with one line. `genre` is its type in HTML.
    pub fn ligne(&self, genre: &'static str, champ: Champ) -> AnyView {
        let (id, described, wrong) = self.around(&champ);
        let required = champ.obligatoire.then_some("true");
        // A browser shows the date of such a field only in this form.
        let typed = match genre {
            "date" => read_date(&champ.valeur).map_or(champ.valeur.clone(), |day| day.to_string()),
            _ => champ.valeur.clone(),
        };
        let nom = champ.nom.clone();
        let control = view! {
            <input type=genre id=id name=nom value=typed autocomplete="off" aria-describedby=described aria-required=required aria-invalid=wrong/>
        };
        self.show(
            &champ,
            if genre == "text" || genre == "url" { "champ long" } else { "champ court" },
            control.into_any(),
        )
    }

    /// A field that can't be changed: it is shown, and sent as it is.
    pub fn fixe(&self, champ: Champ) -> AnyView {
        let (id, described, _) = self.around(&champ);
        let (nom, typed) = (champ.nom.clone(), champ.valeur.clone());
        let control =
            view! { <input type="text" id=id name=nom value=typed readonly=true aria-describedby=described/> };
        self.show(&champ, "champ court", control.into_any())
    }

    /// A field with several lines.
    pub fn texte(&self, rows: u32, champ: Champ) -> AnyView {
        let (id, described, wrong) = self.around(&champ);
        let required = champ.obligatoire.then_some("true");
        let (nom, typed) = (champ.nom.clone(), champ.valeur.clone());
        // The browser drops a line feed that begins a text area.
        let control = view! {
            <textarea id=id name=nom rows=rows.to_string() aria-describedby=described aria-required=required aria-invalid=wrong>{format!("\n{typed}")}</textarea>
        };
        self.show(&champ, "champ long", control.into_any())
    }

    /// A list of values with their labels.
    pub fn choix(&self, options: Vec<(String, String)>, champ: Champ) -> AnyView {
        let (id, described, wrong) = self.around(&champ);
        let required = champ.obligatoire.then_some("true");
        let (nom, typed) = (champ.nom.clone(), champ.valeur.clone());
        let control = view! {
            <select id=id name=nom aria-describedby=described aria-required=required aria-invalid=wrong>
                {options.into_iter().map(|(value, label)| {
                    let selected = value == typed;
                    view! { <option value=value selected=selected>{label}</option> }
                }).collect_view()}
            </select>
        };
        self.show(&champ, "champ moyen", control.into_any())
    }

    /// The id of the control, what describes it, and whether it is wrong.
    fn around(&self, champ: &Champ) -> (String, String, Option<&'static str>) {
        let id = champ_id(&champ.faute);
        let described =
            if champ.conseil.is_empty() { format!("{id}-erreur") } else { format!("{id}-aide {id}-erreur") };
        (id, described, self.of(&champ.faute).map(|_| "true"))
    }

    fn show(&self, champ: &Champ, class: &'static str, control: AnyView) -> AnyView {
        let id = champ_id(&champ.faute);
        let message = self.of(&champ.faute);
        view! {
            <div class=class>
                <label for=id.clone()>{champ.label}</label>
                // The star is a sign for the eye; an attribute of the control tells everybody else.
                {champ.obligatoire.then(|| view! { <span class="etoile" aria-hidden="true">" *"</span> })}
                <Aide id=id conseil=champ.conseil erreur=Signal::derive(move || message.clone())/>
                {control}
            </div>
        }
        .into_any()
    }
}
