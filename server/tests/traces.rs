//! The log: what it must hold, and what it must never hold.

use std::io::Write;
use std::sync::{Arc, Mutex, OnceLock};

use app::base::appelants::Role;
use axum::http::StatusCode;
use domain::Etape;
use server::log::{Format, subscriber};
use tracing_subscriber::EnvFilter;

use super::support::Navigateur;
use crate::support::donnees::{AUTRE_MOT_DE_PASSE, MOT_DE_PASSE, MOT_DE_PASSE_GESTION, onglets};

/// The log of the whole run, with as much detail as our own code can write.
#[derive(Clone, Default)]
struct Log(Arc<Mutex<Vec<u8>>>);

impl Write for Log {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

impl Log {
    /// The log of this process. The other tests write into it too.
    fn of_the_run() -> Self {
        static LOG: OnceLock<Log> = OnceLock::new();
        LOG.get_or_init(|| {
            let log = Self::default();
            let writer = log.clone();
            let filter = EnvFilter::new("info,server=trace,app=trace,domain=trace,hyper=debug,tower_http=trace");
            let lines = subscriber(Format::Json, filter, false, move || writer.clone());
            tracing::subscriber::set_global_default(lines).unwrap();
            log
        })
        .clone()
    }

    fn text(&self) -> String {
        String::from_utf8_lossy(&self.0.lock().unwrap()).into_owned()
    }

    /// The lines that carry this number of a request.
    fn of_request(&self, id: &str) -> Vec<serde_json::Value> {
        let text = self.text();
        let lines = text.lines().filter(|line| line.contains(id));
        lines.map(|line| serde_json::from_str(line).unwrap()).collect()
    }
}

on_both_engines! {
    async fn the_log_of_a_sign_up_holds_routes_and_nothing_typed(monde: Monde) {
        let log = Log::of_the_run();
        let courriel = "philomene@xylographe.example".to_owned();
        let mut secrets = vec![courriel.clone(), MOT_DE_PASSE.to_owned(), MOT_DE_PASSE_GESTION.to_owned()];
        let mut person = Navigateur::new(&monde);

        let page = person.get("/inscription").await;
        person.post(&page.action("Continuer"), &[("cas", "personnel")]).await;
        let page = person.get("/inscription/collectivite").await;
        let employeur = ("collectivite", "Cnfpt-employeur Generique Intervenants (31)");
        person.post(&page.action("Valider"), &[employeur]).await;
        secrets.push(person.draft_key().0);
        for (etape, fields) in onglets(&courriel) {
            let page = person.get(&format!("/inscription/{}", etape.slug())).await;
            let named: Vec<(String, String)> =
                fields.into_iter().map(|(name, raw)| (format!("champs[{name}]"), raw)).collect();
            let mut form = vec![("etape", etape.slug()), ("vers", "suivant")];
            form.extend(named.iter().map(|(name, raw)| (name.as_str(), raw.as_str())));
            let button = if etape == Etape::Validation { "Valider" } else { "Suivant" };
            let page = person.post(&page.action(button), &form).await;
            assert_eq!(page.status, StatusCode::FOUND, "{etape:?}");
            assert!(!page.location().contains("verifier"), "{etape:?} {}", page.location());
            // Short words and numbers are everywhere. Only values long enough to be this person's are looked for.
            secrets.extend(named.into_iter().map(|(_, raw)| raw).filter(|raw| raw.chars().count() >= 6));
        }
        assert_eq!(monde.number("SELECT count(*) FROM compte").await, 1);
        monde.send_mails().await;
        let token = monde.boite.token(&courriel, "activation");
        let path = format!("/activation/{token}");
        let page = person.get(&path).await;
        let form = [("token", token.as_str()), ("mot_de_passe", MOT_DE_PASSE)];
        assert_eq!(person.post(&page.action("Enregistrer mon mot de passe"), &form).await.location(), "/mon-compte");
        secrets.extend(token.split('.').map(str::to_owned));
        secrets.push(person.cookie("__Host-iel_session").unwrap().to_owned());

        let mut again = Navigateur::new(&monde);
        let page = again.get("/").await;
        let form = [("espace", "agent"), ("courriel", courriel.as_str()), ("mot_de_passe", MOT_DE_PASSE)];
        assert_eq!(again.post(&page.action("Se connecter"), &form).await.location(), "/mon-compte");
        secrets.push(again.cookie("__Host-iel_session").unwrap().to_owned());
        // A wrong password is sent first.
        let form = [("espace", "agent"), ("courriel", courriel.as_str()), ("mot_de_passe", "une tout autre phrase")];
        Navigateur::new(&monde).post(&page.action("Se connecter"), &form).await;
        secrets.push("une tout autre phrase".to_owned());

        monde.gestionnaire("aline.quetsche@xylographe.example", "Aline Quetsche").await;
        let mut staff = Navigateur::new(&monde);
        let page = staff.get("/gestion/connexion").await;
        let form = [("courriel", "aline.quetsche@xylographe.example"), ("mot_de_passe", MOT_DE_PASSE_GESTION)];
        staff.post(&page.action("Se connecter"), &form).await;
        secrets.extend(["quetsche".to_owned(), staff.cookie("__Host-iel_session").unwrap().to_owned()]);
        // The login waits for a code; a colleague has proved theirs.
        let colleague = monde.staff_connexion("basile.quetsche@xylographe.example", Role::Gestionnaire).await;
        secrets.push(colleague.secret.clone());
        staff.sign_in(&colleague);
        let id = monde.number("SELECT id FROM compte").await;
        staff.get("/gestion/demandes?q=zorn-etaillebois").await;
        staff.get(&format!("/gestion/demandes/{id}")).await;
        let page = staff.get(&format!("/gestion/demandes/{id}/valider")).await;
        let (number, version) = (id.to_string(), monde.number("SELECT version FROM compte").await.to_string());
        let form = [("id", number.as_str()), ("version", version.as_str())];
        let answer = staff.post(&page.action("Valider"), &form).await;
        assert_eq!(monde.text("SELECT statut FROM compte").await, "Actif", "{}", answer.location());
        monde.send_mails().await;
        secrets.push(monde.text("SELECT reference FROM compte").await);
        secrets.extend(["zorn", "étaillebois", "etaillebois", "quévillac", "xylographe"].map(str::to_owned));

        // Another password, after a wrong one.
        let page = again.get("/mon-compte/mot-de-passe").await;
        for actuel in ["une tout autre phrase", MOT_DE_PASSE] {
            let form = [("actuel", actuel), ("mot_de_passe", AUTRE_MOT_DE_PASSE)];
            again.post(&page.action("Changer de mot de passe"), &form).await;
        }
        secrets.extend([AUTRE_MOT_DE_PASSE.to_owned(), again.cookie("__Host-iel_session").unwrap().to_owned()]);

        // A copy of one's data, and the end of the account.
        for path in ["/mon-compte/donnees", "/mon-compte/donnees.json", "/mon-compte/donnees.csv"] {
            let copy = again.get(path).await;
            assert_eq!(copy.status, StatusCode::OK, "{path}");
        }
        let page = again.get("/mon-compte/donnees/effacer").await;
        for password in ["une tout autre phrase", AUTRE_MOT_DE_PASSE] {
            again.post(&page.action("Effacer mon compte"), &[("mot_de_passe", password)]).await;
        }
        assert_eq!(monde.number("SELECT count(*) FROM compte").await, 0);
        monde.send_mails().await;

        let text = log.text().to_lowercase();
        for secret in secrets {
            let secret = secret.to_lowercase();
            let encoded = secret.replace('@', "%40");
            assert!(!text.contains(&secret) && !text.contains(&encoded), "« {secret} » is in the log");
        }
        // The log holds the routes of the journey, so the test has looked into the right log.
        for route in ["/inscription/identite", "/activation/{token}", "/gestion/demandes/{id}/valider", "/mon-compte/donnees.json"] {
            assert!(text.contains(&format!("\"route\":\"{route}\"")), "{route}");
        }
        assert!(text.contains("\"genre\":\"activation\""), "a mail that left is told");
    }

    async fn the_incident_on_a_page_leads_to_its_request_in_the_log(monde: Monde) {
        let log = Log::of_the_run();
        let connexion = monde.activated("anne@exemple.fr").await;
        let mut navigateur = Navigateur::new(&monde);
        navigateur.sign_in(&connexion);
        let form = navigateur.get("/mot-de-passe-perdu").await.action("Recevoir un lien");
        monde.execute("ALTER TABLE session RENAME TO session_ailleurs").await;
        monde.execute("ALTER TABLE courriel RENAME TO courriel_ailleurs").await;

        // A page that reads, in a task of its own; and a form.
        let page = navigateur.get("/mon-compte").await;
        let shown = page.text();
        let incident = shown.split("(incident ").nth(1).expect("an incident is shown").split(')').next().unwrap();
        assert_incident(&log, page.headers["x-request-id"].to_str().unwrap(), incident, "/mon-compte");
        let page = navigateur.post(&form, &[("courriel", "anne@exemple.fr")]).await;
        let incident = page.location().split("incident=").nth(1).expect("an incident is told").to_owned();
        assert_incident(&log, page.headers["x-request-id"].to_str().unwrap(), &incident, "/api/");
    }
}

fn assert_incident(log: &Log, id: &str, incident: &str, route: &str) {
    let lines = log.of_request(id);
    let failed = lines.iter().find(|line| line["incident"] == incident);
    let failed = failed.unwrap_or_else(|| panic!("no line of {id} with {incident}: {lines:?}"));
    assert_eq!(failed["span"]["id"], id);
    assert_eq!(failed["level"], "ERROR");
    let answered = lines.iter().find(|line| line["message"] == "answered").expect("the request's own line");
    assert!(answered["route"].as_str().unwrap().starts_with(route), "{answered}");
    assert!(answered["status"].is_u64() && answered["ms"].is_number() && answered["method"].is_string());
}
