//! Machines that open the links of mails before their reader does: scanners, previews, browsers that fetch ahead. Every
//! kind of link outlives them.

use app::areas::acces::Authentification;
use app::areas::compte::{ChangementsAdresse, EnvoiConfirmation, IssueAdresse, Suivis};
use app::areas::inscription::{EnvoiLien, Reprises};
use app::base::appelants::{Appelants, Role};
use app::base::exchange::{Client, ConnexionToken};
use axum::http::header::{SET_COOKIE, USER_AGENT};
use axum::http::{Request, StatusCode};
use domain::valeurs::AdresseCourriel;
use server::security::tokens::Usage;

use super::droits::empreinte;
use super::equipe::administrateur;
use super::support::{Monde, Navigateur};
use crate::support::donnees::MOT_DE_PASSE;

/// The headers of machines that fetch a page before anyone asked for it.
const AHEAD: [(&str, &str); 6] = [
    ("purpose", "prefetch"),
    ("sec-purpose", "prefetch"),
    ("sec-purpose", "prefetch;prerender"),
    ("x-moz", "prefetch"),
    ("x-purpose", "preview"),
    ("sec-fetch-site", "cross-site"),
];

/// A link, its use, and the button of its page.
type Lien = (Usage, String, &'static str);

async fn ask_address(monde: &Monde, connexion: &ConnexionToken, courriel: &str) -> String {
    let who = monde.backend.formateur(connexion).await.unwrap().expect("signed in");
    let asked = monde.backend.ask_address(&monde.client, &who, MOT_DE_PASSE, courriel).await.unwrap();
    assert_eq!(asked, EnvoiConfirmation::Envoyee);
    monde.send_mails().await;
    monde.boite.token(courriel, "adresse")
}

/// One living link of each kind.
async fn links(monde: &Monde) -> Vec<Lien> {
    const CHOOSE: &str = "Enregistrer mon mot de passe";
    let anne = monde.activated("anne@exemple.fr").await;
    let brahim = monde.activated("brahim@exemple.fr").await;
    let ada = administrateur(monde, "ada@cnfpt.fr", "Ada").await;
    for id in [1, 2] {
        app::areas::gestion::dossiers::Decisions::validate(&monde.backend, &ada, id, monde.version(&ada, id).await)
            .await
            .unwrap();
    }
    let confirm = ask_address(monde, &anne, "anne@nouveau.example").await;
    let change = ask_address(monde, &brahim, "brahim@nouveau.example").await;
    let client = Client("net of Brahim".to_owned());
    let changed = monde.backend.apply_address(&client, &change, Some(&brahim)).await.unwrap();
    assert_eq!(changed, IssueAdresse::Changee);
    let activation = monde.submitted("chloe@exemple.fr").await;
    let invited =
        monde.backend.invite(Role::Gestionnaire, &AdresseCourriel::parse("dora@cnfpt.fr").unwrap()).await.unwrap();
    let service = monde.invited_service("rh@toulouse.example", "COMMUNE:31555").await;
    monde.service_formation("rh@grenoble.example", "COMMUNE:38185").await;
    for courriel in ["anne@exemple.fr", "rh@grenoble.example"] {
        monde.backend.request_reset(&monde.client, courriel).await.unwrap();
    }
    let draft = monde.draft("elie@exemple.fr").await;
    assert_eq!(monde.backend.send_link(&monde.client, &draft).await.unwrap(), EnvoiLien::Envoye);
    monde.send_mails().await;
    let reference = monde.text("SELECT reference FROM compte WHERE courriel_cle = 'chloe@exemple.fr'").await;
    let suivi = monde.backend.find(&monde.client, &reference, "chloe@exemple.fr").await.unwrap().unwrap();
    let mailed = |courriel: &str, page: &str| format!("/{page}/{}", monde.boite.token(courriel, page));
    vec![
        (Usage::Activation, format!("/activation/{activation}"), CHOOSE),
        (Usage::Reinitialisation, mailed("anne@exemple.fr", "mot-de-passe"), CHOOSE),
        (Usage::ReinitialisationService, mailed("rh@grenoble.example", "mot-de-passe"), CHOOSE),
        (Usage::Invitation, format!("/invitation/{}", invited.rsplit('/').next().unwrap()), CHOOSE),
        (Usage::InvitationServiceFormation, format!("/invitation/{service}"), CHOOSE),
        (Usage::Reprise, mailed("elie@exemple.fr", "reprendre"), "Reprendre mon inscription"),
        (Usage::Suivi, format!("/suivi/{suivi}"), "Renvoyer le courriel d’activation"),
        (Usage::Adresse, format!("/adresse/{confirm}"), "Confirmer mon adresse"),
        (Usage::AdresseAnnulation, mailed("brahim@exemple.fr", "adresse"), "Rétablir mon adresse"),
    ]
}

/// The rows that a link could change, besides those that every call could.
async fn state(monde: &Monde) -> Vec<i64> {
    let mut seen: Vec<i64> = empreinte(monde).await.into_values().collect();
    for sql in [
        "SELECT count(*) FROM jeton WHERE utilise_le IS NULL AND revoque_le IS NULL",
        "SELECT count(*) FROM session",
        "SELECT count(*) FROM compteur",
    ] {
        seen.push(monde.number(sql).await);
    }
    seen
}

on_both_engines! {
    async fn every_kind_of_link_outlives_who_looks_before_its_reader(monde: Monde) {
        let links = links(&monde).await;
        assert_eq!(links.iter().map(|(usage, ..)| *usage).collect::<Vec<_>>(), Usage::ALL, "a kind is missing");
        let before = state(&monde).await;
        for (usage, path, button) in &links {
            let mut scanner = Navigateur::new(&monde);
            for _ in 0..20 {
                let head = scanner.send(Request::head(path)).await;
                let page = scanner.send(Request::get(path).header(USER_AGENT, "Mozilla/5.0 (scanner)")).await;
                for answer in [&head, &page] {
                    assert_eq!(answer.status, StatusCode::OK, "{usage:?}");
                    assert!(!answer.headers.contains_key(SET_COOKIE), "{usage:?}");
                }
                assert!(page.text().contains(button), "{usage:?}: {}", page.html);
            }
            for (name, value) in AHEAD {
                let page = scanner.send(Request::get(path).header(name, value)).await;
                assert!(page.text().contains(button), "{usage:?} {name}: {value}");
            }
        }
        assert_eq!(state(&monde).await, before);
        // Then its reader uses a link that leads in.
        let (_, path, button) = &links[0];
        let mut reader = Navigateur::new(&monde);
        let action = reader.get(path).await.action(button);
        let token = path.rsplit('/').next().unwrap();
        let done = reader.post(&action, &[("token", token), ("mot_de_passe", MOT_DE_PASSE)]).await;
        assert_eq!(done.location(), "/mon-compte");
        assert_ne!(state(&monde).await, before, "what uses a link is seen");
    }
}
