use domain::instant::en_clair;
use leptos::prelude::*;
use leptos::server_fn::ServerFn;

use super::api::dossiers::AddNote;
use super::port::Note;
use crate::ui::{Aide, Formulaire, champ_id};

/// Notes between gestionnaires.
#[component]
pub fn Notes(id: i64, notes: Vec<Note>, retour: String) -> impl IntoView {
    let field = champ_id("note");
    view! {
        <section class="notes">
            <h2>"Notes internes"</h2>
            {notes.into_iter().map(|note| view! {
                <article class="note">
                    <p class="message">{note.texte}</p>
                    <p class="aide">{format!("{}, le {}", note.par, en_clair(note.le))}</p>
                </article>
            }).collect_view()}
            <Formulaire action=AddNote::url()>
                <input type="hidden" name="id" value=id/>
                <input type="hidden" name="retour" value=retour/>
                <div class="champ long">
                    <label for=field.clone()>"Nouvelle note"</label>
                    <Aide id=field.clone() conseil="Vue des gestionnaires seuls. La personne peut la lire si elle demande ses données."/>
                    <textarea id=field.clone() name="texte" rows="2" maxlength="2000"
                        aria-describedby=format!("{field}-aide")></textarea>
                </div>
                <button type="submit">"Ajouter la note"</button>
            </Formulaire>
        </section>
    }
}
