use app::areas::acces::{Authentification, IssueAuthentification};
use app::areas::gestion::equipe::ChangementEquipe;
use app::areas::gestion::second_facteur::{FacteurAttendu, Preuve, Renouvellement, SecondFacteur};
use app::base::appelants::{Appelants, EnAttente, Role};
use app::base::exchange::Client;
use domain::valeurs::AdresseCourriel;
use server::clock::{DAY, MINUTE, SECOND};
use server::persistence::facteurs;
use server::security::second_facteur::recovery_at_rest;

use super::equipe::administrateur;
use super::support::Monde;

const STEP: i64 = 30 * SECOND;

/// A member of the staff who has a factor, and who has just signed in again with the password only.
async fn waiting(monde: &Monde) -> EnAttente {
    monde.gestionnaire("camille@cnfpt.fr", "Camille Roux").await;
    monde.clock.advance(STEP);
    again(monde).await
}

async fn again(monde: &Monde) -> EnAttente {
    monde.waits(&monde.half_signed_in("camille@cnfpt.fr").await).await
}

async fn tried(monde: &Monde, who: &EnAttente, code: &str) -> Preuve {
    monde.backend.prove(who, code).await.unwrap()
}

fn wrong(code: &str) -> String {
    format!("{:06}", (code.parse::<u32>().unwrap() + 1) % 1_000_000)
}

/// Enrols somebody, and gives the recovery codes shown.
async fn enrolled(monde: &Monde) -> Vec<String> {
    let connexion = monde.staff_connexion("camille@cnfpt.fr", Role::Gestionnaire).await;
    let by = monde.backend.gestionnaire(&connexion).await.unwrap().unwrap();
    let codes = monde.backend.fresh_codes(&by, &connexion).await.unwrap().expect("just made");
    monde.clock.advance(STEP);
    codes
}

on_both_engines! {
    async fn a_first_code_enrols_replaces_the_connexion_and_shows_ten_codes(monde: Monde) {
        let half = monde.invited_member("camille@cnfpt.fr", Role::Gestionnaire).await;
        assert_eq!(monde.backend.gestionnaire(&half).await.unwrap(), None);
        let who = monde.waits(&half).await;
        let Some(FacteurAttendu::Enrolement(shown)) = monde.backend.asked(&who).await.unwrap() else { panic!("to enrol") };
        assert_eq!(monde.backend.asked(&who).await.unwrap(), Some(FacteurAttendu::Enrolement(shown.clone())), "a reload");
        let code = monde.code(&who).await;
        assert_eq!(tried(&monde, &who, &wrong(&code)).await, Preuve::Fausse);
        let Preuve::Prouvee { connexion, enrole: true } = tried(&monde, &who, &code).await else { panic!("proved") };
        assert_ne!(connexion.secret, half.secret);
        assert_eq!(monde.backend.pending(&half).await.unwrap(), None, "the connexion that waited is closed");
        assert_eq!(monde.backend.gestionnaire(&half).await.unwrap(), None);
        let by = monde.backend.gestionnaire(&connexion).await.unwrap().expect("in");
        let codes = monde.backend.fresh_codes(&by, &connexion).await.unwrap().expect("shown");
        assert_eq!(codes.len(), 10);
        assert_eq!(monde.backend.fresh_codes(&by, &half).await.unwrap(), None, "in this connexion only");
        // Neither the secret nor a code is in the database, by any name.
        for (table, columns) in [
            ("gestionnaire", "coalesce(facteur_id, '') || coalesce(facteur_kid, '')"),
            ("session", "token_hash || id_public || coalesce(a_montrer, '')"),
            ("code_secours", "code_hash"),
        ] {
            let stored = monde.number(&format!("SELECT count(*) FROM {table}")).await;
            for secret in [&shown.secret, &codes[0], &codes[9]] {
                let without = format!("SELECT count(*) FROM {table} WHERE {columns} NOT LIKE '%{secret}%'");
                assert_eq!(monde.number(&without).await, stored, "{table}");
            }
        }
        monde.backend.codes_kept(&by, &connexion).await.unwrap();
        assert_eq!(monde.backend.fresh_codes(&by, &connexion).await.unwrap(), None);
        assert_eq!(monde.number("SELECT count(*) FROM journal WHERE action = 'second_facteur_enrole'").await, 1);
    }

    async fn codes_are_shown_for_ten_minutes_at_most(monde: Monde) {
        let connexion = monde.staff_connexion("camille@cnfpt.fr", Role::Gestionnaire).await;
        let by = monde.backend.gestionnaire(&connexion).await.unwrap().unwrap();
        monde.clock.advance(10 * MINUTE - 1);
        assert!(monde.backend.fresh_codes(&by, &connexion).await.unwrap().is_some());
        monde.clock.advance(1);
        assert_eq!(monde.backend.fresh_codes(&by, &connexion).await.unwrap(), None);
    }

    async fn the_connexion_that_waits_ends_after_ten_minutes(monde: Monde) {
        let who = waiting(&monde).await;
        monde.clock.advance(10 * MINUTE - 1);
        assert!(monde.backend.pending(&who.connexion).await.unwrap().is_some());
        monde.clock.advance(1);
        assert_eq!(monde.backend.pending(&who.connexion).await.unwrap(), None);
        assert_eq!(tried(&monde, &who, &monde.code_of(1).await).await, Preuve::Terminee);
    }

    async fn one_step_is_forgiven_on_each_side_and_no_more(monde: Monde) {
        monde.gestionnaire("camille@cnfpt.fr", "Camille Roux").await;
        for (typed_at, read_at, accepted) in [(0, 2, false), (0, 1, true), (3, 1, false), (3, 2, true)] {
            monde.clock.advance(10 * STEP);
            let who = again(&monde).await;
            monde.clock.advance(typed_at * STEP);
            let code = monde.code_of(1).await;
            monde.clock.advance((read_at - typed_at) * STEP);
            let proved = matches!(tried(&monde, &who, &code).await, Preuve::Prouvee { enrole: false, .. });
            assert_eq!(proved, accepted, "{typed_at} {read_at}");
        }
    }

    async fn a_code_serves_once(monde: Monde) {
        let who = waiting(&monde).await;
        let code = monde.code_of(1).await;
        assert!(matches!(tried(&monde, &who, &code).await, Preuve::Prouvee { .. }));
        let other = again(&monde).await;
        assert_eq!(tried(&monde, &other, &code).await, Preuve::Fausse);
        // The code of the step before does not serve either, although the telephone showed it a moment ago.
        monde.clock.advance(-STEP);
        let before = monde.code_of(1).await;
        monde.clock.advance(STEP);
        assert_eq!(tried(&monde, &other, &before).await, Preuve::Fausse);
        monde.clock.advance(STEP);
        assert!(matches!(tried(&monde, &other, &monde.code_of(1).await).await, Preuve::Prouvee { .. }));
    }

    async fn of_two_who_send_the_same_code_at_once_one_comes_in(monde: Monde) {
        let (one, other) = (waiting(&monde).await, again(&monde).await);
        let code = monde.code_of(1).await;
        let (one, other) = tokio::join!(monde.backend.prove(&one, &code), monde.backend.prove(&other, &code));
        let proved = [one, other].into_iter().filter(|proof| matches!(proof, Ok(Preuve::Prouvee { .. }))).count();
        assert_eq!(proved, 1);
    }

    async fn of_two_who_enrol_at_once_one_does(monde: Monde) {
        let one = monde.waits(&monde.invited_member("camille@cnfpt.fr", Role::Gestionnaire).await).await;
        let other = again(&monde).await;
        let (FacteurAttendu::Enrolement(a), FacteurAttendu::Enrolement(b)) =
            (monde.backend.asked(&one).await.unwrap().unwrap(), monde.backend.asked(&other).await.unwrap().unwrap())
        else {
            panic!("both to enrol")
        };
        assert_ne!(a.secret, b.secret, "what one connexion has shown, no other enrols");
        let (code, code_b) = (monde.code(&one).await, monde.code(&other).await);
        let (one, other) = tokio::join!(monde.backend.prove(&one, &code), monde.backend.prove(&other, &code_b));
        let proved = [one, other].into_iter().filter(|proof| matches!(proof, Ok(Preuve::Prouvee { .. }))).count();
        assert_eq!(proved, 1);
        assert_eq!(monde.number("SELECT count(*) FROM code_secours").await, 10);
    }

    async fn a_factor_is_enrolled_once_and_not_by_who_was_disabled(monde: Monde) {
        monde.invited_member("camille@cnfpt.fr", Role::Gestionnaire).await;
        let db = monde.backend.db().connection();
        monde.execute("UPDATE gestionnaire SET desactive_le = 1").await;
        assert!(!facteurs::enrol(db, 1, "un", "kid", 1, 0).await.unwrap());
        monde.execute("UPDATE gestionnaire SET desactive_le = NULL").await;
        assert!(facteurs::enrol(db, 1, "un", "kid", 1, 0).await.unwrap());
        assert!(!facteurs::enrol(db, 1, "deux", "kid", 2, 0).await.unwrap());
        assert!(!facteurs::accept_step(db, 1, "deux", 2, 0).await.unwrap(), "another factor’s");
        assert_eq!(monde.text("SELECT facteur_id FROM gestionnaire").await, "un");
    }

    async fn a_crowd_of_wrong_codes_has_five_tries_then_waits(monde: Monde) {
        let who = waiting(&monde).await;
        let code = wrong(&monde.code_of(1).await);
        let crowd = (0..60).map(|_| {
            let (backend, who, code) = (monde.backend.clone(), who.clone(), code.clone());
            tokio::spawn(async move { backend.prove(&who, &code).await.unwrap() })
        });
        let answers: Vec<_> = futures::future::join_all(crowd).await.into_iter().map(Result::unwrap).collect();
        assert_eq!(answers.iter().filter(|answer| **answer == Preuve::Fausse).count(), 5);
        assert_eq!(answers.iter().filter(|answer| **answer == Preuve::Retardee { minutes: 1 }).count(), 55);
        assert_eq!(monde.number("SELECT n FROM compteur WHERE cle = 'code:1'").await, 5);
        assert_eq!(tried(&monde, &who, &monde.code_of(1).await).await, Preuve::Retardee { minutes: 1 });
        for minutes in [1, 2, 4, 8, 15, 15, 15] {
            monde.clock.advance(minutes * MINUTE - 1);
            let who = again(&monde).await;
            assert_eq!(tried(&monde, &who, &monde.code_of(1).await).await, Preuve::Retardee { minutes: 1 });
            monde.clock.advance(1);
            assert_eq!(tried(&monde, &who, &wrong(&monde.code_of(1).await)).await, Preuve::Fausse, "{minutes}");
        }
        monde.clock.advance(15 * MINUTE);
        let who = again(&monde).await;
        assert!(matches!(tried(&monde, &who, &monde.code_of(1).await).await, Preuve::Prouvee { .. }));
        assert_eq!(monde.number("SELECT count(*) FROM compteur WHERE cle LIKE 'code:%'").await, 0, "forgotten");
    }

    async fn a_clock_set_back_ten_years_delays_no_longer(monde: Monde) {
        let who = waiting(&monde).await;
        for _ in 0..5 {
            tried(&monde, &who, "000000").await;
        }
        monde.clock.advance(-3_650 * DAY);
        let who = again(&monde).await;
        assert_eq!(tried(&monde, &who, &wrong(&monde.code_of(1).await)).await, Preuve::Fausse);
        assert_eq!(tried(&monde, &who, "000000").await, Preuve::Retardee { minutes: 2 });
    }

    async fn a_recovery_code_serves_once_during_a_delay_and_sends_mail(monde: Monde) {
        let codes = enrolled(&monde).await;
        let who = again(&monde).await;
        for _ in 0..5 {
            tried(&monde, &who, "000000").await;
        }
        assert!(matches!(tried(&monde, &who, "000000").await, Preuve::Retardee { .. }));
        let typed = codes[3].to_lowercase().replace('-', " ");
        let other = again(&monde).await;
        let (one, two) = tokio::join!(
            monde.backend.recover(&monde.client, &who, &typed),
            monde.backend.recover(&monde.client, &other, &typed),
        );
        let (one, two) = (one.unwrap(), two.unwrap());
        let proofs = [&one, &two].map(|proof| matches!(proof, Preuve::Prouvee { enrole: false, .. }));
        assert!(proofs[0] != proofs[1], "{one:?} {two:?}");
        let connexion = [one, two].into_iter().find_map(|proof| match proof {
            Preuve::Prouvee { connexion, .. } => Some(connexion),
            _ => None,
        });
        let connexion = connexion.unwrap();
        let by = monde.backend.gestionnaire(&connexion).await.unwrap().expect("in");
        assert_eq!(monde.backend.codes_left(&by).await.unwrap(), 9);
        assert_eq!(monde.number("SELECT count(*) FROM journal WHERE action = 'code_secours_utilise'").await, 1);
        monde.send_mails().await;
        assert!(monde.boite.about("camille@cnfpt.fr", "code").text.contains("Il vous en reste 9."));
        // Wrong recovery codes are counted by network: the person still comes in from elsewhere.
        let who = again(&monde).await;
        for _ in 0..5 {
            let again = monde.backend.recover(&monde.client, &who, &typed).await.unwrap();
            assert!(!matches!(again, Preuve::Prouvee { .. }), "it has served");
        }
        let here = monde.backend.recover(&monde.client, &who, &codes[4]).await.unwrap();
        assert_eq!(here, Preuve::Retardee { minutes: 1 });
        let elsewhere = Client("198.51.100.7".to_owned());
        let there = monde.backend.recover(&elsewhere, &who, &codes[4]).await.unwrap();
        assert!(matches!(there, Preuve::Prouvee { .. }));
    }

    async fn nobody_recovers_with_anothers_code(monde: Monde) {
        let codes = enrolled(&monde).await;
        monde.gestionnaire("bob@cnfpt.fr", "Bob").await;
        let bob = monde.waits(&monde.half_signed_in("bob@cnfpt.fr").await).await;
        assert_eq!(monde.backend.recover(&monde.client, &bob, &codes[0]).await.unwrap(), Preuve::Fausse);
        assert_eq!(monde.number("SELECT count(*) FROM code_secours WHERE utilise_le IS NOT NULL").await, 0);
    }

    async fn codes_are_renewed_with_a_code_of_the_moment(monde: Monde) {
        let connexion = monde.staff_connexion("camille@cnfpt.fr", Role::Gestionnaire).await;
        let by = monde.backend.gestionnaire(&connexion).await.unwrap().unwrap();
        let before = monde.backend.fresh_codes(&by, &connexion).await.unwrap().unwrap();
        let used = monde.code_of(1).await;
        assert_eq!(monde.backend.renew_codes(&by, &connexion, &used).await.unwrap(), Renouvellement::Fausse);
        monde.clock.advance(STEP);
        let code = monde.code_of(1).await;
        assert_eq!(monde.backend.renew_codes(&by, &connexion, &code).await.unwrap(), Renouvellement::Fait);
        let after = monde.backend.fresh_codes(&by, &connexion).await.unwrap().unwrap();
        assert_ne!(before, after);
        assert_eq!(monde.backend.codes_left(&by).await.unwrap(), 10);
        let who = again(&monde).await;
        assert_eq!(monde.backend.recover(&monde.client, &who, &before[0]).await.unwrap(), Preuve::Fausse);
        assert!(matches!(monde.backend.recover(&monde.client, &who, &after[0]).await.unwrap(), Preuve::Prouvee { .. }));
        for _ in 0..5 {
            monde.backend.renew_codes(&by, &connexion, "000000").await.unwrap();
        }
        let delayed = monde.backend.renew_codes(&by, &connexion, "000000").await.unwrap();
        assert_eq!(delayed, Renouvellement::Retardee { minutes: 1 });
    }

    async fn a_code_of_eighty_bits_given_before_still_lets_in_once(monde: Monde) {
        enrolled(&monde).await;
        let former = "ABCD-EFGH-IJKL-MNOP";
        facteurs::set_codes(monde.backend.db().connection(), 1, [recovery_at_rest(former)]).await.unwrap();
        let who = again(&monde).await;
        let typed = "abcd efgh ijkl mnop";
        let recovered = monde.backend.recover(&monde.client, &who, typed).await.unwrap();
        assert!(matches!(recovered, Preuve::Prouvee { .. }), "{recovered:?}");
        assert_eq!(monde.backend.recover(&monde.client, &again(&monde).await, typed).await.unwrap(), Preuve::Fausse);
    }

    async fn a_factor_taken_away_ends_connexions_and_the_next_login_enrols(monde: Monde) {
        let ada = administrateur(&monde, "ada@cnfpt.fr", "Ada").await;
        let connexion = monde.staff_connexion("bob@cnfpt.fr", Role::Gestionnaire).await;
        let half = monde.half_signed_in("bob@cnfpt.fr").await;
        assert_eq!(monde.backend.reset_factor(&ada, ada.id).await.unwrap(), ChangementEquipe::SansObjet, "one’s own");
        assert_eq!(monde.backend.reset_factor(&ada, 99).await.unwrap(), ChangementEquipe::SansObjet);
        assert_eq!(monde.backend.reset_factor(&ada, 2).await.unwrap(), ChangementEquipe::Fait);
        assert_eq!(monde.backend.reset_factor(&ada, 2).await.unwrap(), ChangementEquipe::SansObjet);
        assert_eq!(monde.backend.gestionnaire(&connexion).await.unwrap(), None);
        assert_eq!(monde.backend.pending(&half).await.unwrap(), None);
        assert_eq!(monde.number("SELECT count(*) FROM code_secours WHERE gestionnaire_id = 2").await, 0);
        monde.send_mails().await;
        monde.boite.about("bob@cnfpt.fr", "réinitialisé");
        let noted = "SELECT champs FROM journal WHERE action = 'second_facteur_reinitialise'";
        assert_eq!(monde.text(noted).await, "second_facteur gestionnaire:2");
        let half = monde.half_signed_in("bob@cnfpt.fr").await;
        let asked = monde.backend.asked(&monde.waits(&half).await).await.unwrap().unwrap();
        assert!(matches!(asked, FacteurAttendu::Enrolement(_)));
        monde.through(&half).await;
        // The command line does the same.
        let bob = AdresseCourriel::parse("bob@cnfpt.fr").unwrap();
        assert!(monde.backend.reset_second_factor(&bob).await.unwrap());
        assert!(!monde.backend.reset_second_factor(&bob).await.unwrap());
        assert!(!monde.backend.reset_second_factor(&AdresseCourriel::parse("zoe@cnfpt.fr").unwrap()).await.unwrap());
        let by = "SELECT count(*) FROM journal WHERE acteur = 'ligne-de-commande' AND action = 'second_facteur_reinitialise'";
        assert_eq!(monde.number(by).await, 1);
    }

    async fn a_factor_of_another_key_lets_nobody_in_but_by_recovery(monde: Monde) {
        let codes = enrolled(&monde).await;
        assert_eq!(monde.backend.factors_of_another_key().await.unwrap(), 0);
        monde.execute("UPDATE gestionnaire SET facteur_kid = '00000000'").await;
        assert_eq!(monde.backend.factors_of_another_key().await.unwrap(), 1);
        let who = again(&monde).await;
        assert_eq!(monde.backend.asked(&who).await.unwrap(), Some(FacteurAttendu::CleRemplacee));
        assert_eq!(tried(&monde, &who, &monde.code_of(1).await).await, Preuve::Fausse);
        let recovered = monde.backend.recover(&monde.client, &who, &codes[0]).await.unwrap();
        assert!(matches!(recovered, Preuve::Prouvee { .. }));
    }

    async fn a_new_password_by_invitation_keeps_the_factor(monde: Monde) {
        monde.gestionnaire("camille@cnfpt.fr", "Camille Roux").await;
        monde.send_mails().await;
        let told = monde.boite.to("camille@cnfpt.fr").len();
        let login = async || {
            monde.backend.staff_login(&monde.client, "camille@cnfpt.fr", "faux faux faux faux").await.unwrap()
        };
        for _ in 0..5 {
            assert_eq!(login().await, IssueAuthentification::Refusee);
        }
        assert!(matches!(login().await, IssueAuthentification::Retardee { .. }));
        let half = monde.invited_member("camille@cnfpt.fr", Role::Gestionnaire).await;
        let asked = monde.backend.asked(&monde.waits(&half).await).await.unwrap().unwrap();
        assert_eq!(asked, FacteurAttendu::Code);
        monde.send_mails().await;
        assert_eq!(monde.boite.to("camille@cnfpt.fr").len(), told + 1);
        monde.boite.about("camille@cnfpt.fr", "Votre mot de passe a changé");
        assert_eq!(login().await, IssueAuthentification::Refusee, "the delay is over");
    }

    async fn a_mail_tells_factor_changes_and_a_login_tells_wrong_codes(monde: Monde) {
        let half = monde.invited_member("camille@cnfpt.fr", Role::Gestionnaire).await;
        let connexion = monde.through(&half).await;
        monde.send_mails().await;
        monde.boite.about("camille@cnfpt.fr", "Votre second facteur est enregistré");
        let by = monde.backend.gestionnaire(&connexion).await.unwrap().unwrap();
        monde.clock.advance(STEP);
        let code = monde.code_of(by.id).await;
        let renewed = monde.backend.renew_codes(&by, &connexion, &wrong(&code)).await.unwrap();
        assert_eq!(renewed, Renouvellement::Fausse);
        assert_eq!(monde.number("SELECT n FROM essai").await, 1);
        assert_eq!(monde.backend.renew_codes(&by, &connexion, &code).await.unwrap(), Renouvellement::Fait);
        monde.send_mails().await;
        monde.boite.about("camille@cnfpt.fr", "Vos codes de secours sont renouvelés");
    }

    async fn a_connexion_that_ended_between_two_looks_shows_nothing(monde: Monde) {
        let half = monde.invited_member("camille@cnfpt.fr", Role::Gestionnaire).await;
        let who = monde.waits(&half).await;
        monde.execute("DELETE FROM session").await;
        assert_eq!(monde.backend.asked(&who).await.unwrap(), None);
    }

    async fn who_is_disabled_while_they_look_for_the_code_stays_out(monde: Monde) {
        let who = waiting(&monde).await;
        monde.execute("UPDATE gestionnaire SET desactive_le = 1").await;
        assert_eq!(tried(&monde, &who, &monde.code_of(1).await).await, Preuve::Fausse);
    }
}
