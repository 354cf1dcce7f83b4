use domain::codes;

codes! {
    /// Such a page: its code, and its title.
    #[derive(Clone, Copy, Debug, PartialEq, Eq)]
    pub enum Texte {
        Accessibilite = "accessibilite", "Déclaration d’accessibilité";
        Aide = "aide", "Aide";
        Annuler = "annuler", "Annuler votre inscription\u{a0}?";
        Connexion = "connexion", "Se connecter";
        ConnexionGestion = "gestion-connexion", "Gestion des demandes";
        DonneesPersonnelles = "donnees-personnelles", "Vos données personnelles";
        Envoyee = "envoyee", "Votre demande est enregistrée";
        MentionsLegales = "mentions-legales", "Mentions légales";
        Orientation = "orientation", "Comment vous inscrivez-vous\u{a0}?";
        Plan = "plan-du-site", "Plan du site";
        ServiceRh = "service-rh", "Votre collectivité vous inscrit";
    }
}
