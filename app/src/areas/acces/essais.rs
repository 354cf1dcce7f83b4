use domain::instant::en_clair;
use leptos::prelude::*;
use leptos::server_fn::ServerFn;

use super::api::connexions::FailuresSeen;
use super::port::{ConnexionOuverte, EssaisManques};
use crate::ui::{Avis, Formulaire};

/// Tells of the passwords and codes that failed before this connexion, until its person has seen it. `changer` is the
/// page that changes their password.
#[component]
pub fn Essais(connexions: Vec<ConnexionOuverte>, changer: &'static str) -> impl IntoView {
    let here = connexions.into_iter().find(|connexion| connexion.celle_ci)?;
    let said: Vec<String> = [here.essais.map(en_mots), here.codes.map(codes_en_mots)].into_iter().flatten().collect();
    (!said.is_empty()).then(|| {
        view! {
            <Avis>
                <p>{said.join(" ")}" Si ce n’était pas vous, "<a href=changer>"changez de mot de passe"</a>"."</p>
                <Formulaire action=FailuresSeen::url()>
                    <button type="submit" class="discret">"J’ai compris"</button>
                </Formulaire>
            </Avis>
        }
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

fn codes_en_mots(codes: EssaisManques) -> String {
    let EssaisManques { nombre, dernier_le } = codes;
    let when = en_clair(dernier_le);
    match nombre {
        1 => format!("Un code faux a suivi votre mot de passe (le {when})."),
        nombre => format!("{nombre}\u{a0}codes faux ont suivi votre mot de passe (le dernier le {when})."),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_and_several_are_told_in_their_own_words() {
        let said = |nombre| en_mots(EssaisManques { nombre, dernier_le: 1_781_524_800_000 });
        let codes = |nombre| codes_en_mots(EssaisManques { nombre, dernier_le: 1_781_524_800_000 });
        assert!(codes(1).starts_with("Un code faux a suivi") && codes(3).starts_with("3\u{a0}codes faux ont suivi"));
        assert!(said(1).contains("un essai de mot de passe a échoué (le 15\u{a0}juin 2026"), "{}", said(1));
        assert!(
            said(12).contains("12\u{a0}essais de mot de passe ont échoué (le dernier le 15\u{a0}juin"),
            "{}",
            said(12)
        );
    }
}
