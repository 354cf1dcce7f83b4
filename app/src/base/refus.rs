//! Why a form was refused, as its page reads it in its own address.

use std::fmt::Display;

use super::adresses::with_parameter;

/// The parameter of an address that holds the code of a refusal.
pub const ERREUR: &str = "erreur";

domain::codes! {
    /// A refusal. The page that shows the form gives it its words.
    #[derive(Clone, Copy, Debug, PartialEq, Eq)]
    pub enum Refus {
        /// Over a limit: try again in so many « secondes ».
        Trop = "trop";
        /// After several failed attempts: try again in so many « minutes ».
        Delai = "delai";
        Cookies = "cookies";
        /// A fault, with its « incident ».
        Indisponible = "indisponible";
        /// Too many asked for a place at the same moment.
        Affluence = "affluence";
        Droit = "droit";
        /// A code that this program does not write.
        Inconnu = "inconnu";
        Absent = "absent";
        Adresse = "adresse";
        Autre = "autre";
        Brouillons = "brouillons";
        Choix = "choix";
        Classeur = "classeur";
        Cocher = "cocher";
        Code = "code";
        Collectivite = "collectivite";
        Courriels = "courriels";
        Court = "court";
        Court15 = "court15";
        Date = "date";
        Demandes = "demandes";
        Expire = "expire";
        Faible = "faible";
        Fausse = "fausse";
        Fois = "fois";
        Fuite = "fuite";
        Generique = "generique";
        Identifiants = "identifiants";
        Inconnue = "inconnue";
        Long = "long";
        Lourd = "lourd";
        Membre = "membre";
        Meme = "meme";
        Message = "message";
        Motif = "motif";
        Nom = "nom";
        Passe = "passe";
        /// Someone changed it meanwhile.
        Perimee = "perimee";
        Plusieurs = "plusieurs";
        Prise = "prise";
        Refuse = "refuse";
        Remarque = "remarque";
        RienARenvoyer = "sansobjet";
        Saisie = "saisie";
        SansObjet = "sans-objet";
        Secours = "secours";
        Vide = "vide";
    }
}

impl Refus {
    /// The address of a page that shows this refusal.
    pub fn at(self, page: &str) -> String {
        with_parameter(page, ERREUR, self.code())
    }

    /// The same, with one more parameter. `value` needs no encoding.
    pub fn with(self, page: &str, name: &str, value: impl Display) -> String {
        with_parameter(&self.at(page), name, &value.to_string())
    }
}
