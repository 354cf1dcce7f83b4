//! How long each kind of data is kept, on a clock that moves a day a round and on one that jumps.

use app::areas::acces::{Authentification, Espace, Invitations, IssueAuthentification};
use app::areas::gestion::dossiers::{Decision, Decisions};
use app::areas::gestion::equipe::{ChangementEquipe, Equipe};
use app::areas::gestion::journal::{FiltreJournal, Journaux};
use app::areas::gestion::statistiques::Mesures;
use app::areas::inscription::Brouillons;
use app::base::appelants::{Gestionnaire, Role};
use app::base::exchange::Client;
use domain::Cas;
use domain::compte::Statut;
use domain::correction::Remarque;
use server::clock::{Clock, DAY, HOUR};
use server::jobs::purge;
use server::mail::SendError;

use super::equipe::administrateur;
use super::support::Monde;
use crate::support::donnees::MOT_DE_PASSE;

const WARNED: &str = "SELECT count(*) FROM courriel WHERE genre = 'inactivite'";
const ACCOUNTS: &str = "SELECT count(*) FROM compte";

impl Monde {
    /// Lets the service live for so many days, with a round of jobs each day.
    async fn live(&self, days: i64) {
        for _ in 0..days {
            self.clock.advance(DAY);
            purge::once(&self.backend).await.unwrap();
            self.send_mails().await;
        }
    }

    /// Lets a long time pass with few rounds: the work of the jobs is done a season later.
    async fn sleep(&self, days: i64) {
        for step in std::iter::repeat_n(80, usize::try_from(days / 80).unwrap()).chain([days % 80]) {
            self.passes(step * DAY).await;
            purge::once(&self.backend).await.unwrap();
            self.send_mails().await;
        }
    }

    async fn actif(&self, by: &Gestionnaire, id: i64, courriel: &str) {
        self.activated(courriel).await;
        let version = self.version(by, id).await;
        assert_eq!(self.backend.validate(by, id, version).await.unwrap(), Decision::Prise);
        self.send_mails().await;
    }

    async fn log_in(&self, courriel: &str) {
        let client = Client(format!("net of {courriel}"));
        let login = self.backend.login(&client, Espace::Agent, courriel, MOT_DE_PASSE).await.unwrap();
        assert!(matches!(login, IssueAuthentification::Ouverte { .. }), "{login:?}");
    }

    fn mails_about(&self, courriel: &str, words: &str) -> usize {
        self.boite.to(courriel).iter().filter(|mail| mail.subject.contains(words)).count()
    }
}

/// 15 June 2026 + 23 months = 15 May 2028, so many days later.
const MONTHS_23: i64 = 700;
/// 15 June 2028.
const MONTHS_24: i64 = 731;

on_both_engines! {
    async fn one_start_with_a_clock_that_is_wrong_ends_and_erases_nothing(monde: Monde) {
        let camille = monde.gestionnaire("camille@cnfpt.fr", "Camille Roux").await;
        for days in [2, 10, 75, 89, 200, 3_650] {
            monde.live(5).await;
            let courriel = |what: &str| format!("{what}{days}@exemple.fr");
            monde.draft(&courriel("brouillon")).await;
            monde.submit(&courriel("attente")).await;
            monde.activated(&courriel("corrige")).await;
            let id = monde.list(&camille, &courriel("corrige")).await[0].id;
            let remarque = Remarque { etape: domain::Etape::Identite, champ: "nom".to_owned(), texte: "?".to_owned() };
            let version = monde.version(&camille, id).await;
            monde.backend.request_corrections(&camille, id, version, &[remarque], "").await.unwrap();
            let state = "SELECT string_agg(statut, ' ') FROM (SELECT statut FROM compte ORDER BY id) AS tout";
            let kept = async || {
                let drafts = monde.number("SELECT count(*) FROM brouillon WHERE compte_id IS NULL").await;
                (monde.text(state).await, drafts, monde.number("SELECT count(*) FROM identifiant").await)
            };
            monde.send_mails().await;
            let before = kept().await;
            monde.clock.advance(days * DAY);
            for _ in 0..6 {
                purge::once(&monde.backend).await.unwrap();
                monde.clock.advance(10 * HOUR / 60);
            }
            monde.clock.advance(-days * DAY - HOUR);
            purge::once(&monde.backend).await.unwrap();
            assert_eq!(kept().await, before, "{days} days ahead");
            monde.execute("DELETE FROM brouillon").await;
            monde.execute("DELETE FROM compte").await;
        }
    }

    async fn the_name_of_a_disabled_member_is_erased_after_a_year(monde: Monde) {
        let camille = monde.gestionnaire("camille@cnfpt.fr", "Camille Roux").await;
        let ada = administrateur(&monde, "ada@cnfpt.fr", "Ada").await;
        monde.actif(&camille, 1, "anne@exemple.fr").await;
        let (rh, _) = monde.service_formation("rh@toulouse.example", "COMMUNE:31555").await;
        monde.present(&rh, "agent@exemple.fr", &[]).await;
        monde.backend.invite_member(&ada, Role::Gestionnaire, "jamais@cnfpt.fr").await.unwrap();
        monde.invited_service("jamais@grenoble.example", "COMMUNE:38185").await;
        monde.backend.disable(&ada, camille.id).await.unwrap();
        monde.backend.disable_service_formation(&ada, rh.id).await.unwrap();
        monde.send_mails().await;
        let decided = "SELECT count(*) FROM journal WHERE acteur = 'gestionnaire:1'";
        let before = monde.number(decided).await;
        assert!(before > 0);
        monde.sleep(365).await;
        assert_eq!(monde.number("SELECT count(*) FROM gestionnaire WHERE nom = 'Camille Roux'").await, 1);
        monde.live(1).await;
        for gone in ["Camille", "camille@", "rh@toulouse", "jamais@"] {
            assert_eq!(monde.found(gone).await, Vec::<String>::new(), "{gone}");
        }
        assert_eq!(monde.number(decided).await, before);
        let log = monde.dossier(&ada, 1).await.historique;
        assert!(log.iter().any(|line| line.par == "Ancien membre"), "{log:?}");
        let team = monde.backend.members(&ada).await.unwrap();
        assert_eq!(team.iter().map(|membre| membre.courriel.as_str()).collect::<Vec<_>>(), ["ada@cnfpt.fr"]);
        assert!(monde.backend.services_formation(&ada).await.unwrap().is_empty());
        assert_eq!(monde.backend.enable(&ada, camille.id).await.unwrap(), ChangementEquipe::SansObjet);
        let journal = monde.backend.journal_page(&ada, &FiltreJournal::default()).await.unwrap();
        let camilles = ("gestionnaire:1".to_owned(), "ancien membre n°\u{a0}1".to_owned());
        assert!(journal.acteurs.contains(&camilles), "{:?}", journal.acteurs);
        assert_eq!(monde.number("SELECT count(*) FROM journal WHERE action = 'purge_acces'").await, 4);
        monde.live(1).await;
        assert_eq!(monde.number("SELECT count(*) FROM journal WHERE action = 'purge_acces'").await, 4);
        // The address may join again, as another member.
        monde.gestionnaire("camille@cnfpt.fr", "Camille Roux").await;
    }

    async fn an_unused_account_is_warned_at_23_months_and_erased_at_24(monde: Monde) {
        let camille = monde.gestionnaire("camille@cnfpt.fr", "Camille Roux").await;
        monde.actif(&camille, 1, "anne@exemple.fr").await;
        monde.sleep(MONTHS_23 - 1).await;
        assert_eq!((monde.number(WARNED).await, monde.number(ACCOUNTS).await), (0, 1));
        monde.clock.advance(DAY);
        // Two servers at once warn once.
        let (one, two) = tokio::join!(purge::once(&monde.backend), purge::once(&monde.backend));
        one.and(two).unwrap();
        monde.send_mails().await;
        let warning = monde.boite.about("anne@exemple.fr", "va être effacé");
        assert!(warning.text.contains("à partir du 15\u{a0}juin 2028"), "{}", warning.text);
        assert_eq!(monde.text("SELECT acteur FROM journal WHERE action = 'avertissement'").await, "systeme");

        monde.live(MONTHS_24 - MONTHS_23 - 1).await;
        assert_eq!((monde.number(WARNED).await, monde.number(ACCOUNTS).await), (1, 1));
        let before = monde.backend.statistics(&camille).await.unwrap();
        monde.live(1).await;
        let (one, two) = tokio::join!(purge::once(&monde.backend), purge::once(&monde.backend));
        one.and(two).unwrap();
        assert_eq!(monde.number(ACCOUNTS).await, 0);
        assert_eq!(monde.mails_about("anne@exemple.fr", "est effacé"), 1);
        assert_eq!(monde.number("SELECT count(*) FROM journal WHERE action = 'anonymisation'").await, 1);
        let after = monde.backend.statistics(&camille).await.unwrap();
        assert_eq!(after.collectivites, before.collectivites);
        assert_eq!(after.collectivites.first().map(|(_, n)| *n), Some(1));
        for typed in ["anne@exemple.fr", "Zorn", "zorn", "Quévillac", "Philomène", "07/03/1980", "612345678", "Filatiers", "finances"] {
            assert_eq!(monde.found(typed).await, Vec::<String>::new(), "{typed}");
        }
        // The address is free: a new account, with an id of its own.
        monde.activated("anne@exemple.fr").await;
        assert!(monde.number("SELECT id FROM compte").await > 1);
    }

    async fn a_login_in_between_begins_the_24_months_again(monde: Monde) {
        let camille = monde.gestionnaire("camille@cnfpt.fr", "Camille Roux").await;
        monde.actif(&camille, 1, "anne@exemple.fr").await;
        monde.sleep(MONTHS_23).await;
        monde.live(20).await;
        assert_eq!(monde.mails_about("anne@exemple.fr", "va être effacé"), 1);
        monde.log_in("anne@exemple.fr").await;
        monde.live(60).await;
        assert_eq!((monde.number(ACCOUNTS).await, monde.mails_about("anne@exemple.fr", "va être effacé")), (1, 1));
        monde.sleep(MONTHS_23 - 70).await;
        assert_eq!(monde.mails_about("anne@exemple.fr", "va être effacé"), 1);
        monde.live(11).await;
        assert_eq!(monde.mails_about("anne@exemple.fr", "va être effacé"), 2, "a new 23 months, a new warning");
    }

    async fn a_warning_that_never_left_ends_nothing(monde: Monde) {
        let camille = monde.gestionnaire("camille@cnfpt.fr", "Camille Roux").await;
        monde.actif(&camille, 1, "anne@exemple.fr").await;
        monde.boite.fail_next(std::iter::repeat_with(|| SendError::Recipient("no such mailbox".to_owned())).take(1));
        monde.sleep(MONTHS_23).await;
        monde.live(90).await;
        assert_eq!((monde.number(WARNED).await, monde.number(ACCOUNTS).await), (1, 1));
        // A gestionnaire sends the warning again: the notice runs from then.
        monde.execute("UPDATE courriel SET etat = 'queued', cree_le = prochain_essai_le WHERE genre = 'inactivite'").await;
        monde.live(30).await;
        assert_eq!(monde.number(ACCOUNTS).await, 1);
        monde.live(2).await;
        assert_eq!(monde.number(ACCOUNTS).await, 0);
    }

    async fn a_clock_that_jumps_ten_years_and_back_erases_nobody(monde: Monde) {
        let camille = monde.gestionnaire("camille@cnfpt.fr", "Camille Roux").await;
        monde.actif(&camille, 1, "anne@exemple.fr").await;
        monde.sleep(MONTHS_23).await;
        // Anne is warned; Brahim has just come.
        monde.actif(&camille, 2, "brahim@exemple.fr").await;
        monde.submitted("attente@exemple.fr").await;
        assert_eq!(monde.mails_about("anne@exemple.fr", "va être effacé"), 1);
        monde.live(1).await;
        monde.backend.start(&Client("net".to_owned()), None, Cas::Personnel).await.unwrap();
        let years = 3_650 * DAY;
        monde.clock.advance(years);
        for _ in 0..20 {
            purge::once(&monde.backend).await.unwrap();
            monde.send_mails().await;
            monde.clock.advance(HOUR);
        }
        assert_eq!((monde.number(ACCOUNTS).await, monde.number(WARNED).await), (3, 1));
        monde.clock.advance(-years - 20 * HOUR);
        purge::once(&monde.backend).await.unwrap();
        assert_eq!(monde.number("SELECT count(*) FROM brouillon WHERE compte_id IS NULL").await, 1, "a draft outlives it too");
        // Anne's notice only counts the days that were lived.
        monde.live(20).await;
        assert_eq!(monde.number("SELECT count(*) FROM compte WHERE statut = 'Actif'").await, 2);
        monde.live(11).await;
        assert_eq!(monde.text("SELECT min(courriel) FROM compte WHERE statut = 'Actif'").await, "brahim@exemple.fr");
        assert_eq!(monde.number(WARNED).await, 0, "Anne's went with her");
    }

    async fn a_clock_that_jumps_ahead_eighty_days_shortens_no_notice(monde: Monde) {
        let camille = monde.gestionnaire("camille@cnfpt.fr", "Camille Roux").await;
        monde.actif(&camille, 1, "anne@exemple.fr").await;
        monde.sleep(MONTHS_23).await;
        monde.live(1).await;
        assert_eq!(monde.mails_about("anne@exemple.fr", "va être effacé"), 1);
        // The clock alone says that the month is over.
        monde.clock.advance(80 * DAY);
        purge::once(&monde.backend).await.unwrap();
        assert_eq!(monde.number(ACCOUNTS).await, 1);
        monde.live(28).await;
        assert_eq!(monde.number(ACCOUNTS).await, 1);
        monde.live(1).await;
        assert_eq!(monde.number(ACCOUNTS).await, 0);
    }

    async fn a_clock_that_stays_ahead_gives_everyone_a_month_that_was_lived(monde: Monde) {
        let camille = monde.gestionnaire("camille@cnfpt.fr", "Camille Roux").await;
        monde.actif(&camille, 1, "anne@exemple.fr").await;
        monde.live(1).await;
        monde.clock.advance(3_650 * DAY);
        monde.live(2).await;
        assert_eq!(monde.number(WARNED).await, 0);
        monde.live(3).await;
        assert_eq!((monde.number(WARNED).await, monde.number(ACCOUNTS).await), (1, 1));
        // The clock jumps again and again, and the notice stands still.
        for _ in 0..10 {
            monde.clock.advance(3_650 * DAY);
            purge::once(&monde.backend).await.unwrap();
            monde.send_mails().await;
        }
        assert_eq!(monde.number(ACCOUNTS).await, 1);
        // Once the clock is back, the warning that it dated in the future counts for none.
        monde.clock.advance(-11 * 3_650 * DAY);
        monde.live(60).await;
        assert_eq!(monde.number(ACCOUNTS).await, 1);
        assert_eq!(monde.mails_about("anne@exemple.fr", "va être effacé"), 1);
        monde.sleep(MONTHS_23 - 60).await;
        assert_eq!(monde.mails_about("anne@exemple.fr", "va être effacé"), 2);
        monde.live(25).await;
        assert_eq!(monde.number(ACCOUNTS).await, 1);
    }

    async fn a_refusal_is_erased_after_six_months_and_counts_on(monde: Monde) {
        let camille = monde.gestionnaire("camille@cnfpt.fr", "Camille Roux").await;
        monde.activated("anne@exemple.fr").await;
        let motif = monde.number("SELECT min(id) FROM motif").await;
        let version = monde.version(&camille, 1).await;
        let refused = monde.backend.refuse(&camille, 1, version, Some(motif), "Un mot-de-gestionnaire.").await.unwrap();
        assert_eq!(refused, Decision::Prise);
        // 15 June + 6 months = 15 December: 183 days.
        monde.sleep(120).await;
        let before = monde.backend.statistics(&camille).await.unwrap();
        monde.sleep(62).await;
        assert_eq!(monde.text("SELECT statut FROM compte").await, Statut::Refuse.code());
        monde.live(1).await;
        assert_eq!(monde.number(ACCOUNTS).await, 0);
        assert_eq!(monde.number("SELECT count(*) FROM identifiant").await, 0);
        let line = "SELECT acteur || ' ' || compte_id FROM journal WHERE action = 'purge'";
        assert_eq!(monde.text(line).await, "systeme 1");
        let after = monde.backend.statistics(&camille).await.unwrap();
        assert_eq!(after.collectivites, before.collectivites);
        for typed in ["anne@exemple.fr", "Zorn", "mot-de-gestionnaire"] {
            assert_eq!(monde.found(typed).await, Vec::<String>::new(), "{typed}");
        }
    }

    async fn the_delays_and_motives_of_who_is_gone_count_on(monde: Monde) {
        let camille = monde.gestionnaire("camille@cnfpt.fr", "Camille Roux").await;
        monde.activated("anne@exemple.fr").await;
        monde.passes(2 * DAY).await;
        let motif = monde.number("SELECT min(id) FROM motif").await;
        let version = monde.version(&camille, 1).await;
        monde.backend.refuse(&camille, 1, version, Some(motif), "").await.unwrap();
        let before = monde.backend.statistics(&camille).await.unwrap();
        assert_eq!((before.decidees, before.mediane, before.motifs.len()), (1, Some(2 * DAY), 1));
        // Erases the accounts at once, because the figures look at 90 days only.
        monde.execute("UPDATE compte SET statut = 'Retiree', statut_depuis = statut_depuis - 2592000000").await;
        purge::once(&monde.backend).await.unwrap();
        assert_eq!(monde.number(ACCOUNTS).await, 0);
        let after = monde.backend.statistics(&camille).await.unwrap();
        assert_eq!((after.decidees, after.mediane, after.motifs), (before.decidees, before.mediane, before.motifs));
    }

    async fn a_purge_erases_many_rows_in_pieces_with_one_journal_line(monde: Monde) {
        let now = monde.clock_now();
        let many = "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 1200)";
        monde
            .execute(&format!(
                "INSERT INTO brouillon (cle_hash, cas, contenu, cree_le, modifie_le) {many} \
                 SELECT 'cle' || i, 'personnel', '{{}}', {now}, {now} FROM n"
            ))
            .await;
        monde
            .execute(&format!(
                "INSERT INTO compteur (cle, debut, n) {many} SELECT 'cle' || i, {now}, 1 FROM n"
            ))
            .await;
        monde.live(10).await;
        assert_eq!(monde.number("SELECT count(*) FROM brouillon").await, 0);
        assert_eq!(monde.number("SELECT count(*) FROM compteur WHERE cle LIKE 'cle%'").await, 0);
        assert_eq!(monde.number("SELECT count(*) FROM journal WHERE action = 'purge_brouillons'").await, 1);
    }

    async fn what_ends_is_journaled_once_by_two_servers(monde: Monde) {
        for at in 0..4 {
            monde.submitted(&format!("a{at}@exemple.fr")).await;
        }
        monde.backend.start(&Client("net".to_owned()), None, Cas::Personnel).await.unwrap();
        monde.sleep(8).await;
        assert_eq!(monde.number("SELECT count(*) FROM journal WHERE action = 'purge_brouillons'").await, 1);
        monde.passes(30 * DAY).await;
        let servers = (0..4).map(|_| {
            let backend = monde.backend.clone();
            tokio::spawn(async move { purge::once(&backend).await.unwrap() })
        });
        for server in futures::future::join_all(servers).await {
            server.unwrap();
        }
        assert_eq!(monde.number(ACCOUNTS).await, 0);
        assert_eq!(monde.number("SELECT count(*) FROM journal WHERE action = 'purge'").await, 4);
        assert!(monde.number("SELECT max(le) FROM journal").await <= monde.clock.now());
    }
}
