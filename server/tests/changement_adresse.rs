use app::areas::acces::{
    Authentification, ChangementMotDePasse, ChoixMotDePasse, Espace, IssueAuthentification, Lien, MotsDePasse,
};
use app::areas::compte::{AdresseVue, ChangementsAdresse, EnvoiConfirmation, IssueAdresse};
use app::areas::gestion::dossiers::{Decisions, Statuts};
use app::base::appelants::{Administrateur, Appelants, Connecte, Titulaire};
use app::base::exchange::{Client, ConnexionToken};
use server::clock::{DAY, MINUTE};

use super::equipe::administrateur;
use super::support::{Monde, Navigateur};
use crate::support::donnees::{AUTRE_MOT_DE_PASSE, MOT_DE_PASSE};

const ANCIENNE: &str = "anne@exemple.fr";
const NOUVELLE: &str = "anne@nouveau.example";

/// An active account, number 1, its connexion, and who decided.
async fn actif(monde: &Monde) -> (ConnexionToken, Administrateur) {
    let connexion = monde.activated(ANCIENNE).await;
    let ada = administrateur(monde, "ada@cnfpt.fr", "Ada").await;
    monde.backend.validate(&ada, 1, monde.version(&ada, 1).await).await.unwrap();
    monde.send_mails().await;
    (connexion, ada)
}

async fn ask(monde: &Monde, connexion: &ConnexionToken, courriel: &str, password: &str) -> EnvoiConfirmation {
    let who = monde.backend.formateur(connexion).await.unwrap().expect("signed in");
    monde.backend.ask_address(&monde.client, &who, password, courriel).await.unwrap()
}

async fn apply(monde: &Monde, token: &str, connexion: Option<&ConnexionToken>) -> IssueAdresse {
    let client = Client(format!("net of {token}"));
    monde.backend.apply_address(&client, token, connexion).await.unwrap()
}

/// Asks for a change, and gives the token that the new address was mailed.
async fn asked(monde: &Monde, connexion: &ConnexionToken, courriel: &str) -> String {
    assert_eq!(ask(monde, connexion, courriel, MOT_DE_PASSE).await, EnvoiConfirmation::Envoyee);
    monde.send_mails().await;
    monde.boite.token(courriel, "adresse")
}

async fn login(monde: &Monde, courriel: &str, password: &str) -> Option<ConnexionToken> {
    let client = Client(format!("net of {courriel} {password}"));
    match monde.backend.login(&client, Espace::Agent, courriel, password).await.unwrap() {
        IssueAuthentification::Ouverte { connexion, .. } => Some(connexion),
        _ => None,
    }
}

async fn address(monde: &Monde) -> String {
    monde.text("SELECT courriel_cle FROM compte WHERE id = 1").await
}

on_both_engines! {
    async fn a_confirmed_address_opens_the_account_and_the_former_one_does_not(monde: Monde) {
        let (connexion, _) = actif(&monde).await;
        let other = login(&monde, ANCIENNE, MOT_DE_PASSE).await.unwrap();
        let token = asked(&monde, &connexion, NOUVELLE).await;
        let seen = Lien::Vivant(AdresseVue::Confirmer { nouvelle: NOUVELLE.to_owned(), connue: false });
        assert_eq!(monde.backend.open_address(&token).await.unwrap(), seen);
        assert_eq!(address(&monde).await, ANCIENNE, "looking changes nothing");
        // A link to a new password is on its way to the former address.
        monde.backend.request_reset(&monde.client, ANCIENNE).await.unwrap();
        monde.send_mails().await;
        let reset = monde.boite.token(ANCIENNE, "mot-de-passe");
        assert_eq!(apply(&monde, &token, Some(&connexion)).await, IssueAdresse::Changee);
        assert_eq!(address(&monde).await, NOUVELLE);
        assert_eq!(apply(&monde, &token, None).await, IssueAdresse::LienMort);
        assert_eq!(monde.backend.open_address(&token).await.unwrap(), Lien::Utilise);
        assert!(monde.backend.formateur(&connexion).await.unwrap().is_some(), "the one that confirmed");
        assert!(monde.backend.formateur(&other).await.unwrap().is_none());
        assert!(login(&monde, NOUVELLE, MOT_DE_PASSE).await.is_some());
        assert!(login(&monde, ANCIENNE, MOT_DE_PASSE).await.is_none());
        assert_eq!(monde.backend.open_reset(&reset).await.unwrap(), Lien::Utilise);
        monde.send_mails().await;
        monde.boite.about(ANCIENNE, "a changé");
        let noted = "SELECT count(*) FROM journal WHERE champs = 'courriel' AND compte_id = 1 AND acteur = 'personne' \
                     AND action IN ('demande_adresse', 'changement_adresse')";
        assert_eq!(monde.number(noted).await, 2);
    }

    async fn a_taken_address_is_answered_alike_and_told_to_its_mailbox_only(monde: Monde) {
        let (connexion, _) = actif(&monde).await;
        monde.activated("brahim@exemple.fr").await;
        let token = asked(&monde, &connexion, "brahim@exemple.fr").await;
        assert!(matches!(monde.backend.open_address(&token).await.unwrap(), Lien::Vivant(_)));
        assert_eq!(apply(&monde, &token, None).await, IssueAdresse::Prise);
        assert_eq!(address(&monde).await, ANCIENNE);
        assert!(login(&monde, ANCIENNE, MOT_DE_PASSE).await.is_some(), "nothing moved");
        assert_eq!(monde.number("SELECT count(*) FROM jeton WHERE usage = 'adresse_annulation'").await, 0);
        // Two accounts confirm one address at once: one gets it.
        let ada = administrateur(&monde, "zoe@cnfpt.fr", "Zoé").await;
        monde.backend.validate(&ada, 2, monde.version(&ada, 2).await).await.unwrap();
        let brahim = login(&monde, "brahim@exemple.fr", MOT_DE_PASSE).await.unwrap();
        let one = asked(&monde, &connexion, NOUVELLE).await;
        let two = asked(&monde, &brahim, NOUVELLE).await;
        assert_ne!(one, two);
        let (one, two) = tokio::join!(apply(&monde, &one, None), apply(&monde, &two, None));
        assert_eq!([one, two].iter().filter(|issue| **issue == IssueAdresse::Changee).count(), 1, "{one:?} {two:?}");
        assert!([one, two].contains(&IssueAdresse::Prise), "{one:?} {two:?}");
    }

    async fn the_password_and_the_address_are_looked_at_first(monde: Monde) {
        let (connexion, _) = actif(&monde).await;
        let before = monde.number("SELECT count(*) FROM courriel").await;
        assert_eq!(ask(&monde, &connexion, "pas une adresse", MOT_DE_PASSE).await, EnvoiConfirmation::AdresseInvalide);
        assert_eq!(ask(&monde, &connexion, " ANNE@exemple.fr ", MOT_DE_PASSE).await, EnvoiConfirmation::MemeAdresse);
        for _ in 0..5 {
            assert_eq!(ask(&monde, &connexion, NOUVELLE, "faux faux faux faux").await, EnvoiConfirmation::MotDePasseFaux);
        }
        assert_eq!(ask(&monde, &connexion, NOUVELLE, MOT_DE_PASSE).await, EnvoiConfirmation::Retardee { minutes: 1 });
        assert_eq!(monde.number("SELECT count(*) FROM courriel").await, before);
        assert_eq!(monde.number("SELECT count(*) FROM changement_adresse").await, 0);
    }

    async fn only_an_active_account_changes(monde: Monde) {
        let connexion = monde.activated(ANCIENNE).await;
        assert_eq!(ask(&monde, &connexion, NOUVELLE, MOT_DE_PASSE).await, EnvoiConfirmation::SansObjet);
        let ada = administrateur(&monde, "ada@cnfpt.fr", "Ada").await;
        monde.backend.validate(&ada, 1, monde.version(&ada, 1).await).await.unwrap();
        let token = asked(&monde, &connexion, NOUVELLE).await;
        monde.backend.suspend(&ada, 1, monde.version(&ada, 1).await, "Pourquoi", false).await.unwrap();
        assert_eq!(apply(&monde, &token, None).await, IssueAdresse::LienMort);
        assert_eq!(address(&monde).await, ANCIENNE);
    }

    async fn a_new_password_ends_the_address_change_asked_under_the_former(monde: Monde) {
        let (connexion, _) = actif(&monde).await;
        let token = asked(&monde, &connexion, NOUVELLE).await;
        monde.backend.request_reset(&monde.client, ANCIENNE).await.unwrap();
        monde.send_mails().await;
        let reset = monde.boite.token(ANCIENNE, "mot-de-passe");
        let chosen = monde.backend.reset(&monde.client, &reset, AUTRE_MOT_DE_PASSE).await.unwrap();
        let ChoixMotDePasse::Enregistre(connexion) = chosen else { panic!("{chosen:?}") };
        assert_eq!(apply(&monde, &token, None).await, IssueAdresse::LienMort);
        // A password changed while signed in ends the change of address too.
        assert_eq!(ask(&monde, &connexion, NOUVELLE, AUTRE_MOT_DE_PASSE).await, EnvoiConfirmation::Envoyee);
        monde.send_mails().await;
        let token = monde.boite.token(NOUVELLE, "adresse");
        let who = monde.backend.formateur(&connexion).await.unwrap().expect("signed in");
        let titulaire = Connecte { titulaire: Titulaire::Formateur(who.compte_id), connexion: connexion.clone() };
        let changed = monde.backend.change_password(&monde.client, &titulaire, AUTRE_MOT_DE_PASSE, MOT_DE_PASSE).await.unwrap();
        assert!(matches!(changed, ChangementMotDePasse::Change(_)), "{changed:?}");
        assert_eq!(apply(&monde, &token, None).await, IssueAdresse::LienMort);
        assert_eq!(address(&monde).await, ANCIENNE);
    }

    async fn a_login_under_way_while_the_address_is_taken_back_opens_nothing(monde: Monde) {
        let (connexion, _) = actif(&monde).await;
        // The new address also serves a service formation: its password stays when the account leaves it.
        monde.service_formation(NOUVELLE, "COMMUNE:31555").await;
        let token = asked(&monde, &connexion, NOUVELLE).await;
        assert_eq!(apply(&monde, &token, None).await, IssueAdresse::Changee);
        monde.send_mails().await;
        let undo = monde.boite.token(ANCIENNE, "adresse");
        let (undone, login) = tokio::join!(apply(&monde, &undo, None), login(&monde, NOUVELLE, MOT_DE_PASSE));
        assert_eq!(undone, IssueAdresse::Retablie);
        // A login that begins afterwards finds the service formation.
        if let Some(connexion) = login {
            assert_eq!(monde.backend.formateur(&connexion).await.unwrap(), None, "the account had left");
        }
    }

    async fn undoing_an_address_change_ends_connexions_of_its_service_formation_too(monde: Monde) {
        let (connexion, _) = actif(&monde).await;
        let (_, service) = monde.service_formation(ANCIENNE, "COMMUNE:31555").await;
        let service_login = async || {
            let client = Client("net of the thief".to_owned());
            monde.backend.login(&client, Espace::ServiceFormation, ANCIENNE, MOT_DE_PASSE).await.unwrap()
        };
        assert!(matches!(service_login().await, IssueAuthentification::Ouverte { .. }));
        let token = asked(&monde, &connexion, NOUVELLE).await;
        assert_eq!(apply(&monde, &token, Some(&connexion)).await, IssueAdresse::Changee);
        monde.send_mails().await;
        let undo = monde.boite.token(ANCIENNE, "adresse");
        assert_eq!(apply(&monde, &undo, None).await, IssueAdresse::Retablie);
        assert!(monde.backend.formateur(&connexion).await.unwrap().is_none());
        assert!(monde.backend.service_formation(&service).await.unwrap().is_none(), "both kinds of connexions");
        assert_eq!(service_login().await, IssueAuthentification::Refusee, "both uses");
        assert_eq!(login(&monde, ANCIENNE, MOT_DE_PASSE).await, None);
        assert_eq!(login(&monde, ANCIENNE, "").await, None);
        // The mailed link is the one way in, and opens both uses again.
        monde.send_mails().await;
        let reset = monde.boite.token(ANCIENNE, "mot-de-passe");
        let chosen = monde.backend.reset(&monde.client, &reset, AUTRE_MOT_DE_PASSE).await.unwrap();
        assert!(matches!(chosen, ChoixMotDePasse::Enregistre(_)), "{chosen:?}");
        let client = Client("net of the person".to_owned());
        for espace in [Espace::Agent, Espace::ServiceFormation] {
            let entered = monde.backend.login(&client, espace, ANCIENNE, AUTRE_MOT_DE_PASSE).await.unwrap();
            assert!(matches!(entered, IssueAuthentification::Ouverte { space, .. } if space == espace), "{espace:?}");
        }
    }

    async fn a_password_chosen_by_one_use_ends_the_links_of_the_other(monde: Monde) {
        // The reset was asked for while the address served a service formation alone.
        monde.service_formation(ANCIENNE, "COMMUNE:31555").await;
        monde.backend.request_reset(&monde.client, ANCIENNE).await.unwrap();
        monde.send_mails().await;
        let of_service = monde.boite.token(ANCIENNE, "mot-de-passe");
        assert_eq!(monde.backend.open_reset(&of_service).await.unwrap(), Lien::Vivant(ANCIENNE.to_owned()));
        monde.activated(ANCIENNE).await;
        assert_eq!(monde.backend.open_reset(&of_service).await.unwrap(), Lien::Utilise);
    }

    async fn a_login_under_way_while_the_account_is_suspended_opens_nothing(monde: Monde) {
        let (_, ada) = actif(&monde).await;
        let version = monde.version(&ada, 1).await;
        let (suspended, login) = tokio::join!(
            monde.backend.suspend(&ada, 1, version, "Pourquoi", false),
            login(&monde, ANCIENNE, MOT_DE_PASSE)
        );
        suspended.unwrap();
        assert_eq!(login, None);
        assert_eq!(monde.number("SELECT count(*) FROM session WHERE genre = 'formateur'").await, 0);
    }

    async fn three_changes_an_hour_are_asked_for_by_account(monde: Monde) {
        let (connexion, _) = actif(&monde).await;
        for at in 0..3 {
            let courriel = format!("anne{at}@nouveau.example");
            assert_eq!(ask(&monde, &connexion, &courriel, MOT_DE_PASSE).await, EnvoiConfirmation::Envoyee);
        }
        let over = ask(&monde, &connexion, NOUVELLE, MOT_DE_PASSE).await;
        assert_eq!(over, EnvoiConfirmation::TropDeChangements { minutes: 60 });
        monde.send_mails().await;
        // Only the newest change can be confirmed.
        assert!(monde.boite.to("anne0@nouveau.example").is_empty());
    }

    async fn what_others_asked_for_to_an_address_is_told_to_nobody(monde: Monde) {
        let (connexion, _) = actif(&monde).await;
        // Many accounts have asked to move to that address.
        assert_eq!(ask(&monde, &connexion, NOUVELLE, MOT_DE_PASSE).await, EnvoiConfirmation::Envoyee);
        monde.execute("UPDATE compteur SET n = 1000 WHERE cle LIKE 'changement_vers:%' AND cle NOT LIKE '%:compte:%'").await;
        assert_eq!(ask(&monde, &connexion, NOUVELLE, MOT_DE_PASSE).await, EnvoiConfirmation::Envoyee);
        monde.send_mails().await;
        assert_eq!(monde.boite.to(NOUVELLE).len(), 0, "the first was replaced, the second stays");
    }

    async fn a_confirming_link_lives_thirty_minutes_and_an_undoing_one_seven_days(monde: Monde) {
        let (connexion, _) = actif(&monde).await;
        let token = asked(&monde, &connexion, NOUVELLE).await;
        monde.clock.advance(30 * MINUTE);
        assert_eq!(monde.backend.open_address(&token).await.unwrap(), Lien::Expire);
        assert_eq!(apply(&monde, &token, None).await, IssueAdresse::LienMort);
        let connexion = login(&monde, ANCIENNE, MOT_DE_PASSE).await.unwrap();
        let token = asked(&monde, &connexion, NOUVELLE).await;
        monde.clock.advance(30 * MINUTE - 1);
        assert_eq!(apply(&monde, &token, None).await, IssueAdresse::Changee);
        monde.send_mails().await;
        let undo = monde.boite.token(ANCIENNE, "adresse");
        monde.clock.advance(7 * DAY - 1);
        let seen = Lien::Vivant(AdresseVue::Annuler { ancienne: ANCIENNE.to_owned() });
        assert_eq!(monde.backend.open_address(&undo).await.unwrap(), seen);
        monde.clock.advance(1);
        assert_eq!(apply(&monde, &undo, None).await, IssueAdresse::LienMort);
    }

    async fn the_former_address_takes_its_account_back_whatever_was_done_since(monde: Monde) {
        let (connexion, _) = actif(&monde).await;
        let token = asked(&monde, &connexion, "voleur@exemple.net").await;
        assert_eq!(apply(&monde, &token, Some(&connexion)).await, IssueAdresse::Changee);
        monde.send_mails().await;
        let undo = monde.boite.token(ANCIENNE, "adresse");
        // The thief moves the account on, chooses another password, and asks for links.
        let token = asked(&monde, &connexion, "voleur2@exemple.net").await;
        assert_eq!(apply(&monde, &token, Some(&connexion)).await, IssueAdresse::Changee);
        monde.send_mails().await;
        let thiefs = monde.boite.token("voleur@exemple.net", "adresse");
        monde.backend.request_reset(&monde.client, "voleur2@exemple.net").await.unwrap();
        monde.send_mails().await;
        let reset = monde.boite.token("voleur2@exemple.net", "mot-de-passe");
        let waiting = asked(&monde, &connexion, "voleur3@exemple.net").await;

        assert_eq!(apply(&monde, &undo, None).await, IssueAdresse::Retablie);
        assert_eq!(address(&monde).await, ANCIENNE);
        assert_eq!(monde.number("SELECT count(*) FROM session WHERE genre = 'formateur'").await, 0);
        assert_eq!(monde.number("SELECT count(*) FROM identifiant").await, 0, "no password opens it but a new one");
        for courriel in [ANCIENNE, "voleur@exemple.net", "voleur2@exemple.net"] {
            assert!(login(&monde, courriel, MOT_DE_PASSE).await.is_none(), "{courriel}");
        }
        for dead in [&thiefs, &waiting, &undo] {
            assert_eq!(apply(&monde, dead, None).await, IssueAdresse::LienMort);
        }
        assert_eq!(monde.backend.open_reset(&reset).await.unwrap(), Lien::Utilise);
        monde.send_mails().await;
        let own = monde.boite.token(ANCIENNE, "mot-de-passe");
        let chosen = monde.backend.reset(&monde.client, &own, AUTRE_MOT_DE_PASSE).await.unwrap();
        assert!(matches!(chosen, ChoixMotDePasse::Enregistre(_)));
        assert!(login(&monde, ANCIENNE, AUTRE_MOT_DE_PASSE).await.is_some());
        assert_eq!(monde.number("SELECT count(*) FROM journal WHERE action = 'annulation_adresse'").await, 1);
    }

    async fn an_address_taken_meanwhile_is_not_given_back(monde: Monde) {
        let (connexion, _) = actif(&monde).await;
        let token = asked(&monde, &connexion, NOUVELLE).await;
        assert_eq!(apply(&monde, &token, Some(&connexion)).await, IssueAdresse::Changee);
        monde.send_mails().await;
        let undo = monde.boite.token(ANCIENNE, "adresse");
        let newcomer = monde.activated(ANCIENNE).await;
        assert_eq!(apply(&monde, &undo, None).await, IssueAdresse::Prise);
        assert_eq!(address(&monde).await, NOUVELLE);
        assert!(monde.backend.formateur(&connexion).await.unwrap().is_some());
        assert!(monde.backend.formateur(&newcomer).await.unwrap().is_some());
    }

    async fn an_undone_address_change_ends_its_service_formations_password(monde: Monde) {
        let (connexion, _) = actif(&monde).await;
        let token = monde.invited_service(ANCIENNE, "COMMUNE:31555").await;
        let joined = app::areas::acces::Invitations::accept(&monde.backend, &monde.client, &token, "", MOT_DE_PASSE).await;
        let Ok(ChoixMotDePasse::Enregistre(rh)) = joined else { panic!("{joined:?}") };
        let token = asked(&monde, &connexion, NOUVELLE).await;
        assert_eq!(apply(&monde, &token, Some(&connexion)).await, IssueAdresse::Changee);
        assert!(monde.backend.service_formation(&rh).await.unwrap().is_some());
        let space = async |courriel: &str| {
            match monde.backend.login(&monde.client, Espace::Agent, courriel, MOT_DE_PASSE).await.unwrap() {
                IssueAuthentification::Ouverte { space, .. } => Some(space),
                _ => None,
            }
        };
        assert_eq!(space(NOUVELLE).await, Some(Espace::Agent));
        assert_eq!(space(ANCIENNE).await, Some(Espace::ServiceFormation));
        monde.send_mails().await;
        let undo = monde.boite.token(ANCIENNE, "adresse");
        assert_eq!(apply(&monde, &undo, None).await, IssueAdresse::Retablie);
        assert_eq!(space(NOUVELLE).await, None);
        assert_eq!(space(ANCIENNE).await, None, "whoever changed the address knows it");
    }

    async fn a_new_address_of_a_service_formation_opens_with_that_ones_password(monde: Monde) {
        let (connexion, _) = actif(&monde).await;
        monde.service_formation("rh@toulouse.example", "COMMUNE:31555").await;
        monde.execute("UPDATE identifiant SET mot_de_passe = 'x' WHERE courriel_cle = 'anne@exemple.fr'").await;
        assert_eq!(
            ask(&monde, &connexion, "rh@toulouse.example", MOT_DE_PASSE).await,
            EnvoiConfirmation::MotDePasseFaux,
            "the password asked for is that of the address it leaves"
        );
        let hash = "(SELECT mot_de_passe FROM identifiant WHERE courriel_cle = 'rh@toulouse.example')";
        monde.execute(&format!("UPDATE identifiant SET mot_de_passe = {hash} WHERE mot_de_passe = 'x'")).await;
        let token = asked(&monde, &connexion, "rh@toulouse.example").await;
        let Lien::Vivant(AdresseVue::Confirmer { connue: true, .. }) = monde.backend.open_address(&token).await.unwrap()
        else {
            panic!("known")
        };
        assert_eq!(apply(&monde, &token, Some(&connexion)).await, IssueAdresse::Changee);
        assert!(login(&monde, "rh@toulouse.example", MOT_DE_PASSE).await.is_some());
        assert_eq!(monde.number("SELECT count(*) FROM identifiant").await, 1);
        assert_eq!(monde.number("SELECT count(*) FROM identifiant WHERE collectivite_id IS NOT NULL").await, 1);
    }
}

mod pages {
    use super::*;

    on_both_engines! {
        async fn an_address_is_changed_and_taken_back_without_javascript(monde: Monde) {
            let (connexion, _) = actif(&monde).await;
            let mut anne = Navigateur::new(&monde);
            anne.sign_in(&connexion);
            let page = anne.get("/mon-compte").await;
            let form = page.action("Changer mon adresse");
            let wrong = anne.post(&form, &[("courriel", "x"), ("mot_de_passe", MOT_DE_PASSE)]).await;
            assert_eq!(wrong.location(), "/mon-compte?erreur=adresse");
            let said = anne.get(wrong.location()).await;
            assert!(said.html.contains("<title>Erreur : ") && said.html.contains("href=\"#champ-nouvelle\""));
            let wrong = anne.post(&form, &[("courriel", NOUVELLE), ("mot_de_passe", "faux faux faux")]).await;
            assert_eq!(wrong.location(), "/mon-compte?erreur=passe");
            assert!(anne.get(wrong.location()).await.text().contains("Ce n’est pas votre mot de passe actuel."));
            let done = anne.post(&form, &[("courriel", NOUVELLE), ("mot_de_passe", MOT_DE_PASSE)]).await;
            assert_eq!(done.location(), "/mon-compte?adresse=envoyee");
            assert!(anne.get(done.location()).await.text().contains("Un courriel est en route"));
            monde.send_mails().await;
            let path = format!("/adresse/{}", monde.boite.token(NOUVELLE, "adresse"));
            let token = path.rsplit('/').next().unwrap();
            let page = anne.get(&path).await;
            assert!(page.text().contains(NOUVELLE) && !page.html.contains("style=\""), "{}", page.text());
            let done = anne.post(&page.action("Confirmer mon adresse"), &[("token", token)]).await;
            assert_eq!(done.location(), format!("{path}?fait=changee"));
            assert!(anne.get(done.location()).await.text().contains("Votre adresse est changée</h1>"));
            assert!(anne.get("/mon-compte").await.text().contains(NOUVELLE));
            monde.send_mails().await;
            let path = format!("/adresse/{}", monde.boite.token(ANCIENNE, "adresse"));
            let token = path.rsplit('/').next().unwrap();
            let mut nobody = Navigateur::new(&monde);
            let page = nobody.get(&path).await;
            assert_eq!(address(&monde).await, NOUVELLE, "a mail filter opened it");
            let done = nobody.post(&page.action("Rétablir mon adresse"), &[("token", token)]).await;
            assert_eq!(done.location(), format!("{path}?fait=retablie"));
            assert!(nobody.get(done.location()).await.text().contains("Votre adresse est rétablie</h1>"));
            assert_eq!(address(&monde).await, ANCIENNE);
            assert_eq!(anne.get("/mon-compte").await.location(), "/?connexion=1");
            assert!(nobody.get("/adresse/inconnu").await.text().contains("Ce lien n’est pas valable</h1>"));
        }
    }
}
