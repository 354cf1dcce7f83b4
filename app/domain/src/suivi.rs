//! The state of a request in words: the steps done, the step to come, the person who acts.

use serde::{Deserialize, Serialize};

use super::Reference;
use super::compte::Statut;
use super::courriel::CourrielSuivi;
use super::instant::Millis;

/// The content of a request's follow-up. Nothing in it says who the person is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Suivi {
    pub reference: Reference,
    pub statut: Statut,
    /// The last change of state.
    pub depuis: Millis,
    pub envoyee_le: Millis,
    pub activee_le: Option<Millis>,
    /// Oldest first.
    pub corrections: Vec<Aller>,
    pub decidee_le: Option<Millis>,
    /// The mails to the person, newest first.
    pub courriels: Vec<CourrielSuivi>,
    /// How long decisions took of late; shown while one is awaited.
    pub delais: Option<DelaisUsuels>,
}

/// A correction asked for, and sent back.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Aller {
    /// Whether nobody asked for it: the agent checks what their service formation typed.
    pub relecture: bool,
    pub demandee_le: Millis,
    pub renvoyee_le: Option<Millis>,
}

/// The delays from the activation to the decision over the last 90 days, without the time that corrections took.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DelaisUsuels {
    /// Half of the requests were decided within this, in milliseconds.
    pub p50: Millis,
    /// Nine in ten requests were decided within this.
    pub p90: Millis,
}

/// With fewer decisions, the delay would tell more about those persons than about the service.
pub const DECISIONS_MIN: usize = 20;

impl DelaisUsuels {
    /// Makes the delays from the length of each decision, in any order. `None` under [`DECISIONS_MIN`].
    pub fn of(mut lengths: Vec<Millis>) -> Option<Self> {
        if lengths.len() < DECISIONS_MIN {
            return None;
        }
        lengths.sort_unstable();
        // Nearest rank: the smallest length that at least so many are not longer than.
        let rank = |percent: usize| lengths[(lengths.len() * percent).div_ceil(100) - 1].max(0);
        Some(Self { p50: rank(50), p90: rank(90) })
    }
}

/// A step of the follow-up.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Jalon {
    pub quoi: &'static str,
    /// `None`: still to come.
    pub le: Option<Millis>,
}

impl Suivi {
    /// The steps done, oldest first, then the steps still to come.
    pub fn jalons(&self) -> Vec<Jalon> {
        let done = |quoi, le| Jalon { quoi, le: Some(le) };
        let to_come = |quoi| Jalon { quoi, le: None };
        let mut jalons = vec![done("Demande envoyée", self.envoyee_le)];
        jalons.extend(self.activee_le.map(|at| done("Adresse confirmée, mot de passe choisi", at)));
        for Aller { relecture, demandee_le, renvoyee_le } in &self.corrections {
            if *relecture {
                jalons.extend(renvoyee_le.map(|at| done("Renseignements relus et certifiés", at)));
                continue;
            }
            jalons.push(done("Corrections demandées par un gestionnaire", *demandee_le));
            jalons.extend(renvoyee_le.map(|at| done("Corrections renvoyées", at)));
        }
        match self.statut {
            Statut::EnAttenteActivation => {
                jalons.extend([to_come("Choix de votre mot de passe"), to_come("Décision d’un gestionnaire du CNFPT")]);
            }
            Statut::AValider => jalons.push(to_come("Décision d’un gestionnaire du CNFPT")),
            Statut::ACompleter => {
                let first = match self.is_to_review() {
                    true => "Relecture de vos renseignements",
                    false => "Renvoi de vos corrections",
                };
                jalons.extend([to_come(first), to_come("Décision d’un gestionnaire du CNFPT")]);
            }
            Statut::Actif => jalons.push(done("Compte validé", self.decidee_le.unwrap_or(self.depuis))),
            Statut::Refuse => jalons.push(done("Demande refusée", self.decidee_le.unwrap_or(self.depuis))),
            Statut::Suspendu => {
                jalons.extend(self.decidee_le.map(|at| done("Compte validé", at)));
                jalons.push(done("Compte suspendu", self.depuis));
            }
            Statut::Retiree => jalons.push(done("Demande retirée", self.depuis)),
            Statut::Expiree => jalons.push(done("Lien d’activation expiré, demande close", self.depuis)),
        }
        jalons
    }

    /// Keeps only what anybody with the reference and the address may read, a service formation too. That is the
    /// state and, until the person activates the account, the fate of its mails.
    #[must_use]
    pub fn for_anybody(self) -> Self {
        if self.activee_le.is_none() {
            return self;
        }
        let to_review = self.is_to_review();
        let corrections = self.corrections.into_iter().filter(|aller| to_review && aller.relecture).collect();
        Self { corrections, courriels: Vec::new(), ..self }
    }

    /// Whether the agent has still to check what their service formation typed.
    pub fn is_to_review(&self) -> bool {
        let waits = |aller: &Aller| aller.relecture && aller.renvoyee_le.is_none();
        self.statut == Statut::ACompleter && self.corrections.iter().any(waits)
    }

    /// The person who acts next.
    pub fn a_qui(&self) -> &'static str {
        match self.statut {
            Statut::EnAttenteActivation => {
                "À vous\u{a0}: ouvrez le lien du courriel d’activation et choisissez votre mot de passe."
            }
            Statut::AValider => {
                "À un gestionnaire du CNFPT\u{a0}: il vérifie votre demande, et il vous écrira. Vous n’avez rien à faire."
            }
            Statut::ACompleter if self.is_to_review() => {
                "À vous\u{a0}: relisez, dans votre compte, ce que votre service formation a saisi. La demande part ensuite."
            }
            Statut::ACompleter => "À vous\u{a0}: un gestionnaire attend vos corrections.",
            Statut::Actif => "À vous, quand vous le voulez\u{a0}: le compte est ouvert.",
            Statut::Refuse => "À vous, si vous contestez la décision\u{a0}: le motif dit comment.",
            Statut::Suspendu => {
                "Au gestionnaire qui a suspendu le compte\u{a0}: écrivez-nous si vous ne savez pas pourquoi."
            }
            Statut::Retiree => "À personne\u{a0}: vous avez retiré cette demande. Vous pouvez en faire une autre.",
            Statut::Expiree => {
                "À vous\u{a0}: le lien n’a pas servi à temps. Il en existe un autre en un clic, ou refaites une demande."
            }
        }
    }

    /// Whether a decision is awaited, so that the usual delay is worth showing.
    pub fn is_awaited(&self) -> bool {
        matches!(self.statut, Statut::EnAttenteActivation | Statut::AValider | Statut::ACompleter)
    }

    /// Whether the person may still take the request back.
    pub fn may_be_withdrawn(&self) -> bool {
        self.statut.may_become(Statut::Retiree)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn suivi(statut: Statut) -> Suivi {
        Suivi {
            reference: Reference::new(7),
            statut,
            depuis: 50,
            envoyee_le: 10,
            activee_le: Some(20),
            corrections: vec![Aller { relecture: false, demandee_le: 30, renvoyee_le: Some(40) }],
            decidee_le: None,
            courriels: Vec::new(),
            delais: None,
        }
    }

    #[test]
    fn what_was_done_comes_in_order_and_what_is_to_come_last() {
        for statut in Statut::ALL {
            let jalons = suivi(statut).jalons();
            let dates: Vec<_> = jalons.iter().filter_map(|jalon| jalon.le).collect();
            assert!(dates.is_sorted(), "{statut:?}");
            assert!(jalons.iter().skip_while(|jalon| jalon.le.is_some()).all(|jalon| jalon.le.is_none()), "{statut:?}");
        }
    }

    #[test]
    fn somebody_always_acts_next_and_an_end_awaits_nothing() {
        for statut in Statut::ALL {
            let suivi = suivi(statut);
            assert!(!suivi.a_qui().is_empty());
            assert_eq!(suivi.is_awaited(), suivi.jalons().iter().any(|jalon| jalon.le.is_none()), "{statut:?}");
        }
    }

    #[test]
    fn the_follow_up_shows_a_pending_review_and_no_corrections() {
        let relecture = Aller { relecture: true, demandee_le: 20, renvoyee_le: None };
        let waits = Suivi { corrections: vec![relecture], ..suivi(Statut::ACompleter) };
        for suivi in [waits.clone(), waits.for_anybody()] {
            assert!(suivi.is_to_review() && suivi.a_qui().contains("relisez"));
            let said: Vec<_> = suivi.jalons().into_iter().map(|jalon| (jalon.quoi, jalon.le.is_some())).collect();
            assert!(said.contains(&("Relecture de vos renseignements", false)), "{said:?}");
            assert!(!said.iter().any(|(quoi, _)| quoi.contains("orrections")), "{said:?}");
        }
        let certified = Aller { renvoyee_le: Some(40), ..relecture };
        let sent = Suivi { corrections: vec![certified], ..suivi(Statut::AValider) };
        assert!(!sent.is_to_review());
        assert!(sent.jalons().contains(&Jalon { quoi: "Renseignements relus et certifiés", le: Some(40) }));
        let asked = Aller { relecture: false, demandee_le: 45, renvoyee_le: None };
        let later = Suivi { corrections: vec![certified, asked], ..suivi(Statut::ACompleter) };
        assert!(!later.is_to_review() && later.for_anybody().corrections.is_empty());
    }

    #[test]
    fn only_what_a_gestionnaire_holds_or_asked_about_is_withdrawn() {
        let may: Vec<_> = Statut::ALL.into_iter().filter(|statut| suivi(*statut).may_be_withdrawn()).collect();
        assert_eq!(may, [Statut::AValider, Statut::ACompleter]);
    }

    #[test]
    fn the_usual_delay_is_told_from_twenty_decisions_on() {
        assert_eq!(DelaisUsuels::of((1..=19).collect()), None);
        assert_eq!(DelaisUsuels::of((1..=20).rev().collect()), Some(DelaisUsuels { p50: 10, p90: 18 }));
        assert_eq!(DelaisUsuels::of((1..=101).collect()), Some(DelaisUsuels { p50: 51, p90: 91 }));
        assert_eq!(DelaisUsuels::of(vec![-5; 20]), Some(DelaisUsuels { p50: 0, p90: 0 }), "a clock set back");
    }
}
