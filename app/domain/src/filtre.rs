//! A filter and an order of the queue. They live in the address of the page, so that a gestionnaire can keep, share
//! and reopen them.

use serde::{Deserialize, Serialize};

use super::Cas;
use super::collectivite::CleCollectivite;
use super::compte::Statut;

/// The order of the queue.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Tri {
    /// The longest waiting first.
    #[default]
    Age,
    /// The last changed first.
    Activite,
    /// By name, in the order of the folded name.
    Nom,
}

impl Tri {
    pub const ALL: [Self; 3] = [Self::Age, Self::Activite, Self::Nom];

    pub fn code(self) -> &'static str {
        match self {
            Self::Age => "age",
            Self::Activite => "activite",
            Self::Nom => "nom",
        }
    }

    pub fn label(self) -> &'static str {
        match self {
            Self::Age => "Les plus anciennes",
            Self::Activite => "Les dernières modifiées",
            Self::Nom => "Par nom",
        }
    }
}

/// The owner of the claim on a request, seen from the gestionnaire who looks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Suivie {
    ParMoi,
    ParUnAutre,
    ParPersonne,
}

impl Suivie {
    pub const ALL: [Self; 3] = [Self::ParMoi, Self::ParUnAutre, Self::ParPersonne];

    pub fn code(self) -> &'static str {
        match self {
            Self::ParMoi => "moi",
            Self::ParUnAutre => "autre",
            Self::ParPersonne => "personne",
        }
    }

    pub fn label(self) -> &'static str {
        match self {
            Self::ParMoi => "Par moi",
            Self::ParUnAutre => "Par un collègue",
            Self::ParPersonne => "Par personne",
        }
    }
}

/// The place in the order at which a page begins. A key is opaque: it comes from a page of the queue.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Depart {
    #[default]
    Debut,
    Apres(String),
    Avant(String),
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct FiltreDemandes {
    /// `None`: every state.
    pub statut: Option<Statut>,
    /// Word prefixes of the name, or an exact address, or a reference.
    pub recherche: String,
    pub collectivite: Option<CleCollectivite>,
    pub cas: Option<Cas>,
    /// Waiting for at least so many days.
    pub jours: Option<u16>,
    pub suivie: Option<Suivie>,
    /// Only the requests whose last mail to the person was given up.
    pub non_remis: bool,
    pub tri: Tri,
    pub depart: Depart,
}

/// The ages one may filter by, in days.
pub const AGES: [u16; 4] = [3, 7, 15, 30];

/// The word for « every state » in an address. An address without a state means the queue, [`Statut::AValider`].
pub const TOUS: &str = "tous";

impl FiltreDemandes {
    /// The queue itself: the requests that wait for a decision.
    pub fn a_valider() -> Self {
        Self { statut: Some(Statut::AValider), ..Self::default() }
    }

    /// Reads the parameters of an address. A value that names nothing is ignored.
    pub fn read(parameter: impl Fn(&str) -> Option<String>) -> Self {
        let text = |name| parameter(name).unwrap_or_default();
        let coded = |name: &str| parameter(name).filter(|text| !text.is_empty());
        let depart = match (coded("apres"), coded("avant")) {
            (Some(key), _) => Depart::Apres(key),
            (None, Some(key)) => Depart::Avant(key),
            (None, None) => Depart::Debut,
        };
        Self {
            statut: match text("statut").as_str() {
                TOUS => None,
                code => Some(Statut::from_code(code).unwrap_or(Statut::AValider)),
            },
            recherche: text("q").trim().to_owned(),
            collectivite: coded("collectivite").and_then(|key| CleCollectivite::parse(&key)),
            cas: coded("cas").and_then(|code| Cas::from_code(&code)),
            jours: coded("jours").and_then(|days| days.parse().ok()),
            suivie: coded("suivie").and_then(|code| Suivie::ALL.into_iter().find(|known| known.code() == code)),
            non_remis: coded("non_remis").is_some(),
            tri: Tri::ALL.into_iter().find(|tri| tri.code() == text("tri")).unwrap_or_default(),
            depart,
        }
    }

    /// The parameters of its address, without the default ones. [`Self::read`] reads them back.
    pub fn parameters(&self) -> Vec<(&'static str, String)> {
        let mut said = Vec::new();
        let mut say = |name, value: Option<String>| said.extend(value.map(|value| (name, value)));
        say(
            "statut",
            match self.statut {
                Some(Statut::AValider) => None,
                Some(statut) => Some(statut.code().to_owned()),
                None => Some(TOUS.to_owned()),
            },
        );
        say("q", Some(self.recherche.clone()).filter(|text| !text.is_empty()));
        say("collectivite", self.collectivite.as_ref().map(ToString::to_string));
        say("cas", self.cas.map(|cas| cas.code().to_owned()));
        say("jours", self.jours.map(|days| days.to_string()));
        say("suivie", self.suivie.map(|suivie| suivie.code().to_owned()));
        say("non_remis", self.non_remis.then(|| "1".to_owned()));
        say("tri", Some(self.tri).filter(|tri| *tri != Tri::default()).map(|tri| tri.code().to_owned()));
        match &self.depart {
            Depart::Debut => {}
            Depart::Apres(key) => say("apres", Some(key.clone())),
            Depart::Avant(key) => say("avant", Some(key.clone())),
        }
        said
    }

    /// Whether the filter chooses a state and nothing else. The counter of that state is then the total.
    pub fn is_only_a_state(&self) -> bool {
        *self == Self { statut: self.statut, tri: self.tri, depart: self.depart.clone(), ..Self::default() }
    }

    /// The same filter and order, from the first page.
    pub fn from_start(&self) -> Self {
        Self { depart: Depart::Debut, ..self.clone() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn through(filtre: &FiltreDemandes) -> FiltreDemandes {
        let parameters = filtre.parameters();
        FiltreDemandes::read(|name| parameters.iter().find(|(known, _)| *known == name).map(|(_, value)| value.clone()))
    }

    #[test]
    fn a_filter_reads_back_from_its_address() {
        let full = FiltreDemandes {
            statut: Some(Statut::Refuse),
            recherche: "zorn & fils".to_owned(),
            collectivite: CleCollectivite::parse("COMMUNE:31555"),
            cas: Some(Cas::Independant),
            jours: Some(15),
            suivie: Some(Suivie::ParUnAutre),
            non_remis: true,
            tri: Tri::Nom,
            depart: Depart::Avant("12.7".to_owned()),
        };
        for filtre in [full.clone(), FiltreDemandes::default(), FiltreDemandes::a_valider(), full.from_start()] {
            assert_eq!(through(&filtre), filtre);
        }
    }

    #[test]
    fn an_address_without_parameters_is_the_queue() {
        assert_eq!(FiltreDemandes::read(|_| None), FiltreDemandes::a_valider());
        assert_eq!(FiltreDemandes::a_valider().parameters(), []);
        let odd = FiltreDemandes::read(|_| Some("?".to_owned()));
        assert_eq!((odd.statut, odd.cas, odd.jours, odd.suivie), (Some(Statut::AValider), None, None, None));
    }

    #[test]
    fn a_state_alone_has_its_counter() {
        assert!(FiltreDemandes { tri: Tri::Nom, ..FiltreDemandes::a_valider() }.is_only_a_state());
        assert!(!FiltreDemandes { jours: Some(3), ..FiltreDemandes::a_valider() }.is_only_a_state());
    }
}
