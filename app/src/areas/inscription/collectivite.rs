use std::sync::Arc;

use domain::Tableau;
use domain::collectivite::Collectivite;
use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use leptos::task::spawn_local;
use leptos_router::hooks::use_query_map;

use super::api::inscription::ChooseCollectivite;
use crate::base::adresses::{ORIENTATION, SERVICE_RH};
use crate::base::appel::{Requete, ask};
use crate::base::browser;
use crate::base::refus::Refus;
use crate::onglet::annuaire::api::{ReadChoices, SearchCollectivites};
use crate::ui::{Aide, Avis, Combobox, Donnees, Formulaire, Page, Resume, escape, query_error, refus};

/// « Sélectionnez votre collectivité »: the generic employer is preselected; an ordinary one is cas 1.
#[component]
pub fn PageCollectivite() -> impl IntoView {
    let query = use_query_map();
    let typed = Signal::derive(move || query.with(|query| query.get("q").unwrap_or_default()));
    let ordinary = Signal::derive(move || query.with(|query| query.get("ordinaire").unwrap_or_default()));
    let refused = query_error();
    let requete = move || {
        let (texte, ordinaire) = (typed.get(), ordinary.get());
        Requete::table(format!("{texte}|{ordinaire}"), ReadChoices { texte, ordinaire })
    };
    let donnees = Donnees::new(Arc::new(requete));
    let message = Signal::derive(move || {
        refused.get().and_then(|error| match error.refus {
            Refus::Vide => Some("Choisissez une collectivité dans la liste.".to_owned()),
            Refus::Inconnue => {
                Some("Aucune collectivité ne porte ce nom\u{a0}: choisissez-la dans la liste.".to_owned())
            }
            Refus::Plusieurs => Some("Plusieurs collectivités portent ce nom\u{a0}: choisissez la vôtre.".to_owned()),
            _ => None,
        })
    });
    let summary =
        Signal::derive(move || message.get().map(|text| ("collectivite".to_owned(), text)).into_iter().collect());
    let vue = Arc::new(move |text: &str| {
        let choices = Tableau::from(text.to_owned());
        let (generic, found) = (choices.collectivites("generique"), choices.collectivites("trouvee"));
        match choices.collectivites("ordinaire").pop() {
            Some(collectivite) => view! { <CasUn collectivite generic/> }.into_any(),
            None => view! { <Selection generic found typed=typed.get_untracked() erreur=message/> }.into_any(),
        }
    });
    view! {
        <Page titre="Créez votre compte agent" erreur=Signal::derive(move || message.get().is_some())>
            <Resume erreurs=summary/>
            {refus(&[Refus::Vide, Refus::Inconnue, Refus::Plusieurs])}
            <section class="note">
                <h2>"Important"</h2>
                <p>
                    "Pour créer votre compte, vous devrez indiquer une adresse de messagerie. Elle vous servira "
                    "d’identifiant pour vous connecter, et c’est là que le CNFPT vous écrira. Si vous n’avez pas d’adresse "
                    "professionnelle, ou si vous préférez ne pas l’utiliser, donnez une adresse personnelle."
                </p>
                <p>
                    "Il faut une adresse de messagerie différente pour chaque collectivité\u{a0}: si vous intervenez pour deux "
                    "collectivités, vous aurez deux comptes et deux adresses."
                </p>
            </section>
            {donnees.show(vue)}
        </Page>
    }
}

#[component]
fn Selection(
    generic: Vec<Collectivite>,
    found: Vec<Collectivite>,
    typed: String,
    erreur: Signal<Option<String>>,
) -> impl IntoView {
    let initiales: Vec<String> = generic.iter().map(Collectivite::line).collect();
    // With one generic employer, there is nothing to choose.
    let initial = match (typed.is_empty(), initiales.as_slice()) {
        (true, [only]) => only.clone(),
        _ => typed,
    };
    let (search, set_search) = signal(String::new());
    let (found_now, set_found_now) = signal(Vec::<String>::new());
    browser::effet(Box::new(move || {
        let texte = search.get();
        if texte.trim().chars().count() < 2 {
            set_found_now.set(Vec::new());
            return;
        }
        spawn_local(async move {
            if let Ok(found) = ask(SearchCollectivites { texte: texte.clone() }).await
                && search.try_get_untracked() == Some(texte)
            {
                set_found_now.set(found.rows("trouvee").flatten().cloned().collect());
            }
        });
    }));
    let defaults = initiales.clone();
    let propositions = Signal::derive(move || match found_now.get() {
        none if none.is_empty() && search.with(|text| text.trim().is_empty()) => defaults.clone(),
        found => found,
    });
    view! {
        <Formulaire action=ChooseCollectivite::url()>
            <div class="champ long">
                <label for="collectivite">"Collectivité"</label>
                <Aide id="collectivite".to_owned() erreur
                    conseil="Sélectionnez votre collectivité. Pour un intervenant, l’employeur est déjà choisi\u{a0}: validez."/>
                <Combobox id="collectivite" name="collectivite" initial initiales propositions
                    saisie=move |text: String| set_search.set(text)
                    decrit_par="collectivite-aide collectivite-erreur"/>
            </div>
            {(!found.is_empty()).then(|| view! {
                <fieldset class="champ">
                    <legend>"Collectivités trouvées"</legend>
                    {found.into_iter().map(|collectivite| {
                        let id = format!("trouvee-{}", collectivite.cle);
                        view! {
                            <div class="option">
                                <input type="radio" name="cle" value=collectivite.cle.to_string() id=id.clone()/>
                                <label for=id inner_html=escape(&collectivite.line())></label>
                            </div>
                        }
                        .into_any()
                    }).collect_view()}
                </fieldset>
            }
            .into_any())}
            <div class="boutons">
                <button type="submit" class="principal">"Valider"</button>
                <a class="bouton discret" href=ORIENTATION>"Précédent"</a>
            </div>
        </Formulaire>
    }
}

/// Someone who picks an ordinary collectivité is in cas 1, and may not know it.
#[component]
fn CasUn(collectivite: Collectivite, generic: Vec<Collectivite>) -> impl IntoView {
    view! {
        <Avis alerte=true>
            <h2 inner_html=escape(&format!("{}\u{a0}: c’est l’inscription par le service RH", collectivite.nom))></h2>
            <p>
                <span inner_html=escape(&format!("Vous avez choisi {}. ", collectivite.line()))></span>
                "Une inscription rattachée à cette collectivité passe par son service RH\u{a0}: elle figure sur votre fiche "
                "d’agent, et votre employeur la voit."
            </p>
            <p><a href=SERVICE_RH>"Comment passer par le service RH"</a></p>
        </Avis>
        <p>"Pour vous inscrire à titre personnel ou comme indépendant, gardez l’employeur générique des intervenants."</p>
        {generic.into_iter().next().map(|generic| view! {
            <Formulaire action=ChooseCollectivite::url()>
                <input type="hidden" name="cle" value=generic.cle.to_string()/>
                <div class="boutons">
                    <button type="submit" class="principal">{format!("Continuer avec «\u{a0}{}\u{a0}»", generic.nom)}</button>
                </div>
            </Formulaire>
        }
        .into_any())}
    }
}
