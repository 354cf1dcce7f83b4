use domain::collectivite::{Collectivite, ContactFormation, TypeCollectivite};
use domain::valeurs::Telephone;
use leptos::prelude::*;

use crate::base::adresses::{ORIENTATION, SERVICE_RH};

/// What was found for the typed text, or the collectivité that was chosen.
pub enum Trouve {
    Choisie(Collectivite, Option<ContactFormation>),
    Liste(Vec<Collectivite>),
}

/// The page of cas 1. The person fills in nothing here, and learns whom to ask.
pub fn contenu(texte: String, trouve: Trouve) -> AnyView {
    view! {
        <p>
            "Vous travaillez pour une collectivité et vous vous inscrivez par son intermédiaire\u{a0}: c’est la voie "
            "habituelle d’un agent. Vous n’avez pas de compte à créer ici, c’est son service formation qui le fait."
        </p>
        <h2>"Ce que vous avez à faire"</h2>
        <ol>
            <li>"Adressez-vous au service formation, ou au service des ressources humaines, de votre collectivité."</li>
            <li>"Demandez-lui de vous inscrire comme intervenant auprès du CNFPT."</li>
            <li>"Vous recevrez un courriel pour choisir votre mot de passe quand il l’aura fait."</li>
        </ol>
        {match trouve {
            Trouve::Choisie(collectivite, contact) => view! { <Choisie collectivite contact/> }.into_any(),
            Trouve::Liste(found) => view! { <Recherche texte found/> }.into_any(),
        }}
        <p class="note">
            "Si vous ne souhaitez pas que ces formations figurent sur votre fiche d’agent, revenez au choix précédent "
            "et prenez «\u{a0}À titre personnel\u{a0}»."
        </p>
        <p><a class="bouton" href=ORIENTATION>"Revenir au choix de ma situation"</a></p>
    }
    .into_any()
}

/// A form that asks by GET. Its results are links.
#[component]
fn Recherche(texte: String, found: Vec<Collectivite>) -> impl IntoView {
    let searched = texte.trim().to_owned();
    let outcome = match found.len() {
        0 => format!(
            "Aucune collectivité ne correspond à «\u{a0}{searched}\u{a0}». Essayez avec le début de son nom, ou son code postal."
        ),
        1 => "Une collectivité correspond\u{a0}:".to_owned(),
        count => format!("{count} collectivités correspondent, les plus peuplées d’abord\u{a0}:"),
    };
    view! {
        <h2>"À qui m’adresser\u{a0}?"</h2>
        <form method="get" action=SERVICE_RH class="filtres" role="search">
            <div class="champ moyen">
                <label for="recherche">"Cherchez votre collectivité"</label>
                <p class="aide" id="recherche-aide">"Son nom ou son code postal."</p>
                <input type="search" id="recherche" name="q" value=texte autocomplete="off" enterkeyhint="search"
                    aria-describedby="recherche-aide"/>
            </div>
            <button type="submit">"Chercher"</button>
        </form>
        {(!searched.is_empty()).then(|| view! {
            <p role="status">{outcome}</p>
            {(!found.is_empty()).then(|| view! { <ul class="trouvees">
                {found.into_iter().map(|collectivite| {
                    let href = format!("{SERVICE_RH}?cle={}", collectivite.cle);
                    view! { <li><a href=href>{collectivite.line()}</a></li> }
                }).collect_view()}
            </ul> })}
        })}
    }
}

#[component]
fn Choisie(collectivite: Collectivite, contact: Option<ContactFormation>) -> impl IntoView {
    let genre = collectivite.cle.genre;
    view! {
        <h2>{format!("À qui m’adresser\u{a0}: {}", collectivite.nom)}</h2>
        <p>{collectivite.line()}</p>
        {match contact {
            Some(ContactFormation { service, courriel, telephone }) => view! {
                <dl class="fiche">
                    <div><dt>"Service"</dt><dd>{service}</dd></div>
                    {(!courriel.is_empty()).then(|| view! {
                        <div>
                            <dt>"Courriel"</dt>
                            <dd><a href=format!("mailto:{courriel}")>{courriel.clone()}</a></dd>
                        </div>
                    })}
                    {(!telephone.is_empty()).then(|| view! {
                        <div>
                            <dt>"Téléphone"</dt>
                            <dd><a href=format!("tel:{telephone}")>{Telephone::lisible(&telephone)}</a></dd>
                        </div>
                    })}
                </dl>
            }
            .into_any(),
            None => view! {
                <p>"Nous ne connaissons pas le contact de son service formation. "{whom_to_ask(genre)}</p>
            }
            .into_any(),
        }}
        <p class="seul"><a href=SERVICE_RH>"Chercher une autre collectivité"</a></p>
    }
}

/// The service of such a collectivité that registers its agents, or that knows which service does.
fn whom_to_ask(genre: TypeCollectivite) -> &'static str {
    use TypeCollectivite as T;
    match genre {
        T::Commune => {
            "Demandez au secrétariat de mairie\u{a0}; dans une ville plus grande, au service des ressources humaines."
        }
        T::Departement => {
            "Demandez à la direction des ressources humaines du département, qui a d’ordinaire un service formation."
        }
        T::Region => {
            "Demandez à la direction des ressources humaines de la région, qui a d’ordinaire un service formation."
        }
        T::CollectiviteOutreMer => "Demandez à la direction des ressources humaines de votre collectivité.",
        T::CommunauteAgglomeration
        | T::CommunauteCommunes
        | T::CommunauteUrbaine
        | T::Metropole
        | T::MetropoleLyon
        | T::EtablissementPublicTerritorial => {
            "Demandez à son service des ressources humaines, souvent partagé avec la ville principale\u{a0}; à défaut, à sa \
             direction générale des services."
        }
        T::Sdis => "Demandez à son groupement formation ou à celui des ressources humaines.",
        T::Ccas | T::Cdg | T::Syndicat | T::GeneriqueIntervenants => {
            "Demandez à la personne qui suit les ressources humaines, ou à la direction."
        }
    }
}
