//! The ports, on a real database of each engine. One file a journey.

#![expect(clippy::unwrap_used, clippy::expect_used, reason = "a test fails by panicking")]

#[macro_use]
mod support;

mod activation;
mod annuaire;
mod brouillon;
mod changement_adresse;
mod changement_mot_de_passe;
mod commandes;
mod connexion;
mod conservation;
mod contacts;
mod copie;
mod corrections;
mod courriels;
mod csrf;
mod decisions;
mod delais;
mod demo;
mod description;
mod documents;
mod droits;
mod entrees;
mod equipe;
mod essais;
mod expedition;
mod filtres;
mod fuites;
mod horloge;
mod http;
mod impasses;
mod injection;
mod inscription;
mod invitations_service;
mod liens;
mod limites;
mod liste;
mod lots;
mod mes_donnees;
mod mot_de_passe;
mod motifs;
mod mur;
mod mur_effacement;
mod observation;
mod pages_gestion;
mod pages_second_facteur;
mod pages_service_formation;
mod pages_suivi;
mod prelecture;
mod rappels;
mod recherche;
mod repertoire;
mod reprise;
mod retenue;
mod sauvegarde;
mod scelle;
mod second_facteur;
mod service_formation;
mod sessions;
mod suivi;
mod suivi_courriels;
mod traces;
