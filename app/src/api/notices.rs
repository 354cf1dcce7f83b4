//! The notices of the staff pages and of the page that ends a change of address.

use crate::base::notice::notices;

notices! {
    /// On a file, after an action that is no decision.
    pub enum NoticeDossier {
        Note = "note", true, "Note enregistrée.";
        NoteVide = "note-vide", false, "La note est vide\u{a0}: rien n’a été enregistré.";
        Renvoye = "renvoye", true, "Le courriel est remis en file\u{a0}: il part dans un instant.";
        Adresse = "adresse", true, "Adresse corrigée\u{a0}: un nouveau lien d’activation y est envoyé, l’ancien ne sert plus.";
        Connexions = "connexions", true, "Connexions fermées\u{a0}: la personne doit se reconnecter.";
        SansObjet = "sans-objet", false, "Rien n’a été changé\u{a0}: la situation a changé entre-temps.";
        TropTard = "trop-tard", false, "Trop tard\u{a0}: la situation a changé entre-temps. Voici où en est le dossier.";
        TropDeCourriels = "trop-de-courriels", false, "Cette adresse a reçu ses courriels de la journée\u{a0}: réessayez demain.";
        DejaPrise = "deja-prise", false, "Un collègue vient de s’en charger.";
    }
}

notices! {
    /// On the page of the team.
    pub enum NoticeEquipe {
        Invite = "invite", true, "Invitation envoyée. Le lien vaut 72\u{a0}heures\u{a0}; ceux d’avant ne servent plus.";
        Role = "role", true, "Droit changé. La personne doit se reconnecter.";
        Desactive = "desactive", true, "Accès désactivé\u{a0}: ses connexions sont fermées.";
        Reactive = "reactive", true, "Accès réactivé.";
        Facteur = "facteur", true, "Second facteur réinitialisé\u{a0}: ses connexions sont fermées, un courriel prévient la personne.";
        Dernier = "dernier", false, "C’est le dernier administrateur\u{a0}: donnez d’abord ce droit à quelqu’un d’autre.";
        Connexions = "connexions", true, "Connexions fermées\u{a0}: la personne doit se reconnecter.";
        SansObjet = "sans-objet", false, "Rien n’a été changé\u{a0}: la situation a changé entre-temps.";
    }
}

notices! {
    /// On the page of the services formation.
    pub enum NoticeServicesFormation {
        Invite = "invite", true, "Invitation envoyée. Le lien vaut 72\u{a0}heures\u{a0}; ceux d’avant ne servent plus.";
        Desactive = "desactive", true, "Accès désactivé\u{a0}: ses connexions et ses liens sont fermés.";
        Connexions = "connexions", true, "Connexions fermées\u{a0}: le service doit se reconnecter.";
        SansObjet = "sans-objet", false, "Rien n’a été changé\u{a0}: la situation a changé entre-temps.";
    }
}

notices! {
    /// On the page of the mails.
    pub enum NoticeCourriels {
        Renvoye = "renvoye", true, "Le courriel est remis en file\u{a0}: il part dans un instant.";
        TropTard = "trop-tard", false, "Ce courriel n’est plus abandonné\u{a0}: rien n’a été fait.";
        Repris = "repris", true, "L’envoi reprend.";
    }
}

notices! {
    /// On the page of the motives.
    pub enum NoticeMotifs {
        Enregistre = "enregistre", true, "Motif enregistré. Les refus passés gardent leur texte.";
        Active = "active", true, "Motif activé\u{a0}: il peut être choisi.";
        Desactive = "desactive", true, "Motif désactivé\u{a0}: il n’est plus proposé.";
        Perime = "perime", false, "Un collègue a changé ce motif entre-temps\u{a0}: voici où il en est.";
    }
}

notices! {
    /// On the page of an entry of the directory.
    pub enum NoticeCollectivite {
        Ajoutee = "ajoutee", true, "Collectivité ajoutée.";
        Renommee = "renommee", true, "Collectivité renommée. L’ancien nom la trouve encore.";
        Archivee = "archivee", true, "Collectivité archivée\u{a0}: elle n’est plus proposée. Les comptes la gardent.";
        Retablie = "retablie", true, "Collectivité rétablie\u{a0}: elle est de nouveau proposée.";
    }
}

notices! {
    /// On the settings of a gestionnaire.
    pub enum NoticeReglages {
        Enregistre = "enregistre", true, "Votre choix est enregistré.";
    }
}

notices! {
    /// The title of the page that a link of a change of address ends on.
    pub enum NoticeAdresse {
        Changee = "changee", true, "Votre adresse est changée";
        Retablie = "retablie", true, "Votre adresse est rétablie";
    }
}
