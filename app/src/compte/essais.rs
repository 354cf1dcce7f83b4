use domain::instant::en_clair;
use domain::ports::{EssaisManques, SessionOuverte};
use leptos::prelude::*;
use leptos::server_fn::ServerFn;

use crate::api::sessions::FailuresSeen;
use crate::ui::Avis;

/// Tells of the passwords that failed before this session, until its person has seen it. `changer`: the page of their
/// password.
#[component]
pub fn Essais(sessions: Vec<SessionOuverte>, changer: &'static str) -> impl IntoView {
    let here = sessions.into_iter().find(|session| session.celle_ci)?;
    let said = en_mots(here.essais?);
    Some(view! {
        <Avis>
            <p>{said}" Si ce n’était pas vous, "<a href=changer>"changez de mot de passe"</a>"."</p>
            <form action=FailuresSeen::url() method="post">
                <button type="submit" class="discret">"J’ai compris"</button>
            </form>
        </Avis>
    })
}

fn en_mots(essais: EssaisManques) -> String {
    let EssaisManques { nombre, dernier_le } = essais;
    let when = en_clair(dernier_le);
    match nombre {
        1 => format!("Depuis votre dernière connexion, un essai de mot de passe a échoué (le {when})."),
        nombre => format!(
            "Depuis votre dernière connexion, {nombre}\u{a0}essais de mot de passe ont échoué (le dernier le {when})."
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_and_several_are_told_in_their_own_words() {
        let said = |nombre| en_mots(EssaisManques { nombre, dernier_le: 1_781_524_800_000 });
        assert!(said(1).contains("un essai de mot de passe a échoué (le 15\u{a0}juin 2026"), "{}", said(1));
        assert!(
            said(12).contains("12\u{a0}essais de mot de passe ont échoué (le dernier le 15\u{a0}juin"),
            "{}",
            said(12)
        );
    }
}
