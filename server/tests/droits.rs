//! The rights: every server function is called by every role, on its own things, on another's and on absent ones.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use app::areas::gestion::dossiers::Decisions;
use app::base::appelants::Role;
use app::base::droits::{Declaree, Droit};
use app::register::acces;
use axum::http::StatusCode;
use leptos::server_fn::axum::server_fn_paths;

use super::description::functions;
use super::support::{Monde, Navigateur};

/// A caller, and the rights it has.
struct Appelant {
    nom: &'static str,
    navigateur: Navigateur,
    droits: &'static [Droit],
}

/// The form of this function. A function whose arguments say nothing new has none here, see [`derived`].
pub(crate) fn corps(nom: &str, id: i64) -> Option<Vec<(&'static str, String)>> {
    let id = id.to_string();
    let file = |rest: &[(&'static str, &str)]| {
        let mut fields = vec![("id", id.clone()), ("version", "2".to_owned())];
        fields.extend(rest.iter().map(|(name, value)| (*name, (*value).to_owned())));
        fields
    };
    let only = |rest: &[(&'static str, &str)]| rest.iter().map(|(name, value)| (*name, (*value).to_owned())).collect();
    Some(match nom {
        // Functions for anyone.
        "Activate" | "ResetPassword" => only(&[("token", "inconnu"), ("mot_de_passe", "court")]),
        "AcceptInvitation" => only(&[("token", "inconnu"), ("nom", "N"), ("mot_de_passe", "court")]),
        "Resume" => only(&[("token", "inconnu"), ("date_naissance", "07/03/1980")]),
        "SearchCollectivites" => only(&[("texte", "toul")]),
        "ReadChoices" => only(&[("texte", ""), ("ordinaire", "")]),
        "ReadCommunes" => only(&[("code_postal", "31000")]),
        "ReadTexte" => only(&[("page", "service-rh"), ("recherche", "?q=toul")]),
        "ReadFormation" => only(&[("chemin", "/formations/FF-ANIMER/001"), ("recherche", "?preinscrire=1")]),
        "Login" | "StaffLogin" => only(&[("courriel", "x"), ("mot_de_passe", "x")]),
        "RequestReset" => only(&[("courriel", "x")]),
        "ChooseCas" => only(&[("cas", "personnel")]),
        "ChooseCollectivite" => only(&[("collectivite", "Toulouse")]),
        "ReadDraft" | "SaveTab" | "Autosave" => only(&[("etape", "identite")]),
        "CorrectAddress" => only(&[("courriel", "x")]),
        "Follow" => only(&[("reference", "x"), ("courriel", "x")]),
        // Functions for anybody who is signed in.
        "CloseConnexion" => only(&[("id", "inconnue")]),
        "ChangePassword" => only(&[("actuel", "faux"), ("mot_de_passe", "sept clarinettes boudeuses")]),
        // Functions for a formateur: they act on their own account, whatever the form says.
        "EraseAccount" => file(&[("mot_de_passe", "faux")]),
        "AskAddress" => file(&[("courriel", "autre@exemple.fr"), ("mot_de_passe", "faux")]),
        "SaveCorrection" => file(&[("etape", "identite"), ("champs[nom]", "Autre")]),
        "ReadPreinscription" => only(&[("chemin", "/mon-compte/preinscriptions/PRE-0000-0001/annuler")]),
        "AskPlace" => only(&[("adresse", "FF-ANIMER/001"), ("contact_referent", "oui"), ("vu", "places")]),
        "AcceptOffer" | "DeclineOffer" | "WithdrawPreinscription" => only(&[("reference", "PRE-0000-0001")]),
        "OpenReview" => file(&[("date_naissance", "07/03/1980")]),
        // Functions for a service formation.
        "ReadAgents" => only(&[("recherche", "zorn")]),
        "ReadAgent" | "LetGo" => only(&[("reference", "IEL-0000-0001")]),
        "ReadAgentDraft" | "EraseAgentDraft" => file(&[("etape", "identite")]),
        "SaveAgentTab" => file(&[("etape", "identite"), ("champs[nom]", "Autre")]),
        // Functions for a member of the staff who has only given their password.
        "ProveCode" => only(&[("code", "000000")]),
        "UseRecoveryCode" => only(&[("secours", "AAAA-AAAA-AAAA-AAAA-AAAA-AAAA")]),
        // Functions for a gestionnaire.
        "RenewCodes" => only(&[("code", "000000")]),
        "ReadDemandes" => only(&[("parametres[statut]", "tous")]),
        "ReadComparaison" => only(&[("gauche", &id), ("droite", "2")]),
        "AddNote" => file(&[("texte", "Une note")]),
        "SendAgain" => file(&[("courriel", "1")]),
        "CorrectPersonsAddress" => file(&[("courriel", "autre@exemple.fr")]),
        "Refuse" => file(&[("motif", "1"), ("message", "")]),
        "RequestCorrections" => file(&[("remarques[identite.nom]", "À revoir")]),
        "SuspendAccount" => file(&[("message", "Pourquoi")]),
        "ReadSimulation" => only(&[("verdict", "valider"), ("ids", &id)]),
        "DecideBulk" => only(&[("verdict", "valider"), ("dossiers", &format!("{id}.2"))]),
        "CancelBulk" => only(&[("lot", "x")]),
        "SaveMotif" => file(&[("libelle", "Un motif"), ("texte", "Un texte")]),
        "ReadInscrits" => file(&[("parametres[etat]", "Retenue")]),
        "ReadDeliberation" => file(&[("geste", "retenir"), ("ids", "1"), ("combien", "")]),
        "Deliberate" => {
            file(&[("geste", "retenir"), ("lignes", "1.1"), ("motif", ""), ("observation", ""), ("accord", "1")])
        }
        "TakeLotBack" => file(&[("lot", "x")]),
        "PressFor" => file(&[("compte", "IEL-0000-0001"), ("raison", "Par téléphone")]),
        "ChooseAnnonces" => only(&[("annonces", "jamais")]),
        "ReadCourriels" => only(&[("volet", "abandonnes")]),
        "ReadCollectivites" => only(&[("q", "toul")]),
        "ReadImport" | "WriteImport" | "ReadImportFormations" | "WriteImportFormations" => only(&[("id", "inconnu")]),
        "AddCollectivite" => only(&[("entree[type]", "CCAS"), ("entree[nom]", "Un CCAS")]),
        "AddDelegation" | "ChangeDelegation" => file(&[("delegation[nom]", "Une délégation")]),
        "SaveFormation" => {
            file(&[("saisie[code]", "FF-X"), ("saisie[seances][0][jour]", "2027-03-12"), ("faire", "ajouter")])
        }
        "CloseFormation" => file(&[("fermee", "true")]),
        "ActivateDelegation" => file(&[("active", "false")]),
        "RenameCollectivite" => file(&[("nom", "Autre")]),
        // Functions for an administrateur.
        "ReadConnexionsOf" | "EndConnexions" => only(&[("de", "compte"), ("id", &id)]),
        "ReadJournal" => only(&[("parametres[acteur]", "personne")]),
        "ReadServices" => only(&[("texte", "toul")]),
        "InviteService" => only(&[("courriel", "rh@exemple.fr"), ("collectivite", "COMMUNE:31555")]),
        "InviteMembre" => only(&[("role", "administrateur"), ("courriel", "autre@cnfpt.fr")]),
        "ChangeRole" => file(&[("role", "administrateur")]),
        _ => return derived(nom, &id),
    })
}

/// The form of a function whose arguments are among these. `None` when one is new, so that somebody thinks of it. It names a
/// file even if the function has no argument for one: who acts on their own account does so whatever the form says.
fn derived(nom: &str, id: &str) -> Option<Vec<(&'static str, String)>> {
    static FUNCTIONS: LazyLock<BTreeMap<String, Vec<serde_json::Value>>> = LazyLock::new(functions);
    const LEFT_OUT: &[&str] = &["actif", "archivee", "etape", "malgre", "parametres", "recherche", "retour"];
    let known = |name: &str| ["id", "version", "token"].contains(&name) || LEFT_OUT.contains(&name);
    let new = FUNCTIONS.get(&snake(nom))?.iter().any(|argument| !argument["name"].as_str().is_some_and(known));
    let fields = [("id", id), ("version", "2"), ("token", "inconnu")];
    (!new).then(|| fields.map(|(name, value)| (name, value.to_owned())).into())
}

/// `read_motifs` for `ReadMotifs`.
fn snake(nom: &str) -> String {
    let letters = nom.chars().enumerate().map(|(at, letter)| match letter.is_uppercase() {
        true if at > 0 => format!("_{}", letter.to_lowercase()),
        _ => letter.to_lowercase().to_string(),
    });
    letters.collect()
}

/// Signing out ends the connexion that the next call needs. The tests of connexions try it.
const APART: &[&str] = &["Logout"];

/// The rows that a call could change, except connexions, limits and turns at sending.
pub(crate) async fn empreinte(monde: &Monde) -> BTreeMap<String, i64> {
    let mut seen = BTreeMap::new();
    for table in [
        "adieu",
        "bilan",
        "brouillon",
        "brouillon_agent",
        "changement_adresse",
        "code_secours",
        "collectivite",
        "compte_mot",
        "contact_formation",
        "correction",
        "courriel",
        "decision",
        "decision_formation",
        "delegation",
        "formation_saisie",
        "import_repertoire",
        "motif_brouillon",
        "pause_courriels",
        "gestionnaire",
        "identifiant",
        "jeton",
        "journal",
        "motif",
        "note",
        "preinscription",
        "presentation",
        "prise",
        "remarque",
        "seance",
        "service_formation",
        "session_formation",
    ] {
        seen.insert(table.to_owned(), monde.number(&format!("SELECT count(*) FROM {table}")).await);
    }
    let factors = "SELECT count(*) FROM gestionnaire WHERE facteur_id IS NOT NULL";
    seen.insert("second_facteur".to_owned(), monde.number(factors).await);
    for column in ["version", "statut_depuis"] {
        let sql = format!("SELECT CAST(COALESCE(sum({column} * id), 0) AS bigint) FROM compte");
        seen.insert(column.to_owned(), monde.number(&sql).await);
    }
    seen
}

/// The state of account `id`.
async fn compte(monde: &Monde, id: i64) -> String {
    monde
        .text(&format!("SELECT statut || ' ' || version || ' ' || nom || ' ' || courriel FROM compte WHERE id = {id}"))
        .await
}

#[test]
fn every_server_function_is_declared_once_and_has_a_form_here() {
    let mut declared: Vec<&str> = acces().map(|declared| declared.chemin).collect();
    let mut registered: Vec<&str> = server_fn_paths().map(|(path, _)| path).collect();
    declared.sort_unstable();
    registered.sort_unstable();
    assert_eq!(declared, registered);
    let mut unique = declared.clone();
    unique.dedup();
    assert_eq!(unique, declared);
    let unknown: Vec<&str> =
        acces().map(|declared| declared.nom).filter(|nom| !APART.contains(nom) && corps(nom, 1).is_none()).collect();
    assert_eq!(unknown, Vec::<&str>::new());
}

async fn call(navigateur: &mut Navigateur, declared: &Declaree, id: i64) -> (StatusCode, String) {
    let fields = corps(declared.nom, id).unwrap();
    let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
    let page = navigateur.post(declared.chemin, &fields).await;
    (page.status, page.location().to_owned())
}

fn sent_away(location: &str) -> bool {
    location.ends_with("?connexion=1") || location.ends_with("?erreur=droit")
}

on_both_engines! {
    async fn nobody_does_what_they_have_no_right_to(monde: Monde) {
        let anne = monde.activated("anne@exemple.fr").await;
        let brahim = monde.activated("brahim@exemple.fr").await;
        monde.gestionnaire("camille@cnfpt.fr", "Camille Roux").await;
        let staff = monde.staff_connexion("dominique@cnfpt.fr", Role::Gestionnaire).await;
        let admin = monde.staff_connexion("elsa@cnfpt.fr", Role::Administrateur).await;
        // Both gave the right password and no code: one has a factor, the other has to enrol.
        let waiting = monde.half_signed_in("camille@cnfpt.fr").await;
        let unenrolled = monde.invited_member("nouveau@cnfpt.fr", Role::Administrateur).await;
        let gone = monde.staff_connexion("parti@cnfpt.fr", Role::Administrateur).await;
        monde.execute("UPDATE gestionnaire SET desactive_le = 1 WHERE courriel_cle = 'parti@cnfpt.fr'").await;
        let (_, rh) = monde.service_formation("rh@toulouse.example", "COMMUNE:31555").await;
        let (_, former) = monde.service_formation("parti@toulouse.example", "COMMUNE:31555").await;
        monde.execute("UPDATE service_formation SET desactive_le = 1 WHERE courriel_cle = 'parti@toulouse.example'").await;
        let caller = |nom, connexion: Option<&app::base::exchange::ConnexionToken>, droits| {
            let mut navigateur = Navigateur::new(&monde);
            if let Some(connexion) = connexion {
                navigateur.sign_in(connexion);
            }
            Appelant { nom, navigateur, droits }
        };
        let callers = vec![
            caller("nobody", None, &[Droit::Public]),
            caller("Anne, a formateur", Some(&anne), &[Droit::Public, Droit::Connecte, Droit::Formateur]),
            caller("Brahim, a formateur", Some(&brahim), &[Droit::Public, Droit::Connecte, Droit::Formateur]),
            caller("a gestionnaire", Some(&staff), &[Droit::Public, Droit::Connecte, Droit::Gestionnaire]),
            caller("an administrateur", Some(&admin), &[Droit::Public, Droit::Connecte, Droit::Gestionnaire, Droit::Administrateur]),
            caller("a gestionnaire without a code", Some(&waiting), &[Droit::Public, Droit::SecondFacteur]),
            caller("an administrateur to be enrolled", Some(&unenrolled), &[Droit::Public, Droit::SecondFacteur]),
            caller("a service formation", Some(&rh), &[Droit::Public, Droit::Connecte, Droit::ServiceFormation]),
            caller("a disabled service formation", Some(&former), &[Droit::Public]),
            caller("a disabled administrateur", Some(&gone), &[Droit::Public]),
        ];
        let mut refused = 0;
        // The state after the last refusal, from which the next call starts.
        let mut seen = None;
        for Appelant { nom, mut navigateur, droits } in callers {
            for declared in acces().filter(|declared| !APART.contains(&declared.nom)) {
                // Account 1 is Anne's, 2 is Brahim's, 999 nobody's.
                for id in [1, 2, 999] {
                    let what = format!("{} by {nom} on {id}", declared.nom);
                    if droits.contains(&declared.droit) {
                        // Of the functions that a caller may call, only those that change no account. The tests of
                        // each area try the others.
                        let harmless = match declared.droit {
                            Droit::Gestionnaire | Droit::Administrateur => {
                                declared.nom.starts_with("Read") || id == 999
                            }
                            Droit::ServiceFormation => declared.nom != "StartAgent",
                            Droit::SecondFacteur | Droit::Connecte => true,
                            _ => matches!(declared.nom, "AskAddress" | "OpenReview" | "SaveCorrection" | "SendBack"),
                        };
                        if harmless {
                            let (one, two) = (compte(&monde, 1).await, compte(&monde, 2).await);
                            seen = None;
                            let (status, location) = call(&mut navigateur, &declared, id).await;
                            assert!(status.as_u16() < 500 && !sent_away(&location), "{what}: {status} {location}");
                            assert_eq!((compte(&monde, 1).await, compte(&monde, 2).await), (one, two), "{what}");
                        }
                        continue;
                    }
                    let before = match seen.take() {
                        Some(before) => before,
                        None => empreinte(&monde).await,
                    };
                    let (status, location) = call(&mut navigateur, &declared, id).await;
                    assert_eq!(status, StatusCode::FOUND, "{what}");
                    assert!(sent_away(&location), "{what}: {location}");
                    let after = empreinte(&monde).await;
                    assert_eq!(after, before, "{what}");
                    seen = Some(after);
                    refused += 1;
                }
            }
        }
        assert!(refused >= 300, "{refused}");
    }

    async fn one_person_never_reaches_anothers_account(monde: Monde) {
        let anne = monde.activated("anne@exemple.fr").await;
        monde.activated("brahim@exemple.fr").await;
        let camille = monde.gestionnaire("camille@cnfpt.fr", "Camille Roux").await;
        monde.backend.validate(&camille, 2, monde.version(&camille, 2).await).await.unwrap();
        let brahim = compte(&monde, 2).await;
        let mut navigateur = Navigateur::new(&monde);
        navigateur.sign_in(&anne);
        for declared in acces().filter(|declared| declared.droit == Droit::Formateur) {
            call(&mut navigateur, &declared, 2).await;
            assert_eq!(compte(&monde, 2).await, brahim, "{}", declared.nom);
        }
        assert!(compte(&monde, 1).await.starts_with("Retiree "), "her own was withdrawn");
    }

    async fn the_export_is_for_gestionnaires(monde: Monde) {
        let anne = monde.activated("anne@exemple.fr").await;
        let staff = monde.staff_connexion("dominique@cnfpt.fr", Role::Gestionnaire).await;
        let mut navigateur = Navigateur::new(&monde);
        for connexion in [None, Some(anne)] {
            if let Some(connexion) = connexion {
                navigateur.sign_in(&connexion);
            }
            let page = navigateur.get("/gestion/demandes.csv").await;
            assert_eq!((page.status, page.location()), (StatusCode::FOUND, "/gestion/connexion?connexion=1"));
            assert_eq!(page.html, "");
        }
        navigateur.sign_in(&staff);
        let page = navigateur.get("/gestion/demandes.csv?statut=tous").await;
        assert_eq!(page.status, StatusCode::OK);
        assert!(page.headers["content-type"].to_str().unwrap().starts_with("text/csv"));
        assert!(page.html.contains("anne@exemple.fr"), "{}", page.html);
    }
}
