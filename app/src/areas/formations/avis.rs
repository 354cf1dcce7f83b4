//! What the pages say after a form.

use crate::base::notice::notices;

notices! {
    /// On the page of a session, when no row was written.
    pub enum NoticeFormation {
        Rien = "rien", false, "Il n’y a plus de place. Comme vous l’avez demandé, rien n’a été enregistré.";
        DerniereRien = "derniere-rien", false,
            "La dernière place vient d’être prise. Comme vous l’avez demandé, rien n’a été enregistré.";
        Complete = "complete", false,
            "Cette session est complète, et sa liste d’attente aussi. Rien n’a été enregistré.";
    }
}

notices! {
    /// On the page of a préinscription.
    pub enum NoticePreinscription {
        Retenue = "retenue", true, "Votre préinscription est enregistrée\u{a0}: vous avez une place.";
        Examen = "examen", true, "Votre préinscription est enregistrée. Elle va être examinée.";
        Avis = "avis", true, "Votre demande est enregistrée. Votre service formation va donner son avis.";
        Liste = "liste", true, "Votre préinscription est enregistrée. Vous êtes en liste d’attente.";
        Derniere = "derniere", true, "La dernière place vient d’être prise. Vous êtes en liste d’attente.";
        Deja = "deja", false, "Vous êtes déjà préinscrit à cette session.";
        Acceptee = "acceptee", true, "Vous avez accepté la place\u{a0}: elle est à vous.";
        Declinee = "declinee", true, "Vous avez décliné la place. Elle passe à la personne suivante.";
        Annulee = "annulee", true, "Votre préinscription est annulée.";
        Passee = "passee", false, "Cette offre a pris fin. La place est passée à la personne suivante.";
        Chevauche = "chevauche", false,
            "Vous avez une autre place au même moment. Annulez-la d’abord, ou déclinez celle-ci.";
        Perimee = "perimee", false, "Cette préinscription a changé entre-temps\u{a0}: rien n’a été modifié. Voici où elle en est.";
    }
}
