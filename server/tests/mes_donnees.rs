//! A person sees, copies and erases the data kept about them.

use app::areas::acces::{Authentification, Espace, IssueAuthentification};
use app::areas::compte::{ChangementsAdresse, Corrections, DonneesPersonnelles, Effacement, IssueEffacement};
use app::areas::gestion::dossiers::{Decision, Decisions, Demandes};
use app::areas::gestion::statistiques::Mesures;
use app::areas::inscription::{Brouillons, Reprises};
use app::areas::service_formation::{FiltreAgents, ServicesFormation};
use app::base::appelants::{Appelants, Formateur, Gestionnaire};
use app::base::exchange::{Client, ConnexionToken};
use axum::http::StatusCode;
use domain::Etape;
use domain::correction::Remarque;
use domain::filtre::FiltreDemandes;
use futures::StreamExt;
use server::areas::compte::copie_personnelle::Format;
use server::clock::{DAY, HOUR, MINUTE};
use server::mail::SendError;
use server::security::secrets::hex;
use sha2::Digest;

use super::support::{Monde, Navigateur};
use crate::support::donnees::MOT_DE_PASSE;

impl Monde {
    async fn who(&self, connexion: &ConnexionToken) -> Formateur {
        self.backend.formateur(connexion).await.unwrap().expect("the connexion goes on")
    }

    async fn validate(&self, by: &Gestionnaire, id: i64) {
        let version = self.version(by, id).await;
        assert_eq!(self.backend.validate(by, id, version).await.unwrap(), Decision::Prise);
    }

    async fn erase(&self, who: &Formateur, password: &str) -> IssueEffacement {
        self.backend.erase_account(&self.client, who, password).await.unwrap()
    }
}

const TYPED: [&str; 9] = [
    "anne@exemple.fr",
    "Zorn",
    "zorn",
    "Quévillac",
    "Philomène",
    "07/03/1980",
    "612345678",
    "Filatiers",
    "Note-sur-elle",
];

on_both_engines! {
    async fn a_copy_before_the_validation_withholds_a_field_wherever_it_is_printed(monde: Monde) {
        let camille = monde.gestionnaire("camille@cnfpt.fr", "Camille Roux").await;
        let connexion = monde.activated("anne@exemple.fr").await;
        let remarques: Vec<Remarque> = [
            (Etape::Adresses, "voie"),
            (Etape::Identite, "date_naissance"),
            (Etape::Identite, "nom"),
            (Etape::Coordonnees, "mobile"),
        ]
        .map(|(etape, champ)| Remarque { etape, champ: champ.to_owned(), texte: "À revoir".to_owned() })
        .into();
        let version = monde.version(&camille, 1).await;
        monde.backend.request_corrections(&camille, 1, version, &remarques, "Un mot").await.unwrap();
        let who = monde.who(&connexion).await;
        for (etape, champ, valeur) in [
            (Etape::Adresses, "voie", "99 impasse Mirabelle"),
            (Etape::Identite, "date_naissance", "08/04/1981"),
            (Etape::Identite, "nom", "Corrigette"),
            (Etape::Coordonnees, "mobile", "06 98 76 54 32"),
        ] {
            monde.backend.save_correction(&who, etape, &[(champ.to_owned(), valeur.to_owned())]).await.unwrap();
        }
        assert_eq!(monde.backend.send_back(&who).await.unwrap(), app::areas::compte::RetourCorrection::Renvoyee);
        let secrets = ["Mirabelle", "Filatiers", "08/04/1981", "07/03/1980", "698765432", "98 76 54 32", "12 34 56 78"];
        for format in [Format::Json, Format::Csv] {
            let copy = monde.backend.copy_of(&who, format).await.unwrap();
            assert!(copy.contains("Corrigette"), "what is not withheld is told: {copy}");
            for secret in secrets {
                assert!(!copy.contains(secret), "{secret} in {copy}");
            }
        }
        monde.validate(&camille, 1).await;
        let copy = monde.backend.copy_of(&who, Format::Json).await.unwrap();
        for told in ["Mirabelle", "Filatiers", "08/04/1981", "07/03/1980"] {
            assert!(copy.contains(told), "{told} in {copy}");
        }
    }

    async fn the_database_holds_no_plain_hash_and_erasing_removes_the_hidden_one(monde: Monde) {
        let plain = hex(&sha2::Sha256::digest(b"anne@exemple.fr"));
        let hidden = monde.hidden("anne@exemple.fr");
        let camille = monde.gestionnaire("camille@cnfpt.fr", "Camille Roux").await;
        let connexion = monde.activated("anne@exemple.fr").await;
        monde.validate(&camille, 1).await;
        monde.backend.request_reset(&monde.client, "anne@exemple.fr").await.unwrap();
        monde.backend.login(&monde.client, Espace::Agent, "anne@exemple.fr", "faux faux faux").await.unwrap();
        let key = monde.draft("anne@exemple.fr").await;
        monde.backend.send_link(&monde.client, &key).await.unwrap();
        monde.send_mails().await;
        assert!(monde.found(&plain).await.is_empty(), "{:?}", monde.found(&plain).await);
        assert!(!monde.found(&hidden).await.is_empty(), "it is counted under");
        Brouillons::erase(&monde.backend, &key).await.unwrap();
        // A row that the former version of the program left.
        monde.execute(&format!("INSERT INTO compteur (cle, debut, n) VALUES ('courriel:{plain}', 0, 1)")).await;
        monde.execute(&format!("INSERT INTO essai (cle, n, dernier_le, connue) VALUES ('{plain}', 1, 1, true)")).await;
        monde.execute(&format!("UPDATE courriel SET destinataire_cle = '{plain}' WHERE genre = 'reinitialisation'")).await;
        assert_eq!(monde.erase(&monde.who(&connexion).await, MOT_DE_PASSE).await, IssueEffacement::Efface);
        monde.send_mails().await;
        for form in [&hidden, &plain] {
            assert!(monde.found(form).await.is_empty(), "{:?}", monde.found(form).await);
        }
    }

    async fn an_active_account_is_erased_at_once_and_nothing_typed_is_left(monde: Monde) {
        let camille = monde.gestionnaire("camille@cnfpt.fr", "Camille Roux").await;
        let connexion = monde.activated("anne@exemple.fr").await;
        let remarque = Remarque { etape: Etape::Adresses, champ: "code_postal".to_owned(), texte: "À revoir".to_owned() };
        let version = monde.version(&camille, 1).await;
        monde.backend.request_corrections(&camille, 1, version, &[remarque], "Un mot").await.unwrap();
        let who = monde.who(&connexion).await;
        let fields = [("code_postal".to_owned(), "31500".to_owned())];
        monde.backend.save_correction(&who, Etape::Adresses, &fields).await.unwrap();
        monde.backend.send_back(&who).await.unwrap();
        monde.backend.note(&camille, 1, "Note-sur-elle").await.unwrap();
        monde.validate(&camille, 1).await;
        monde.backend.request_reset(&monde.client, "anne@exemple.fr").await.unwrap();
        monde.send_mails().await;
        let IssueAuthentification::Ouverte { connexion, .. } =
            monde.backend.login(&monde.client, Espace::Agent, "anne@exemple.fr", MOT_DE_PASSE).await.unwrap()
        else {
            panic!("a right password")
        };
        let who = monde.who(&connexion).await;
        let before = monde.backend.statistics(&camille).await.unwrap();
        let columns: Vec<String> = monde.tables().await;
        assert!(columns.iter().any(|table| table == "note"), "{columns:?}");

        assert_eq!(monde.erase(&who, "faux faux faux").await, IssueEffacement::MotDePasseFaux);
        assert_eq!(monde.number("SELECT count(*) FROM compte").await, 1);
        assert_eq!(monde.erase(&who, MOT_DE_PASSE).await, IssueEffacement::Efface);
        assert_eq!(monde.backend.formateur(&connexion).await.unwrap(), None);
        // The address outlives the account by one mail.
        assert_eq!(monde.found("anne@exemple.fr").await, ["adieu: ".to_owned() + &monde.rows("adieu").await[0]]);
        // The server quotes the address once before it takes the mail.
        monde.boite.fail_next([SendError::Temporary("451 <anne@exemple.fr>: later".to_owned())]);
        monde.send_mails().await;
        monde.clock.advance(MINUTE);
        monde.send_mails().await;
        let last = monde.boite.about("anne@exemple.fr", "Votre compte est effacé");
        assert!(last.text.contains("Comme vous l’avez demandé"), "{}", last.text);
        for typed in TYPED {
            assert_eq!(monde.found(typed).await, Vec::<String>::new(), "{typed}");
        }
        for table in ["compte", "courriel", "jeton", "session", "brouillon", "decision", "correction", "note", "adieu"] {
            let rows = match table {
                "courriel" => monde.number("SELECT count(*) FROM courriel WHERE compte_id IS NOT NULL").await,
                "session" => monde.number("SELECT count(*) FROM session WHERE genre = 'formateur'").await,
                "jeton" => monde.number("SELECT count(*) FROM jeton WHERE usage IN ('activation', 'reinitialisation') AND sujet_id = 1").await,
                _ => monde.number(&format!("SELECT count(*) FROM {table}")).await,
            };
            assert_eq!(rows, 0, "{table}");
        }
        assert_eq!(monde.text("SELECT acteur FROM journal WHERE action = 'effacement'").await, "personne");
        let after = monde.backend.statistics(&camille).await.unwrap();
        assert_eq!((after.collectivites, after.decidees), (before.collectivites, before.decidees));
        // The address is free.
        monde.activated("anne@exemple.fr").await;
    }

    async fn a_request_that_waits_is_withdrawn_and_erased(monde: Monde) {
        let connexion = monde.activated("anne@exemple.fr").await;
        let who = monde.who(&connexion).await;
        assert_eq!(monde.backend.about_me(&who).await.unwrap().effacement, Effacement::Demande);
        assert_eq!(monde.erase(&who, MOT_DE_PASSE).await, IssueEffacement::Efface);
        assert_eq!(monde.number("SELECT count(*) FROM compte").await, 0);
        assert_eq!(monde.number("SELECT count(*) FROM journal WHERE action IN ('retrait', 'effacement')").await, 2);
    }

    async fn of_sixteen_who_erase_at_once_one_does(monde: Monde) {
        let connexion = monde.activated("anne@exemple.fr").await;
        let who = monde.who(&connexion).await;
        let race = (0..16).map(|at| {
            let (backend, who) = (monde.backend.clone(), who.clone());
            tokio::spawn(async move { backend.erase_account(&Client(format!("net {at}")), &who, MOT_DE_PASSE).await })
        });
        futures::future::join_all(race).await;
        assert_eq!(monde.number("SELECT count(*) FROM journal WHERE action = 'effacement'").await, 1);
        assert_eq!(monde.number("SELECT count(*) FROM courriel WHERE genre = 'effacement'").await, 1);
        assert_eq!(monde.number("SELECT count(*) FROM bilan").await, 1);
    }

    async fn a_refusal_is_kept_for_its_appeal(monde: Monde) {
        let camille = monde.gestionnaire("camille@cnfpt.fr", "Camille Roux").await;
        let connexion = monde.activated("anne@exemple.fr").await;
        let motif = monde.number("SELECT min(id) FROM motif").await;
        let version = monde.version(&camille, 1).await;
        monde.backend.refuse(&camille, 1, version, Some(motif), "").await.unwrap();
        let who = monde.who(&connexion).await;
        let kept = monde.backend.about_me(&who).await.unwrap().effacement;
        assert!(matches!(kept, Effacement::RefusConserve { .. }), "{kept:?}");
        assert_eq!(monde.erase(&who, MOT_DE_PASSE).await, IssueEffacement::Conserve);
        assert_eq!(monde.number("SELECT count(*) FROM compte").await, 1);
    }

    async fn an_address_that_may_still_be_undone_keeps_its_account(monde: Monde) {
        let camille = monde.gestionnaire("camille@cnfpt.fr", "Camille Roux").await;
        let connexion = monde.activated("anne@exemple.fr").await;
        monde.validate(&camille, 1).await;
        let who = monde.who(&connexion).await;
        monde.backend.ask_address(&monde.client, &who, MOT_DE_PASSE, "voleur@exemple.fr").await.unwrap();
        monde.send_mails().await;
        let token = monde.boite.token("voleur@exemple.fr", "adresse");
        monde.backend.apply_address(&monde.client, &token, Some(&connexion)).await.unwrap();
        monde.send_mails().await;
        assert_eq!(monde.text("SELECT courriel_cle FROM compte").await, "voleur@exemple.fr");
        let log_in = async || {
            match monde.backend.login(&monde.client, Espace::Agent, "voleur@exemple.fr", MOT_DE_PASSE).await.unwrap() {
                IssueAuthentification::Ouverte { connexion, .. } => monde.who(&connexion).await,
                other => panic!("{other:?}"),
            }
        };
        let thief = log_in().await;
        assert_eq!(monde.erase(&thief, MOT_DE_PASSE).await, IssueEffacement::Conserve);
        monde.clock.advance(7 * DAY);
        let owner = log_in().await;
        assert_eq!(monde.erase(&owner, MOT_DE_PASSE).await, IssueEffacement::Efface);
        assert_eq!(monde.found("anne@exemple.fr").await, Vec::<String>::new(), "nor the former address");
    }

    async fn what_its_service_formation_typed_goes_with_the_account(monde: Monde) {
        let camille = monde.gestionnaire("camille@cnfpt.fr", "Camille Roux").await;
        let (rh, _) = monde.service_formation("rh@toulouse.example", "COMMUNE:31555").await;
        monde.present(&rh, "anne@exemple.fr", &[]).await;
        monde.send_mails().await;
        monde.certified(&monde.boite.token("anne@exemple.fr", "activation")).await;
        monde.validate(&camille, 1).await;
        assert_eq!(monde.backend.agents(&rh, &FiltreAgents::default()).await.unwrap().agents.len(), 1);
        let IssueAuthentification::Ouverte { connexion, .. } =
            monde.backend.login(&monde.client, Espace::Agent, "anne@exemple.fr", MOT_DE_PASSE).await.unwrap()
        else {
            panic!("a right password")
        };
        let who = monde.who(&connexion).await;
        let copy = monde.backend.copy_of(&who, Format::Json).await.unwrap();
        assert!(copy.contains("\"presente_le\""), "{copy}");
        assert_eq!(monde.erase(&who, MOT_DE_PASSE).await, IssueEffacement::Efface);
        monde.send_mails().await;
        assert_eq!(monde.backend.agents(&rh, &FiltreAgents::default()).await.unwrap().agents.len(), 0);
        assert_eq!(monde.found("anne@exemple.fr").await, Vec::<String>::new());
        assert_eq!(monde.found("Zorn").await, Vec::<String>::new());
    }

    async fn opening_a_file_is_journaled_hourly_and_told_without_a_name(monde: Monde) {
        let camille = monde.gestionnaire("camille@cnfpt.fr", "Camille Roux").await;
        let dominique = monde.gestionnaire("dominique@cnfpt.fr", "Dominique Leduc").await;
        let connexion = monde.activated("anne@exemple.fr").await;
        monde.activated("brahim@exemple.fr").await;
        let looks = "SELECT count(*) FROM journal WHERE action = 'consultation' AND compte_id = 1";
        for _ in 0..3 {
            monde.dossier(&camille, 1).await;
        }
        let race = (0..8).map(|_| {
            let (backend, by) = (monde.backend.clone(), dominique.clone());
            tokio::spawn(async move { Demandes::dossier(&backend, &by, 1, &FiltreDemandes::a_valider()).await.unwrap() })
        });
        futures::future::join_all(race).await;
        assert_eq!(monde.number(looks).await, 2);
        monde.clock.advance(HOUR);
        monde.backend.compare(&camille, 2, 1).await.unwrap();
        assert_eq!(monde.number(looks).await, 3);
        // Opening a file that does not exist leaves no line.
        monde.backend.dossier(&camille, 999, &FiltreDemandes::a_valider()).await.unwrap();
        assert_eq!(monde.number("SELECT count(*) FROM journal WHERE compte_id = 999").await, 0);
        let lines = monde.backend.export(&camille, &FiltreDemandes::a_valider()).await.unwrap();
        lines.for_each(|line| async { drop(line.unwrap()) }).await;

        let who = monde.who(&monde.log_back_in(&connexion).await).await;
        let told = monde.backend.about_me(&who).await.unwrap();
        assert_eq!((told.consultations.len(), told.exports.len()), (3, 1));
        let copy = monde.backend.copy_of(&who, Format::Json).await.unwrap();
        assert!(!copy.contains("Camille") && !copy.contains("Dominique"), "{copy}");
        // The history of the file does not list the openings.
        let historique = monde.dossier(&camille, 1).await.historique;
        assert!(historique.iter().all(|line| line.quoi != "Dossier consulté"), "{historique:?}");
    }

    async fn a_copy_holds_what_is_kept_and_not_what_waits(monde: Monde) {
        let monde = monde.holding(120);
        let camille = monde.gestionnaire("camille@cnfpt.fr", "Camille Roux").await;
        let connexion = monde.activated("anne@exemple.fr").await;
        let who = monde.who(&connexion).await;
        monde.backend.note(&camille, 1, "=Note-sur-elle").await.unwrap();
        let motif = monde.number("SELECT min(id) FROM motif").await;
        let version = monde.version(&camille, 1).await;
        let held = monde.backend.refuse(&camille, 1, version, Some(motif), "Message-tenu").await.unwrap();
        assert!(!matches!(held, Decision::Introuvable), "{held:?}");
        let json = monde.backend.copy_of(&who, Format::Json).await.unwrap();
        let read: serde_json::Value = serde_json::from_str(&json).unwrap();
        assert_eq!(read["notes"][0]["texte"], "=Note-sur-elle");
        assert_eq!(read["compte"][0]["courriel"], "anne@exemple.fr");
        assert!(json.contains("Quévillac") && json.contains("Directrice des finances"));
        // Before the validation, the copy leaves out what the reader of a wrong address must not learn.
        for withheld in ["07/03/1980", "12 34 56", "612345678", "Filatiers", "Message-tenu", "effective"] {
            assert!(!json.contains(withheld), "{withheld}: {json}");
        }
        let csv = monde.backend.copy_of(&who, Format::Csv).await.unwrap();
        assert!(csv.contains("notes;1;texte;'=Note-sur-elle\r\n"), "{csv}");

        monde.backend.cancel(&camille, 1).await.unwrap();
        monde.execute("UPDATE compte SET statut = 'Actif'").await;
        let json = monde.backend.copy_of(&who, Format::Json).await.unwrap();
        for told in ["07/03/1980", "Filatiers", "Message-tenu"] {
            assert!(json.contains(told), "{told}: {json}");
        }
        assert_eq!(monde.number("SELECT count(*) FROM journal WHERE action = 'export_personnel'").await, 3);
    }
}

impl Monde {
    /// Anne, once her connexion has ended by itself.
    async fn log_back_in(&self, _ended: &ConnexionToken) -> ConnexionToken {
        match self.backend.login(&self.client, Espace::Agent, "anne@exemple.fr", MOT_DE_PASSE).await.unwrap() {
            IssueAuthentification::Ouverte { connexion, .. } => connexion,
            other => panic!("{other:?}"),
        }
    }
}

mod pages {
    use super::*;

    on_both_engines! {
        async fn a_person_sees_copies_and_erases_without_javascript(monde: Monde) {
            let connexion = monde.activated("anne@exemple.fr").await;
            let mut anne = Navigateur::new(&monde);
            anne.sign_in(&connexion);
            assert!(anne.get("/mon-compte").await.html.contains("href=\"/mon-compte/donnees\""));
            let page = anne.get("/mon-compte/donnees").await;
            assert!(page.html.contains("Qui a consulté mon dossier"), "{}", page.html);
            for (path, kind) in [("/mon-compte/donnees.json", "application/json"), ("/mon-compte/donnees.csv", "text/csv")] {
                let copy = anne.get(path).await;
                assert_eq!(copy.status, StatusCode::OK, "{path}");
                assert!(copy.headers["content-type"].to_str().unwrap().starts_with(kind));
                assert!(copy.headers["content-disposition"].to_str().unwrap().starts_with("attachment"));
                assert_eq!(copy.headers["cache-control"], "no-store");
                assert!(copy.html.contains("anne@exemple.fr"));
            }
            for _ in 0..3 {
                assert_eq!(anne.get("/mon-compte/donnees.csv").await.status, StatusCode::OK);
            }
            let sixth = anne.get("/mon-compte/donnees.csv").await;
            assert_eq!(sixth.status, StatusCode::TOO_MANY_REQUESTS);
            assert!(sixth.headers.contains_key("retry-after"));

            let page = anne.get("/mon-compte/donnees/effacer").await;
            assert!(page.html.contains("Ce qui reste, et pourquoi"), "{}", page.html);
            let action = app::register::acces().find(|declared| declared.nom == "EraseAccount").unwrap().chemin;
            assert!(page.html.contains(action));
            let wrong = anne.post(action, &[("mot_de_passe", "faux")]).await;
            assert_eq!(wrong.location(), "/mon-compte/donnees/effacer?erreur=passe");
            assert!(anne.get(wrong.location()).await.html.contains("Ce n’est pas votre mot de passe actuel."));
            let done = anne.post(action, &[("mot_de_passe", MOT_DE_PASSE)]).await;
            assert_eq!(done.location(), "/compte-efface");
            assert_eq!(monde.number("SELECT count(*) FROM compte").await, 0);
            assert_eq!(anne.get("/mon-compte/donnees").await.status, StatusCode::FOUND);
        }

        async fn a_copy_is_for_its_person_alone(monde: Monde) {
            monde.activated("anne@exemple.fr").await;
            for path in ["/mon-compte/donnees.json", "/mon-compte/donnees.csv"] {
                let mut nobody = Navigateur::new(&monde);
                let page = nobody.get(path).await;
                assert_eq!((page.status, page.location(), page.html.as_str()), (StatusCode::FOUND, "/?connexion=1", ""));
                let staff = monde.staff_connexion(&format!("s{}@cnfpt.fr", path.len()), app::base::appelants::Role::Administrateur).await;
                nobody.sign_in(&staff);
                assert_eq!(nobody.get(path).await.status, StatusCode::FOUND);
            }
            assert_eq!(monde.number("SELECT count(*) FROM journal WHERE action = 'export_personnel'").await, 0);
        }
    }
}
