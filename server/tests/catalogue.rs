//! The published sessions, for anybody.

use std::collections::BTreeSet;

use app::areas::formations::Catalogue;
use axum::http::StatusCode;
use domain::formation::catalogue::PAR_PAGE;
use domain::formation::{
    Attente, Attribution, CodeFormation, FiltreCatalogue, Fuseau, Heure, Liberation, Lieu, Modalite, Seance,
    SessionFormation,
};
use domain::instant::read_day;
use sea_orm::{ActiveModelTrait, EntityTrait, IntoActiveModel, NotSet, QueryOrder, Set};
use server::clock::{DAY, SystemRandom};
use server::persistence::entities::{delegation, session_formation};
use server::persistence::sessions_formation::{self, Model};

use super::mur::without_nonce;
use super::support::{Monde, Navigateur};
use crate::support::donnees::MOT_DE_PASSE;

const SEULE: &str = "/formations/FF-ANIMER/001";

fn on_site(day: &str, commune: &str) -> Seance {
    let lieu = Lieu::Presentiel {
        lieu: "Salle des fêtes".to_owned(),
        voie: String::new(),
        complement: String::new(),
        code_postal: String::new(),
        commune: commune.to_owned(),
        salle: String::new(),
    };
    Seance { lieu, ..remote(day) }
}

fn remote(day: &str) -> Seance {
    Seance {
        jour: read_day(day).unwrap(),
        debut: Heure::read("9 h").unwrap(),
        fin: Heure::read("12 h 30").unwrap(),
        fuseau: Fuseau::Paris,
        lieu: Lieu::ADistance { lien: "https://visio.example/salle-secrete".to_owned() },
    }
}

fn session(code: &str, intitule: &str, seances: Vec<Seance>) -> SessionFormation {
    SessionFormation {
        code: CodeFormation::read(code).unwrap(),
        intitule: intitule.to_owned(),
        objectifs: "Savoir\u{a0}:\n- animer <un> groupe\u{a0};\n- évaluer.\n\nEt recommencer.".to_owned(),
        public: String::new(),
        prerequis: String::new(),
        accessibilite: String::new(),
        delegation_id: 1,
        places: 20,
        attribution: Attribution::ALArrivee,
        attente: Attente::SansLimite,
        liberation: Liberation::Proposees,
        par_collectivite: None,
        ouverture: None,
        limite: seances[0].jour.previous_day().unwrap(),
        seances,
    }
}

/// Two délégations; the second is not active any more.
async fn delegations(monde: &Monde) {
    for (nom, active) in [("Occitanie", true), ("Ancienne", false)] {
        let row = delegation::ActiveModel {
            id: NotSet,
            nom: Set(nom.to_owned()),
            courriel: Set("formation@occitanie.example".to_owned()),
            telephone: Set("+33561000000".to_owned()),
            referent_nom: Set("Dominique Rey".to_owned()),
            referent_courriel: Set("handicap@occitanie.example".to_owned()),
            active: Set(active),
            version: Set(1),
        };
        row.insert(monde.backend.db().connection()).await.unwrap();
    }
}

/// A draft.
async fn written(monde: &Monde, session: &SessionFormation) -> Model {
    sessions_formation::insert(monde.backend.db().connection(), session, &SystemRandom).await.unwrap()
}

async fn published(monde: &Monde, session: &SessionFormation) -> Model {
    let (db, row) = (monde.backend.db().connection(), written(monde, session).await);
    assert!(sessions_formation::publish(db, row.id, row.version, monde.clock_now()).await.unwrap());
    sessions_formation::find(db, row.id).await.unwrap().unwrap()
}

/// The filter of an address.
fn filtre(query: &[(&str, &str)]) -> FiltreCatalogue {
    FiltreCatalogue::read(|name| query.iter().find(|(known, _)| *known == name).map(|(_, value)| (*value).to_owned()))
}

async fn titles(monde: &Monde, query: &[(&str, &str)]) -> Vec<String> {
    let page = monde.backend.catalogue(&filtre(query)).await.unwrap();
    page.lignes.into_iter().map(|ligne| ligne.intitule).collect()
}

/// The addresses of every page under this filter.
async fn walk(monde: &Monde, mut filtre: FiltreCatalogue) -> Vec<String> {
    let mut seen = Vec::new();
    loop {
        let page = monde.backend.catalogue(&filtre).await.unwrap();
        assert!(page.lignes.len() as u64 <= PAR_PAGE);
        seen.extend(page.lignes.into_iter().map(|ligne| ligne.adresse));
        match page.suivante {
            Some(key) => filtre.apres = Some(key),
            None => return seen,
        }
    }
}

on_both_engines! {
    async fn the_catalogue_lists_what_its_filter_says_in_the_order_of_the_dates(monde: Monde) {
        delegations(&monde).await;
        let mixed = vec![on_site("2026-09-10", "Saint-Étienne"), remote("2026-09-11")];
        published(&monde, &session("FF-MIXTE", "Évaluer les acquis", mixed)).await;
        published(&monde, &session("FF-ANIMER", "Animer une formation", vec![on_site("2026-07-02", "Toulouse")])).await;
        let mut other = session("FF-VISIO", "Former à distance", vec![remote("2026-08-20")]);
        (other.delegation_id, other.ouverture) = (2, Some(monde.clock_now() + DAY));
        published(&monde, &other).await;
        let all = ["Animer une formation", "Former à distance", "Évaluer les acquis"];
        for (query, found) in [
            (vec![], &all[..]),
            (vec![("q", "")], &all[..]),
            (vec![("q", "form")], &all[..2]),
            (vec![("q", "FORMATION une")], &all[..1]),
            (vec![("q", "saint etienne")], &all[2..]),
            (vec![("q", "ff-vis")], &all[1..2]),
            (vec![("q", "valuer")], &[]),
            (vec![("q", "animer distance")], &[]),
            (vec![("modalite", "mixte")], &all[2..]),
            (vec![("modalite", "distance")], &all[1..2]),
            (vec![("modalite", "presentiel")], &all[..1]),
            (vec![("delegation", "2")], &all[1..2]),
            (vec![("delegation", "99")], &[]),
            (vec![("depuis", "2026-07-02")], &all[..]),
            (vec![("depuis", "2026-07-03")], &all[1..]),
            (vec![("ouvertes", "1"), ("depuis", "2026-07-03")], &all[2..]),
        ] {
            assert_eq!(titles(&monde, &query).await, found, "{query:?}");
        }
        let page = monde.backend.catalogue(&FiltreCatalogue::default()).await.unwrap();
        assert_eq!(page.delegations, [(1, "Occitanie".to_owned())]);
        let last = page.lignes.last().unwrap();
        assert_eq!(last.dates.replace('\u{a0}', " "), "du 10 septembre au 11 septembre 2026");
        assert_eq!((last.lieux.as_str(), last.modalite), ("Saint-Étienne, À distance", Modalite::Mixte));
        // What is over is found by its date only.
        monde.clock.advance(30 * DAY);
        assert_eq!(titles(&monde, &[]).await, all[1..]);
        assert_eq!(titles(&monde, &[("depuis", "2026-01-01")]).await, all);
    }

    async fn pages_follow_each_other_without_a_gap_or_a_double(monde: Monde) {
        delegations(&monde).await;
        let mut expected = Vec::new();
        for at in 0..45 {
            // Many begin at the same instant.
            let day = ["2026-09-10", "2026-09-11", "2026-09-12"][at % 3];
            let row = published(&monde, &session("FF-SUITE", "Suite", vec![on_site(day, "Toulouse")])).await;
            expected.push((row.debut, row.id, sessions_formation::address(&row)));
        }
        expected.sort();
        let expected: Vec<String> = expected.into_iter().map(|(_, _, adresse)| adresse).collect();
        assert_eq!(walk(&monde, FiltreCatalogue::default()).await, expected);
        assert_eq!(walk(&monde, filtre(&[("q", "suite"), ("ouvertes", "1")])).await, expected);
        let past_the_end = monde.backend.catalogue(&filtre(&[("apres", "9223372036854775807.1")])).await.unwrap();
        assert_eq!((past_the_end.lignes.len(), past_the_end.suivante), (0, None));
    }

    async fn open_sessions_are_those_that_their_phase_says_open(monde: Monde) {
        delegations(&monde).await;
        let (db, now) = (monde.backend.db().connection(), monde.clock_now());
        let model = written(&monde, &session("FF-PHASE", "Phase", vec![on_site("2026-09-10", "Toulouse")])).await;
        let around = [now - DAY, now, now + 1, now + DAY];
        let maybe = || std::iter::once(None).chain(around.map(Some));
        let mut rows = Vec::new();
        for etat in ["Brouillon", "Publiee", "Annulee"] {
            for (ouverture, publication) in maybe().flat_map(|one| maybe().map(move |two| (one, two))) {
                for (fermee_le, cloture) in maybe().flat_map(|one| around.map(|two| (one, two))) {
                    for (debut, fin) in [(now - DAY, now), (now - DAY, now + 1), (now, now + DAY), (now + 1, now + DAY)] {
                        let at = i64::try_from(rows.len()).unwrap();
                        let mut row = model.clone();
                        (row.numero, row.etat) = (at + 2, etat.to_owned());
                        (row.ouverture_le, row.publiee_le) = (ouverture, publication);
                        (row.fermee_le, row.cloture, row.debut, row.fin) = (fermee_le, cloture, debut, fin);
                        // Free, with a list, full.
                        (row.occupees, row.attente, row.attente_max) = [(0, 0, None), (20, 3, None), (20, 0, Some(0))][rows.len() % 3];
                        rows.push(session_formation::ActiveModel { id: NotSet, ..row.into_active_model().reset_all() });
                    }
                }
            }
        }
        assert!(rows.len() > 5_000, "{}", rows.len());
        for some in rows.chunks(500) {
            session_formation::Entity::insert_many(some.to_vec()).exec_without_returning(db).await.unwrap();
        }
        let rows = session_formation::Entity::find().order_by_asc(session_formation::Column::Id).all(db).await.unwrap();
        let open = |row: &&Model| sessions_formation::reperes(row).unwrap().phase(now).is_open();
        let expected: BTreeSet<String> = rows.iter().filter(open).map(sessions_formation::address).collect();
        assert!(expected.len() > 10 && expected.len() < rows.len() / 2, "{}", expected.len());
        let found: BTreeSet<String> = walk(&monde, filtre(&[("ouvertes", "1")])).await.into_iter().collect();
        assert_eq!(found, expected);
    }

    async fn a_search_is_text_whatever_is_typed(monde: Monde) {
        delegations(&monde).await;
        published(&monde, &session("FF-ANIMER", "Animer 100 % à l’oral_vite", vec![on_site("2026-09-10", "L’Haÿ")])).await;
        let long = "é".repeat(50_000);
        let many = "a ".repeat(200);
        for (typed, count) in [
            ("100 %", 1),
            ("l'oral", 1),
            ("oral_vite", 1),
            ("%", 1),
            ("_", 1),
            ("\\", 1),
            ("%nimer", 0),
            ("_nimer", 0),
            ("a%r", 0),
            ("' OR zut=zut --", 0),
            ("\"; DROP TABLE session_formation; --", 0),
            ("\u{0}", 1),
            (&long, 0),
            (&many, 1),
        ] {
            assert_eq!(titles(&monde, &[("q", typed)]).await.len(), count, "{typed:.40}");
        }
        let mut visitor = Navigateur::new(&monde);
        let page = visitor.get("/formations?q=%22%3E%3Cscript%3Ex&apres=x.y&modalite=%27&depuis=2026-02-30&delegation=a").await;
        assert_eq!(page.status, StatusCode::OK);
        assert!(page.text().contains("Aucune session ne correspond") && !page.html.contains("<script>x"), "{}", page.html);
    }

    async fn nobody_reads_a_draft_and_a_cancelled_session_keeps_its_page(monde: Monde) {
        delegations(&monde).await;
        let draft = written(&monde, &session("FF-SECRET", "Brouillon", vec![on_site("2026-09-10", "Toulouse")])).await;
        let seen = published(&monde, &session("FF-ANIMER", "Animer", vec![on_site("2026-09-10", "Toulouse")])).await;
        let mut visitor = Navigateur::new(&monde);
        assert_eq!(titles(&monde, &[]).await, ["Animer"]);
        let paths = ["/formations/FF-SECRET/001", "/formations/FF-RIEN/001", "/formations/FF-ANIMER/002", "/formations/x/y"];
        for path in paths {
            let page = visitor.get(path).await;
            assert_eq!(page.status, StatusCode::NOT_FOUND, "{path}");
            assert!(!page.html.contains("Brouillon"), "{path}");
        }
        monde.execute(&format!("UPDATE session_formation SET etat = 'Annulee' WHERE id IN ({}, {})", draft.id, seen.id)).await;
        assert_eq!(titles(&monde, &[]).await, Vec::<String>::new());
        let page = visitor.get(SEULE).await;
        assert_eq!(page.status, StatusCode::OK);
        assert!(page.text().contains("Cette session est annulée.") && !page.text().contains("Se connecter pour"));
        assert_eq!(visitor.get(paths[0]).await.status, StatusCode::NOT_FOUND, "it was cancelled before anybody read it");
    }

    async fn a_visitor_finds_a_session_without_script(monde: Monde) {
        delegations(&monde).await;
        for at in 0..22 {
            let day = format!("2026-09-{:02}", at + 1);
            published(&monde, &session("FF-ANIMER", &format!("Animer {at}"), vec![on_site(&day, "Toulouse")])).await;
        }
        published(&monde, &session("FF-VISIO", "Former à distance", vec![remote("2026-08-20")])).await;
        let mut visitor = Navigateur::new(&monde);
        let page = visitor.get("/formations").await;
        let text = page.text();
        assert_eq!(text.matches("<h2><a href=\"/formations/").count(), 20);
        for said in ["Formations de formateurs", "Rechercher une formation", "Modalité", "Délégation", "À partir du",
            "Seulement les sessions ouvertes", ">Filtrer</button>", "Places disponibles", "À distance"] {
            assert!(text.contains(said), "{said}");
        }
        assert!(!text.contains("Effacer les filtres") && !text.contains("Revenir au début"));
        let next = text.split("rel=\"next\" href=\"").nth(1).unwrap().split('"').next().unwrap().replace("&amp;", "&");
        let page = visitor.get(&next).await.text();
        assert_eq!(page.matches("<h2><a href=\"/formations/").count(), 3);
        assert!(page.contains("Revenir au début") && !page.contains("Page suivante"));
        let filtered = visitor.get("/formations?q=animer&modalite=presentiel&delegation=1&depuis=2026-09-02&ouvertes=1").await.text();
        for said in ["value=\"animer\"", "value=\"2026-09-02\"", "<option value=\"presentiel\" selected", "<option value=\"1\" selected",
            "name=\"ouvertes\" value=\"1\" checked", "Effacer les filtres", "&amp;ouvertes=1&amp;apres="] {
            assert!(filtered.contains(said), "{said}: {filtered}");
        }
        let page = visitor.get("/formations/ff-visio/1").await;
        let text = page.text();
        for said in ["<h1 id=\"titre\" tabindex=\"-1\">Former à distance</h1>", "<caption>Séances</caption>", "jeudi 20\u{a0}août 2026",
            "<li>animer &lt;un&gt; groupe", "<p class=\"message\">Et recommencer.</p>", "Dominique Rey, ", "05 61 00 00 00",
            "Se connecter pour se préinscrire"] {
            assert!(text.contains(said), "{said}: {text}");
        }
        assert!(!page.html.contains("salle-secrete"), "the link is for who has a place");
        assert!(visitor.get(SEULE).await.text().contains("Autres sessions de cette formation"));
    }

    async fn a_page_tells_no_number_of_places_or_of_people(monde: Monde) {
        delegations(&monde).await;
        let mut seule = session("FF-ANIMER", "Animer", vec![on_site("2026-09-10", "Toulouse")]);
        seule.places = 1_913;
        published(&monde, &seule).await;
        let mut visitor = Navigateur::new(&monde);
        for (occupees, attente, word) in [(1_777, 0, "Places disponibles"), (1_777, 1_388, "Liste d’attente"), (1_913, 0, "Liste d’attente")] {
            let counts = format!("UPDATE session_formation SET occupees = {occupees}, attente = {attente}, dernier_rang = 1597");
            monde.execute(&counts).await;
            for path in ["/formations", SEULE] {
                let one = visitor.get(path).await;
                assert!(one.text().contains(word), "{path} {word}");
                for number in ["1913", "1\u{a0}913", "1777", "136", "1388", "1597"] {
                    assert!(!without_nonce(&one.html).contains(number), "{number} on {path}");
                }
                // One more, one less: the same words, the same bytes.
                if occupees == 1_777 {
                    monde.execute("UPDATE session_formation SET occupees = occupees - 1, dernier_rang = 12, proposees = 3").await;
                    let two = visitor.get(path).await;
                    assert_eq!(without_nonce(&one.html), without_nonce(&two.html), "{path} {word}");
                    monde.execute(&counts).await;
                }
            }
        }
    }

    async fn a_visitor_signs_in_and_comes_back_to_the_session(monde: Monde) {
        delegations(&monde).await;
        published(&monde, &session("FF-ANIMER", "Animer", vec![on_site("2026-09-10", "Toulouse")])).await;
        monde.activated("anne@exemple.fr").await;
        let mut person = Navigateur::new(&monde);
        let page = person.get(SEULE).await;
        assert!(page.headers.get("set-cookie").is_none(), "a visitor who only looks gets no cookie");
        let link = format!("{SEULE}?preinscrire=1");
        assert!(page.text().contains(&format!("href=\"{link}\"")), "{}", page.html);
        let login = person.get(&link).await;
        assert_eq!((login.status, login.location()), (StatusCode::FOUND, "/?connexion=1"));
        let page = person.get(login.location()).await;
        let fields = [("espace", "agent"), ("courriel", "anne@exemple.fr"), ("mot_de_passe", MOT_DE_PASSE)];
        let back = person.post(&page.action("Se connecter"), &fields).await;
        assert_eq!(back.location(), link);
        let page = person.get(back.location()).await;
        assert_eq!(page.status, StatusCode::OK);
    }

    async fn without_preinscription_none_of_it_is_there(monde: Monde) {
        delegations(&monde).await;
        published(&monde, &session("FF-ANIMER", "Animer", vec![on_site("2026-09-10", "Toulouse")])).await;
        let connexion = monde.activated("anne@exemple.fr").await;
        let active = ["/", "/aide", "/plan-du-site"];
        let mut visitor = Navigateur::new(&monde);
        for path in active {
            assert!(visitor.get(path).await.html.contains("href=\"/formations\""), "{path}");
        }
        let monde = monde.without_preinscription();
        let mut visitor = Navigateur::new(&monde);
        for path in active {
            assert!(!visitor.get(path).await.html.contains("/formations"), "{path}");
        }
        let mut anne = Navigateur::like(&visitor);
        anne.sign_in(&connexion);
        let pages = ["/formations", SEULE, "/mon-compte/preinscriptions", "/mon-compte/preinscriptions/PRE-0000-0001",
            "/mon-compte/preinscriptions/PRE-0000-0001/annuler"];
        for path in pages {
            for (who, navigateur) in [("a visitor", &mut visitor), ("Anne", &mut anne)] {
                let page = navigateur.get(path).await;
                assert_eq!(page.status, StatusCode::NOT_FOUND, "{path} for {who}");
                assert!(page.html.contains("Cette page n’existe pas") && !page.html.contains("Animer"), "{path} for {who}");
            }
        }
        let form = app::register::acces().find(|form| form.nom == "AskPlace").unwrap().chemin;
        assert_eq!(anne.post(form, &[("adresse", "FF-ANIMER/001")]).await.location(), "/formations");
    }
}
