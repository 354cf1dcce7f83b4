//! How long each kind of data is kept. The jobs erase by these figures; the notice to the persons and the register
//! quote them. Legal basis of the whole: RGPD, article 5.1.e.

/// A request that expired or was withdrawn, in days: long enough for its person to ask what became of it.
pub const TERMINEE_JOURS: u32 = 30;

/// A refusal, in months: for that time it may be appealed and reopened.
pub const REFUS_MOIS: u32 = 6;

/// An active account without login, decision or registration, in months.
pub const INACTIVITE_MOIS: u32 = 24;

/// The inactivity after which the person of an account is warned, in months.
pub const AVERTISSEMENT_MOIS: u32 = 23;

/// How long the warning must have been handed over before the account ends, in days.
pub const PREAVIS_JOURS: u32 = 30;

/// A correction that nobody sends back, in days. After that the request is withdrawn.
pub const CORRECTION_JOURS: u32 = 60;

/// The time after which a person is reminded of a correction, in days.
pub const RAPPEL_CORRECTION_JOURS: u32 = 15;

/// The time after which an agent is reminded to check what their service formation typed, in days. It is short
/// because nobody handles the request until then.
pub const RAPPEL_RELECTURE_JOURS: u32 = 1;

/// Mails that left and links that ended, in days: to answer « l’avez-vous envoyé ? ». Failed passwords that their
/// person never came to see are kept as long.
pub const TRACES_JOURS: u32 = 90;

/// A change of address, in days. It can be undone during the first seven.
pub const CHANGEMENT_ADRESSE_JOURS: u32 = 30;

/// A link whose mail never left, in days.
pub const LIEN_NON_REMIS_JOURS: u32 = 7;

/// A connexion, however busy, in hours; the staff's and the services formation's are shorter.
pub const CONNEXION_HEURES: u32 = 12;
pub const CONNEXION_GESTION_HEURES: u32 = 8;

/// A connexion nobody uses, in minutes.
pub const CONNEXION_INACTIVE_MINUTES: u32 = 30;

/// A right that was taken away, or offered and never accepted, in days. For that time the history of files still
/// names the gestionnaire or the service formation.
pub const ACCES_FERME_JOURS: u32 = 365;

/// Counters of attempts that name a network, in days.
pub const RESEAUX_JOURS: u32 = 2;

/// A wording of a motive that somebody began and never saved, in days.
pub const BROUILLON_MOTIF_JOURS: u32 = 30;

/// Whether a person asked the référent handicap to call them, in days after the last séance.
pub const CONTACT_REFERENT_JOURS: u32 = 30;

/// Where a remote séance is joined, in days after the last one.
pub const LIEN_DISTANCE_JOURS: u32 = 30;

/// What was written in a préinscription, and a préinscription without a place, in months after the last séance.
pub const PREINSCRIPTION_MOIS: u32 = 6;

/// A retained préinscription, in months after the last séance.
pub const PLACE_MOIS: u32 = 24;

/// A fault that a server noticed in the way it is run, in days.
pub const SIGNALEMENT_JOURS: u32 = 30;

// The notice fits between the warning and the end, give or take the length of a month.
const _: () = assert!(PREAVIS_JOURS <= 31 * (INACTIVITE_MOIS - AVERTISSEMENT_MOIS));
const _: () = assert!(RAPPEL_RELECTURE_JOURS <= RAPPEL_CORRECTION_JOURS && RAPPEL_CORRECTION_JOURS < CORRECTION_JOURS);

/// The durations that the operator sets.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Reglables {
    /// How long an activation link lives, in hours.
    pub activation_heures: u32,
    /// How long an idle draft is kept, in days.
    pub brouillon_jours: u32,
}

impl Default for Reglables {
    fn default() -> Self {
        Self { activation_heures: 72, brouillon_jours: 7 }
    }
}

/// A line of the table of durations, as people read it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Duree {
    pub quoi: &'static str,
    pub combien: String,
    pub ensuite: &'static str,
}

/// Everything that is kept about persons, and how long.
pub fn durees(reglables: Reglables) -> Vec<Duree> {
    let Reglables { activation_heures, brouillon_jours } = reglables;
    let line = |quoi, combien, ensuite| Duree { quoi, combien, ensuite };
    vec![
        line("Un brouillon", format!("{brouillon_jours}\u{a0}jours après le dernier passage"), "Effacé"),
        line(
            "Une demande jamais activée",
            format!("{activation_heures}\u{a0}heures après l’envoi de son lien, puis {TERMINEE_JOURS}\u{a0}jours"),
            "Effacée",
        ),
        line("Une demande retirée", format!("{TERMINEE_JOURS}\u{a0}jours"), "Effacée"),
        line(
            "Une demande de corrections restée sans réponse",
            format!("rappel à {RAPPEL_CORRECTION_JOURS}\u{a0}jours, {CORRECTION_JOURS}\u{a0}jours"),
            "La demande est retirée",
        ),
        line(
            "Une demande de votre service formation que vous n’avez pas relue",
            format!("rappel à {}\u{a0}h, {CORRECTION_JOURS}\u{a0}jours", 24 * RAPPEL_RELECTURE_JOURS),
            "La demande est retirée",
        ),
        line("Une demande en cours d’examen", "jusqu’à la décision".to_owned(), "Voir la suite donnée"),
        line(
            "Une demande refusée",
            format!("{REFUS_MOIS}\u{a0}mois, pour un recours ou un réexamen"),
            "Effacée\u{a0}; il en reste une ligne de statistiques anonyme",
        ),
        line(
            "Un compte actif",
            format!(
                "{INACTIVITE_MOIS}\u{a0}mois sans connexion ni décision, après un avertissement à \
                 {AVERTISSEMENT_MOIS}\u{a0}mois remis depuis au moins {PREAVIS_JOURS}\u{a0}jours"
            ),
            "Effacé\u{a0}; il en reste une ligne de statistiques anonyme",
        ),
        line("Un compte suspendu", "tant que dure la suspension".to_owned(), "Voir la suite donnée"),
        line(
            "La trace des courriels et des liens (jamais leur texte)",
            format!("{TRACES_JOURS}\u{a0}jours, ou la vie du compte si elle est plus courte"),
            "Effacée",
        ),
        line(
            "Un changement d’adresse (l’ancienne et la nouvelle)",
            format!("{CHANGEMENT_ADRESSE_JOURS}\u{a0}jours"),
            "Effacé",
        ),
        line(
            "Une connexion",
            format!(
                "{CONNEXION_INACTIVE_MINUTES}\u{a0}minutes sans activité, {CONNEXION_HEURES}\u{a0}heures au plus\u{a0}; \
                 {CONNEXION_GESTION_HEURES}\u{a0}heures pour un gestionnaire ou un service formation"
            ),
            "Effacée",
        ),
        line(
            "Les essais manqués de mot de passe ou de code (leur nombre et l’heure du dernier, sous une empreinte de l’adresse)",
            format!("jusqu’à la connexion suivante, {TRACES_JOURS}\u{a0}jours au plus après le dernier"),
            "Dits à leur personne, puis effacés",
        ),
        line(
            "L’adresse du réseau (IP) d’où viennent des essais et des envois, pour leurs limites",
            format!("{RESEAUX_JOURS}\u{a0}jours"),
            "Effacée",
        ),
        line(
            "Le nom et l’adresse d’un gestionnaire ou d’un service formation",
            format!(
                "tant qu’il a son accès, puis {ACCES_FERME_JOURS}\u{a0}jours\u{a0}; autant pour une invitation jamais acceptée"
            ),
            "Effacés\u{a0}; ce qu’il a décidé ne nomme plus personne",
        ),
        line(
            "Le souhait d’être contacté par le référent handicap",
            format!("{CONTACT_REFERENT_JOURS}\u{a0}jours après la dernière séance"),
            "Effacé",
        ),
        line(
            "Une préinscription non retenue ou annulée, et ce qui a été écrit dans une préinscription",
            format!("{PREINSCRIPTION_MOIS}\u{a0}mois après la dernière séance"),
            "Effacée",
        ),
        line("Une préinscription retenue", format!("{PLACE_MOIS}\u{a0}mois après la dernière séance"), "Effacée"),
        line(
            "Le journal des opérations (des numéros, aucune donnée saisie)",
            "tant que vit le service".to_owned(),
            "Après l’effacement d’un compte, ses lignes ne désignent plus personne",
        ),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_operator_sets_is_what_is_said() {
        let said = durees(Reglables { activation_heures: 48, brouillon_jours: 5 });
        assert!(
            said[0].combien.starts_with("5\u{a0}jours") && said[1].combien.starts_with("48\u{a0}heures"),
            "{said:?}"
        );
    }
}
