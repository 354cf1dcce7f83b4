//! The sessions of training, as the staff writes and publishes them.

use app::areas::gestion::delegations::Delegations;
use app::areas::gestion::formations::{FormationEnregistree, Publication, SessionsFormation};
use app::base::appelants::{Gestionnaire, Role};
use axum::http::StatusCode;
use domain::formation::lecture::{SeanceSaisie, SessionSaisie};
use domain::formation::{DelegationSaisie, EtatListe, FiltreFormations, Phase};
use domain::instant::read_day;
use server::clock::DAY;
use server::jobs::purge;

use super::support::{Monde, Navigateur};

/// A délégation. Returns its id.
async fn delegation(monde: &Monde, by: &Gestionnaire, nom: &str) -> i64 {
    let text = str::to_owned;
    let (courriel, telephone) = (text("d@cnfpt.fr"), text("0561000000"));
    let saisie = DelegationSaisie { nom: text(nom), courriel, telephone, ..DelegationSaisie::default() };
    monde.backend.add_delegation(by, &saisie).await.unwrap();
    monde.number("SELECT max(id) FROM delegation").await
}

fn seance(jour: &str) -> SeanceSaisie {
    let text = str::to_owned;
    SeanceSaisie {
        jour: text(jour),
        debut: text("09:00"),
        fin: text("17:00"),
        lieu: text("INSET"),
        commune: text("Toulouse"),
        ..SeanceSaisie::nouvelle()
    }
}

fn saisie(code: &str, delegation: i64, jours: &[&str]) -> SessionSaisie {
    let text = str::to_owned;
    SessionSaisie {
        code: text(code),
        intitule: text("Animer une formation"),
        objectifs: text("Concevoir.\n\nAnimer."),
        delegation: delegation.to_string(),
        places: text("20"),
        limite: text(jours[0]),
        seances: jours.iter().map(|jour| seance(jour)).collect(),
        ..SessionSaisie::nouvelle()
    }
}

/// Adds a session. Returns its id.
async fn added(monde: &Monde, by: &Gestionnaire, saisie: &SessionSaisie) -> i64 {
    match monde.backend.write_formation(by, None, 0, saisie).await.unwrap() {
        FormationEnregistree::Faite(id) => id,
        other => panic!("{other:?}"),
    }
}

async fn listed(monde: &Monde, by: &Gestionnaire, filtre: FiltreFormations) -> Vec<String> {
    let page = monde.backend.formations(by, &filtre).await.unwrap();
    page.lignes.into_iter().map(|ligne| ligne.adresse).collect()
}

async fn signed_in(monde: &Monde) -> Navigateur {
    let connexion = monde.staff_connexion("ada@cnfpt.fr", Role::Gestionnaire).await;
    let mut gestion = Navigateur::new(monde);
    gestion.sign_in(&connexion);
    gestion
}

on_both_engines! {
    async fn a_session_is_added_published_closed_and_reopened_by_its_version(monde: Monde) {
        let camille = monde.gestionnaire("camille@cnfpt.fr", "Camille").await;
        let occitanie = delegation(&monde, &camille, "Occitanie").await;
        let id = added(&monde, &camille, &saisie("ff-animer", occitanie, &["2027-03-12", "2027-03-13"])).await;
        let backend = &monde.backend;
        let fiche = async || backend.fiche(&camille, id).await.unwrap().unwrap();
        let draft = fiche().await;
        assert_eq!((draft.adresse.as_str(), draft.version, draft.phase), ("FF-ANIMER/001", 1, Phase::Brouillon));
        assert_eq!(draft.seances.len(), 2);
        assert!(!backend.close_formation(&camille, id, 1, true).await.unwrap(), "a draft is not open");

        backend.activate_delegation(&camille, occitanie, 1, false).await.unwrap();
        assert_eq!(backend.publish_formation(&camille, id, 1).await.unwrap(), Publication::SansDelegation);
        backend.activate_delegation(&camille, occitanie, 2, true).await.unwrap();
        assert_eq!(backend.publish_formation(&camille, id, 7).await.unwrap(), Publication::Perimee);
        let both = tokio::join!(backend.publish_formation(&camille, id, 1), backend.publish_formation(&camille, id, 1));
        let mut both = [both.0.unwrap(), both.1.unwrap()];
        both.sort_by_key(|outcome| *outcome != Publication::Faite);
        assert_eq!(both, [Publication::Faite, Publication::Perimee]);
        assert_eq!(fiche().await.phase, Phase::PlacesDisponibles);

        assert!(!backend.close_formation(&camille, id, 1, true).await.unwrap(), "a stale version");
        assert!(backend.close_formation(&camille, id, 2, true).await.unwrap());
        assert!(matches!(fiche().await.phase, Phase::Closes(_)));
        assert!(backend.close_formation(&camille, id, 3, false).await.unwrap());
        assert_eq!(fiche().await.phase, Phase::PlacesDisponibles);
        let said = monde.text("SELECT action || ' ' || champs FROM journal ORDER BY id DESC LIMIT 1").await;
        assert_eq!(said, format!("session_rouverte fermee_le session:{id}"));
        let lines = "SELECT count(*) FROM journal WHERE action LIKE 'session_%' AND action <> 'sessions_fermees'";
        assert_eq!(monde.number(lines).await, 4, "created, published, closed, reopened");
    }

    async fn a_refused_session_keeps_every_text_and_names_every_fault(monde: Monde) {
        let camille = monde.gestionnaire("camille@cnfpt.fr", "Camille").await;
        let autre = monde.gestionnaire("autre@cnfpt.fr", "Autre").await;
        let occitanie = delegation(&monde, &camille, "Occitanie").await;
        let backend = &monde.backend;
        let mut wrong = saisie("X", occitanie, &["2027-03-12", "2027-03-12"]);
        wrong.places = "beaucoup".to_owned();
        wrong.limite = "2027-03-20".to_owned();
        assert_eq!(backend.write_formation(&camille, None, 0, &wrong).await.unwrap(), FormationEnregistree::ARevoir);
        let edited = backend.edit_formation(&camille, None).await.unwrap().unwrap();
        assert_eq!((&edited.saisie, edited.brouillon), (&wrong, true));
        let champs: Vec<_> = edited.fautes.iter().map(|faute| faute.champ.as_str()).collect();
        assert_eq!(champs, ["code", "places", "seances-1-debut"]);
        let others = backend.edit_formation(&autre, None).await.unwrap().unwrap();
        assert!(!others.brouillon && others.saisie.code.is_empty(), "what is typed is for its gestionnaire alone");

        // What only the database knows: the délégation exists and is active.
        backend.activate_delegation(&camille, occitanie, 1, false).await.unwrap();
        for unknown in [occitanie, 999] {
            let typed = saisie("FF-X", unknown, &["2027-03-12"]);
            assert_eq!(backend.write_formation(&camille, None, 0, &typed).await.unwrap(), FormationEnregistree::ARevoir);
            let fautes = backend.edit_formation(&camille, None).await.unwrap().unwrap().fautes;
            assert_eq!(fautes.iter().map(|faute| faute.champ.as_str()).collect::<Vec<_>>(), ["delegation"]);
        }
        assert_eq!(monde.number("SELECT count(*) FROM session_formation").await, 0);
        backend.forget_formation(&camille, None).await.unwrap();
        assert!(!backend.edit_formation(&camille, None).await.unwrap().unwrap().brouillon);

        backend.keep_formation(&camille, None, 0, &wrong).await.unwrap();
        monde.passes(400 * DAY).await;
        purge::once(&monde.backend).await.unwrap();
        assert_eq!(monde.number("SELECT count(*) FROM formation_saisie").await, 0, "old texts are purged");
    }

    async fn a_session_changes_under_its_version_only_and_nothing_typed_is_lost(monde: Monde) {
        let camille = monde.gestionnaire("camille@cnfpt.fr", "Camille").await;
        let autre = monde.gestionnaire("autre@cnfpt.fr", "Autre").await;
        let occitanie = delegation(&monde, &camille, "Occitanie").await;
        let first = saisie("FF-ANIMER", occitanie, &["2027-03-12"]);
        let id = added(&monde, &camille, &first).await;
        let backend = &monde.backend;
        let renamed = SessionSaisie { intitule: "Animer mieux".to_owned(), places: "12".to_owned(), ..first.clone() };
        let done = backend.write_formation(&camille, Some(id), 1, &renamed).await.unwrap();
        assert_eq!(done, FormationEnregistree::Faite(id));
        let champs = "SELECT champs FROM journal WHERE action = 'session_modifiee'";
        assert_eq!(monde.text(champs).await, format!("intitule places session:{id}"));

        let late = SessionSaisie { intitule: "Animer moins".to_owned(), ..first };
        let done = backend.write_formation(&autre, Some(id), 1, &late).await.unwrap();
        assert_eq!(done, FormationEnregistree::Perimee);
        let fiche = backend.fiche(&camille, id).await.unwrap().unwrap();
        assert_eq!((fiche.intitule.as_str(), fiche.version), ("Animer mieux", 2));
        let edited = backend.edit_formation(&autre, Some(id)).await.unwrap().unwrap();
        assert_eq!((edited.saisie.intitule.as_str(), edited.version), ("Animer moins", 2));
        let done = backend.write_formation(&autre, Some(id), edited.version, &edited.saisie).await.unwrap();
        assert_eq!(done, FormationEnregistree::Faite(id), "once told, the writer decides");
        assert!(!backend.edit_formation(&autre, Some(id)).await.unwrap().unwrap().brouillon);

        // A draft that takes another code takes the next number of it.
        let other = added(&monde, &camille, &saisie("FF-EVALUER", occitanie, &["2027-04-12"])).await;
        let moved = saisie("FF-EVALUER", occitanie, &["2027-03-12"]);
        backend.write_formation(&camille, Some(id), 3, &moved).await.unwrap();
        let address = async |id| backend.fiche(&camille, id).await.unwrap().unwrap().adresse;
        assert_eq!((address(id).await.as_str(), address(other).await.as_str()), ("FF-EVALUER/002", "FF-EVALUER/001"));

        monde.execute(&format!("UPDATE session_formation SET etat = 'Annulee' WHERE id = {id}")).await;
        let done = backend.write_formation(&camille, Some(id), 4, &moved).await.unwrap();
        assert_eq!(done, FormationEnregistree::Absente);
        assert_eq!(backend.edit_formation(&camille, Some(id)).await.unwrap(), None);
    }

    async fn a_published_session_keeps_its_code_its_held_places_and_the_dates_of_its_people(monde: Monde) {
        let camille = monde.gestionnaire("camille@cnfpt.fr", "Camille").await;
        let occitanie = delegation(&monde, &camille, "Occitanie").await;
        let typed = saisie("FF-ANIMER", occitanie, &["2027-03-12", "2027-03-13"]);
        let id = added(&monde, &camille, &typed).await;
        let backend = &monde.backend;
        backend.publish_formation(&camille, id, 1).await.unwrap();
        let renamed = SessionSaisie { code: "FF-AUTRE".to_owned(), ..typed.clone() };
        backend.write_formation(&camille, Some(id), 2, &renamed).await.unwrap();
        assert_eq!(backend.fiche(&camille, id).await.unwrap().unwrap().adresse, "FF-ANIMER/001");
        // Without people, the séances may change.
        let uid = "SELECT uid FROM seance WHERE jour = '2027-03-12'";
        let before = monde.text(uid).await;
        let fewer = SessionSaisie { seances: vec![seance("2027-03-12")], ..typed.clone() };
        let version = async || backend.fiche(&camille, id).await.unwrap().unwrap().version;
        let now = version().await;
        backend.write_formation(&camille, Some(id), now, &fewer).await.unwrap();
        assert_eq!(backend.fiche(&camille, id).await.unwrap().unwrap().seances.len(), 1);
        assert_eq!(monde.text(uid).await, before, "a séance that stays keeps its identifier");

        monde.execute("UPDATE session_formation SET occupees = 20, proposees = 1, examen = 3, attente = 2, avis = 1").await;
        let fiche = backend.fiche(&camille, id).await.unwrap().unwrap();
        let figures = (fiche.places, fiche.occupees, fiche.proposees, fiche.en_attente, fiche.a_examiner, fiche.avis);
        assert_eq!(figures, (20, 20, 1, 2, 3, 1));
        let now = version().await;
        for (change, champ, message) in [
            (
                SessionSaisie { places: "19".to_owned(), ..fewer.clone() },
                "places",
                "20 places sont prises ou proposées\u{a0}: le nombre de places ne peut pas descendre en dessous.",
            ),
            (
                typed.clone(),
                "seances",
                "Des personnes sont préinscrites\u{a0}: les séances de cette session ne se modifient pas ici.",
            ),
        ] {
            assert_eq!(
                backend.write_formation(&camille, Some(id), now, &change).await.unwrap(),
                FormationEnregistree::ARevoir
            );
            let fautes = backend.edit_formation(&camille, Some(id)).await.unwrap().unwrap().fautes;
            let told: Vec<_> = fautes.iter().map(|faute| (faute.champ.as_str(), faute.message.as_str())).collect();
            assert_eq!(told, [(champ, message)]);
        }
        let more = SessionSaisie { places: "21".to_owned(), ..fewer };
        assert_eq!(backend.write_formation(&camille, Some(id), now, &more).await.unwrap(), FormationEnregistree::Faite(id));
        assert_eq!(monde.number("SELECT places FROM session_formation").await, 21);
        assert_eq!(monde.number("SELECT occupees FROM session_formation").await, 20);
    }

    async fn a_copy_is_a_draft_of_the_same_code_with_the_next_number(monde: Monde) {
        let camille = monde.gestionnaire("camille@cnfpt.fr", "Camille").await;
        let occitanie = delegation(&monde, &camille, "Occitanie").await;
        let mut typed = saisie("FF-ANIMER", occitanie, &["2027-03-12", "2027-03-13"]);
        typed.seances[1] = SeanceSaisie { modalite: "distance".to_owned(), lien: "https://visio.example".to_owned(), ..seance("2027-03-13") };
        let id = added(&monde, &camille, &typed).await;
        let backend = &monde.backend;
        backend.publish_formation(&camille, id, 1).await.unwrap();
        monde.execute("UPDATE session_formation SET occupees = 3, dernier_rang = 3").await;
        let (one, two) = tokio::join!(backend.duplicate_formation(&camille, id), backend.duplicate_formation(&camille, id));
        let copy = one.unwrap().unwrap();
        two.unwrap().unwrap();
        let mut numbers = Vec::new();
        for known in backend.formations(&camille, &FiltreFormations::default()).await.unwrap().lignes {
            numbers.push(known.adresse);
        }
        numbers.sort();
        assert_eq!(numbers, ["FF-ANIMER/001", "FF-ANIMER/002", "FF-ANIMER/003"]);
        let fiche = backend.fiche(&camille, copy).await.unwrap().unwrap();
        assert_eq!((fiche.phase, fiche.occupees, fiche.version), (Phase::Brouillon, 0, 1));
        let of = async |id| backend.edit_formation(&camille, Some(id)).await.unwrap().unwrap().saisie;
        assert_eq!(of(copy).await, of(id).await);
        assert_eq!(monde.number("SELECT count(DISTINCT uid) FROM seance").await, 6);
        assert_eq!(backend.duplicate_formation(&camille, 999).await.unwrap(), None);
    }

    async fn the_list_is_filtered_and_goes_by_pages_of_fifty(monde: Monde) {
        let camille = monde.gestionnaire("camille@cnfpt.fr", "Camille").await;
        let occitanie = delegation(&monde, &camille, "Occitanie").await;
        let bretagne = delegation(&monde, &camille, "Bretagne").await;
        let mut typed = saisie("FF-A", occitanie, &["2027-03-12"]);
        added(&monde, &camille, &typed).await;
        typed = SessionSaisie { intitule: "Évaluer des acquis".to_owned(), ..saisie("FF-B", bretagne, &["2027-05-04"]) };
        let open = added(&monde, &camille, &typed).await;
        monde.backend.publish_formation(&camille, open, 1).await.unwrap();
        monde.execute(&format!("UPDATE session_formation SET examen = 2 WHERE id = {open}")).await;
        typed = SessionSaisie { ouverture_jour: "2027-01-04".to_owned(), ..saisie("FF-C", bretagne, &["2027-06-01"]) };
        let later = added(&monde, &camille, &typed).await;
        monde.backend.publish_formation(&camille, later, 1).await.unwrap();
        let closed = added(&monde, &camille, &saisie("FF-D", bretagne, &["2027-07-01"])).await;
        monde.backend.publish_formation(&camille, closed, 1).await.unwrap();
        monde.backend.close_formation(&camille, closed, 2, true).await.unwrap();
        let past = added(&monde, &camille, &saisie("FF-E", bretagne, &["2026-06-10"])).await;
        monde.backend.publish_formation(&camille, past, 1).await.unwrap();
        // The clock of this world is 15 June 2026, 14:00 in Paris.
        let during = added(&monde, &camille, &saisie("FF-F", bretagne, &["2026-06-15"])).await;
        monde.backend.publish_formation(&camille, during, 1).await.unwrap();
        let gone = added(&monde, &camille, &saisie("FF-G", bretagne, &["2027-08-02"])).await;
        monde.execute(&format!("UPDATE session_formation SET etat = 'Annulee' WHERE id = {gone}")).await;

        let none = FiltreFormations::default();
        let all = ["FF-F/001", "FF-A/001", "FF-B/001", "FF-C/001", "FF-D/001", "FF-G/001"];
        assert_eq!(listed(&monde, &camille, none.clone()).await, all, "what is over is left out");
        let text = |q: &str| FiltreFormations { recherche: q.to_owned(), ..FiltreFormations::default() };
        for (filtre, found) in [
            (text("eval acq"), vec!["FF-B/001"]),
            (text("ff b"), vec!["FF-B/001"]),
            (text("toulouse %"), all.to_vec()),
            (text("inconnu"), vec![]),
            (FiltreFormations { delegation: Some(occitanie), ..none.clone() }, vec!["FF-A/001"]),
            (FiltreFormations { a_traiter: true, ..none.clone() }, vec!["FF-B/001"]),
            (FiltreFormations { du: read_day("2027-05-04"), au: read_day("2027-06-01"), ..none.clone() }, vec!["FF-B/001", "FF-C/001"]),
            (FiltreFormations { au: read_day("2026-06-10"), ..none.clone() }, vec!["FF-E/001"]),
        ] {
            assert_eq!(listed(&monde, &camille, filtre.clone()).await, found, "{filtre:?}");
        }
        for etat in EtatListe::ALL {
            let found = listed(&monde, &camille, FiltreFormations { etat: Some(etat), ..none.clone() }).await;
            let expected = match etat {
                EtatListe::Brouillon => "FF-A/001",
                EtatListe::AOuvrir => "FF-C/001",
                EtatListe::Ouverte => "FF-B/001",
                EtatListe::Close => "FF-D/001",
                EtatListe::EnCours => "FF-F/001",
                EtatListe::Terminee => "FF-E/001",
                EtatListe::Annulee => "FF-G/001",
            };
            assert_eq!(found, [expected], "{etat:?}");
        }

        // Of the same instant, so that the id alone tells pages apart.
        for _ in 0..100 {
            monde.backend.duplicate_formation(&camille, open).await.unwrap();
        }
        let (mut filtre, mut seen, mut pages) = (text("evaluer"), Vec::new(), 0);
        loop {
            let page = monde.backend.formations(&camille, &filtre).await.unwrap();
            pages += 1;
            assert!(page.lignes.len() <= 50);
            seen.extend(page.lignes.into_iter().map(|ligne| ligne.id));
            match page.suivante {
                Some(key) => filtre.apres = Some(key),
                None => break,
            }
        }
        let mut unique = seen.clone();
        unique.sort_unstable();
        unique.dedup();
        assert_eq!((pages, seen.len(), unique.len()), (3, 101, 101));
    }

    async fn a_session_is_written_and_published_without_javascript(monde: Monde) {
        let camille = monde.gestionnaire("camille@cnfpt.fr", "Camille").await;
        delegation(&monde, &camille, "Occitanie").await;
        let mut gestion = signed_in(&monde).await;
        let page = gestion.get("/gestion/formations").await;
        assert!(page.text().contains("Sessions de formation</h1>") && page.text().contains(">Importer</a>"), "{}", page.text());
        let page = gestion.get("/gestion/formations/nouvelle").await;
        assert!(page.text().contains("Nouvelle session</h1>") && page.text().contains("aria-current=\"true\">Formations</a>"), "{}", page.text());
        assert!(!page.text().contains("Retirer cette séance"), "one séance is the least");
        let save = page.action("Enregistrer");
        let form = |faire: &'static str| vec![
            ("id", ""), ("version", "0"), ("faire", faire),
            ("saisie[code]", "ff-animer"), ("saisie[intitule]", "Animer"), ("saisie[objectifs]", "Concevoir\r\n\r\n- animer"),
            ("saisie[seances][0][jour]", "12/03/2027"), ("saisie[seances][0][debut]", "9 h"), ("saisie[seances][0][fin]", "17:00"),
            ("saisie[seances][0][fuseau]", "paris"), ("saisie[seances][0][modalite]", "presentiel"), ("saisie[seances][0][lieu]", "L’INSET"),
        ];
        let added = gestion.post(&save, &form("ajouter")).await;
        assert_eq!(added.location(), "/gestion/formations/nouvelle#champ-seances-1");
        let page = gestion.get("/gestion/formations/nouvelle").await;
        assert!(!page.html.contains("<title>Erreur") && page.html.contains("id=\"champ-seances-1-jour\""), "{}", page.html);
        assert!(page.html.contains("value=\"2027-03-12\"") && page.html.contains("value=\"9 h\""), "{}", page.html);
        assert!(page.html.contains("- animer</textarea>"), "{}", page.html);
        assert_eq!(page.text().matches("Retirer cette séance</button>").count(), 2);
        let mut two = form("retirer-0");
        two.extend([("saisie[seances][1][jour]", "2027-03-20"), ("saisie[seances][1][lieu]", "Foix")]);
        gestion.post(&save, &two).await;
        let page = gestion.get("/gestion/formations/nouvelle").await;
        assert!(page.html.contains("value=\"2027-03-20\"") && !page.html.contains("value=\"2027-03-12\""), "{}", page.html);

        let refused = gestion.post(&save, &form("enregistrer")).await;
        assert_eq!(refused.location(), "/gestion/formations/nouvelle?fait=a-revoir");
        let page = gestion.get(refused.location()).await;
        assert!(page.html.contains("<title>Erreur : "), "{}", page.html);
        for champ in ["delegation", "places", "attribution", "attente", "liberation", "limite"] {
            assert!(page.html.contains(&format!("href=\"#champ-{champ}\"")), "{champ}: {}", page.html);
        }
        assert!(page.html.contains("value=\"ff-animer\"") && page.html.contains("aria-invalid=\"true\""), "{}", page.html);
        let mut whole = form("enregistrer");
        whole.extend([
            ("saisie[delegation]", "1"), ("saisie[places]", "20"), ("saisie[attribution]", "arrivee"), ("saisie[attente]", "libre"),
            ("saisie[liberation]", "proposees"), ("saisie[limite]", "2027-03-01"),
        ]);
        let done = gestion.post(&save, &whole).await;
        assert_eq!(done.location(), "/gestion/formations/1?fait=enregistree");
        let page = gestion.get(done.location()).await;
        assert!(page.text().contains("Animer</h1>") && page.text().contains("FF-ANIMER/001"), "{}", page.text());
        assert!(page.html.contains("href=\"/gestion/formations/1/preinscriptions\""), "{}", page.html);
        let publish = page.action("Publier");
        let done = gestion.post(&publish, &[("id", "1"), ("version", "1")]).await;
        let page = gestion.get(done.location()).await;
        assert!(page.text().contains("Session publiée") && page.text().contains("Places disponibles"), "{}", page.text());
        let close = page.action("Fermer les préinscriptions");
        gestion.post(&close, &[("id", "1"), ("version", "2"), ("fermee", "true")]).await;
        let page = gestion.get("/gestion/formations/1").await;
        assert!(page.text().contains("Rouvrir les préinscriptions</button>"), "{}", page.text());
        let copied = gestion.post(&page.action("Dupliquer"), &[("id", "1")]).await;
        assert_eq!(copied.location(), "/gestion/formations/2/modifier?fait=dupliquee");
        let page = gestion.get(copied.location()).await;
        assert!(page.text().contains("Modifier la session FF-ANIMER/002</h1>"), "{}", page.text());
        let page = gestion.get("/gestion/formations/1/modifier").await;
        assert!(page.html.contains("readonly"), "{}", page.html);
        let late = gestion.post(&save, &[("id", "1"), ("version", "1"), ("saisie[intitule]", "Tard"), ("faire", "enregistrer")]).await;
        assert_eq!(late.location(), "/gestion/formations/1/modifier?fait=saisie-perimee");
        let page = gestion.get(late.location()).await;
        assert!(page.html.contains("value=\"Tard\"") && page.hidden("version") == "3", "{}", page.html);
        let dropped = gestion.post(&save, &[("id", "1"), ("faire", "abandonner")]).await;
        assert_eq!(dropped.location(), "/gestion/formations/1");
        for absent in ["/gestion/formations/9", "/gestion/formations/9/modifier", "/gestion/formations/x/modifier"] {
            assert_eq!(gestion.get(absent).await.status, StatusCode::NOT_FOUND, "{absent}");
        }
    }

    async fn thirty_long_seances_pass_in_their_order(monde: Monde) {
        let camille = monde.gestionnaire("camille@cnfpt.fr", "Camille").await;
        delegation(&monde, &camille, "Occitanie").await;
        let mut gestion = signed_in(&monde).await;
        let save = gestion.get("/gestion/formations/nouvelle").await.action("Enregistrer");
        let text = |letter: &str, count: usize| letter.repeat(count);
        let mut fields: Vec<(String, String)> = [
            ("code", text("A", 20)), ("intitule", text("é", 150)), ("objectifs", text("é", 2_000)), ("public", text("é", 500)),
            ("prerequis", text("é", 500)), ("accessibilite", text("é", 300)), ("delegation", "1".to_owned()), ("places", "20".to_owned()),
            ("attribution", "examen".to_owned()), ("attente", "libre".to_owned()), ("liberation", "main".to_owned()), ("limite", "2027-03-01".to_owned()),
        ].into_iter().map(|(name, value)| (format!("saisie[{name}]"), value)).collect();
        fields.push(("faire".to_owned(), "enregistrer".to_owned()));
        for at in 0..30 {
            let day = read_day("2027-03-01").unwrap() + std::time::Duration::from_secs(at * 86_400);
            for (name, value) in [
                ("jour", day.to_string()), ("debut", "09:00".to_owned()), ("fin", "17:00".to_owned()), ("fuseau", "guadeloupe".to_owned()),
                ("modalite", "presentiel".to_owned()), ("lieu", format!("{at} {}", text("é", 90))), ("voie", text("é", 38)),
                ("complement", text("é", 38)), ("code_postal", "31000".to_owned()), ("commune", text("é", 40)), ("salle", text("é", 30)),
                ("lien", String::new()),
            ] {
                fields.push((format!("saisie[seances][{at}][{name}]"), value));
            }
        }
        let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        let done = gestion.post(&save, &fields).await;
        assert_eq!(done.location(), "/gestion/formations/1?fait=enregistree", "{}", done.status);
        assert_eq!(monde.number("SELECT count(*) FROM seance").await, 30);
        let last = "SELECT lieu FROM seance ORDER BY jour DESC LIMIT 1";
        assert!(monde.text(last).await.starts_with("29 "));
    }
}
