use domain::Etape;
use domain::correction::correctable;
use domain::saisie::marks;
use leptos::prelude::*;
use leptos::server_fn::ServerFn;

use crate::areas::compte::api::compte::SaveCorrection;
use crate::areas::compte::port::CorrectionEnCours;
use crate::base::adresses::CORRECTIONS;
use crate::base::routage::Recherche;
use crate::onglet::{Champ, RemarqueDuChamp, sous_titres};
use crate::ui::{Avis, ErrorCode, PageRendue, Resume, champ_id};

/// One tab of a correction: the fields of the sign-up, with the remark of each field that has one.
pub fn page(correction: CorrectionEnCours, etape: Etape, recherche: &Recherche) -> PageRendue {
    let verify = recherche.get("verifier").is_some();
    // An agent who goes through all the tabs is led to the next one.
    let suite = recherche.get("suite").unwrap_or_default();
    let refus = ErrorCode::read(|name| recherche.get(name));
    let ctx = correction.contexte();
    let etapes = correction.etapes();
    let position = etapes.iter().position(|known| *known == etape).unwrap_or_default() + 1;
    let onglet = correction.brouillon.onglet(etape);
    let specs = onglet.specs();
    let open = |at: &usize| correctable(etape, specs[*at].name, &ctx);
    let errors: Vec<(String, String)> = match verify {
        true => onglet.errors(&ctx).into_iter().filter(|(at, _)| open(at)).collect(),
        false => Vec::new(),
    }
    .into_iter()
    .map(|(at, error)| (champ_id(specs[at].name), error.to_string()))
    .collect();
    let has_errors = !errors.is_empty();
    let before = correction.avant.recap(etape, &ctx);
    let remarque_du_champ = |name: &str| RemarqueDuChamp {
        remarque: correction.remarques.iter().find(|asked| asked.champ == name).map(|asked| asked.texte.clone()),
        avant: before.iter().find(|line| line.champ == name).map(|line| line.valeur.clone()).unwrap_or_default(),
    };
    let marques = marks(onglet, &ctx);
    let draft = RwSignal::new(correction.brouillon.clone());
    // The communes are proposed only where WebAssembly runs.
    let communes = signal(Vec::new());
    let fields = (0..specs.len())
        .filter(open)
        .map(|at| {
            let remarque_du_champ = remarque_du_champ(specs[at].name);
            let field = view! {
                <Champ etape at initial=correction.brouillon.clone() draft contexte=ctx communes
                    shown=Signal::derive(move || verify) remarque_du_champ/>
            };
            (specs[at].groupe(), field.into_any())
        })
        .collect();
    let contenu = view! {
            <p class="aide">
                {format!("{}, onglet {position} sur {}", if correction.relecture { "Relecture" } else { "Correction" }, etapes.len())}
            </p>
            {refus.map(|error| view! { <Avis alerte=true><p>{error.message()}</p></Avis> })}
            <Resume erreurs=errors/>
            <form action=SaveCorrection::url() method="post" novalidate=true>
                <input type="hidden" name="etape" value=etape.slug()/>
                <input type="hidden" name="marques" value=marques/>
                <input type="hidden" name="suite" value=suite/>
                {sous_titres(fields)}
                <div class="boutons">
                    <button type="submit" class="principal">"Enregistrer"</button>
                    <a class="bouton discret" href=CORRECTIONS>
                        {if correction.relecture { "Revenir à la relecture" } else { "Revenir à la liste" }}
                    </a>
                </div>
            </form>
    };
    PageRendue::new(etape.label(), has_errors, contenu.into_any())
}

/// A tab in which there is nothing to correct.
pub fn rien() -> PageRendue {
    let contenu = view! { <p><a class="bouton principal" href=CORRECTIONS>"Voir ce qui est à corriger"</a></p> };
    PageRendue::new("Rien à corriger ici", false, contenu.into_any())
}
