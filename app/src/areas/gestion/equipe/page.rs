use domain::instant::en_clair;
use leptos::prelude::*;
use leptos::server_fn::ServerFn;

use super::api::{ChangeRole, DisableMembre, EnableMembre, InviteAgain, InviteMembre, NoticeEquipe, ReadEquipe};
use super::port::{EtatMembre, Membre};
use crate::areas::gestion::avis::notice;
use crate::areas::gestion::lecture::lue;
use crate::areas::gestion::second_facteur::api::ResetSecondFacteur;
use crate::base::adresses::EQUIPE;
use crate::base::appelants::Role;
use crate::base::refus::Refus;
use crate::ui::{Aide, Formulaire, Page, Resume, champ_id, invalide, lire, query_error, refus, summary_of};

/// The team, for administrateurs.
#[component]
pub fn PageEquipe() -> impl IntoView {
    lue(lire(|| ReadEquipe {}), |membres| {
        let refused = query_error().get_untracked();
        let wrong = refused.is_some_and(|error| matches!(error.refus, Refus::Adresse | Refus::Membre));
        view! {
            <Page titre="Équipe" large=true erreur=Signal::derive(move || wrong)>
                {notice::<NoticeEquipe>()}
                {refus(&[Refus::Adresse, Refus::Membre])}
                <table aria-label="Équipe">
                    <thead>
                        <tr>
                            <th scope="col">"Nom"</th>
                            <th scope="col">"Adresse"</th>
                            <th scope="col">"Droit"</th>
                            <th scope="col">"État"</th>
                            <th scope="col">"Dernière connexion"</th>
                            <th scope="col">"Actions"</th>
                        </tr>
                    </thead>
                    <tbody>{membres.into_iter().map(rang).collect_view()}</tbody>
                </table>
                <Inviter/>
            </Page>
        }
        .into_any()
    })
}

fn label(role: Role) -> &'static str {
    match role {
        Role::Gestionnaire => "Gestionnaire",
        Role::Administrateur => "Administrateur",
    }
}

fn rang(membre: Membre) -> impl IntoView {
    let Membre { id, nom, courriel, role, etat, derniere_connexion, moi } = membre;
    let who = if nom.is_empty() { courriel.clone() } else { nom.clone() };
    let (other, words) = match role {
        Role::Gestionnaire => (Role::Administrateur, "Rendre administrateur"),
        Role::Administrateur => (Role::Gestionnaire, "Rendre gestionnaire"),
    };
    let button = |url: &'static str, words: &'static str, role: Option<Role>| {
        let said = format!("{words}\u{a0}: {who}");
        view! {
            <Formulaire action=url class="en-ligne">
                <input type="hidden" name="id" value=id/>
                {role.map(|role| view! { <input type="hidden" name="role" value=role.code()/> })}
                <button type="submit" aria-label=said>{words}</button>
            </Formulaire>
        }
    };
    let alive = etat != EtatMembre::Desactive;
    let connexions = format!("Fermer les connexions\u{a0}: {who}");
    view! {
        <tr>
            <td>{if nom.is_empty() { "—".to_owned() } else { nom }}{moi.then_some(" (vous)")}</td>
            <td>{courriel}</td>
            <td>{label(role)}</td>
            <td>{etat.label()}</td>
            <td data-nom="Dernière connexion">{derniere_connexion.map_or_else(|| "jamais".to_owned(), en_clair)}</td>
            <td class="actions">
                {alive.then(|| button(InviteAgain::url(), "Renvoyer une invitation", None))}
                {alive.then(|| button(ChangeRole::url(), words, Some(other)))}
                {(etat == EtatMembre::Actif && !moi).then(|| {
                    button(ResetSecondFacteur::url(), "Réinitialiser le second facteur", None)
                })}
                {(etat == EtatMembre::Actif && !moi).then(|| view! {
                    <a class="bouton" href=format!("{EQUIPE}/{id}/connexions") aria-label=connexions>"Fermer les connexions"</a>
                })}
                {if alive { button(DisableMembre::url(), "Désactiver", None) } else { button(EnableMembre::url(), "Réactiver", None) }}
            </td>
        </tr>
    }
}

#[component]
fn Inviter() -> impl IntoView {
    let refused = query_error();
    let message = Signal::derive(move || {
        refused.get().and_then(|error| match error.refus {
            Refus::Adresse => Some("Saisissez une adresse complète, par exemple nom@exemple.fr.".to_owned()),
            Refus::Membre => Some("Cette adresse est déjà celle d’un membre de l’équipe.".to_owned()),
            _ => None,
        })
    });
    let summary = summary_of("courriel", message);
    let (field, role) = (champ_id("courriel"), champ_id("role"));
    view! {
        <section>
            <h2>"Inviter quelqu’un"</h2>
            <Resume erreurs=summary/>
            <Formulaire action=InviteMembre::url()>
                <div class="champ moyen">
                    <label for=field.clone()>"Adresse de messagerie"</label>
                    <Aide id=field.clone() conseil="La personne y reçoit un lien pour choisir son mot de passe." erreur=message/>
                    <input type="email" id=field.clone() name="courriel" autocomplete="off" spellcheck="false"
                        aria-describedby=format!("{field}-aide {field}-erreur")
                        aria-invalid=invalide(message)/>
                </div>
                <div class="champ moyen">
                    <label for=role.clone()>"Droit"</label>
                    <select id=role name="role">
                        <option value="gestionnaire">"Gestionnaire\u{a0}: décide des demandes"</option>
                        <option value="administrateur">"Administrateur\u{a0}: gère aussi l’équipe"</option>
                    </select>
                </div>
                <div class="boutons"><button type="submit" class="principal">"Inviter"</button></div>
            </Formulaire>
            <p class="aide">
                "Un mot de passe perdu\u{a0}? Renvoyez une invitation\u{a0}: son lien en fait choisir un autre. Un téléphone perdu, et "
                "plus de code de secours\u{a0}? Réinitialisez le second facteur, une fois sûr de qui vous le demande."
            </p>
        </section>
    }
}
