//! The server functions, one file an area: identify, parse, delegate. Each is a public endpoint.
#![cfg_attr(
    target_family = "wasm",
    expect(unused_imports, dead_code, reason = "the browser has the calls and not the bodies of server functions")
)]

pub mod activation;
pub mod adresse;
pub mod annuaire;
pub mod appel;
pub mod compte;
pub mod connexion;
pub mod connexions;
pub mod decisions;
pub mod equipe;
pub mod expedition;
pub mod gestion;
pub mod inscription;
pub mod journaux;
pub mod mes_donnees;
pub mod mesures;
pub mod motifs;
pub mod mots_de_passe;
pub mod notices;
pub mod reouverture;
pub mod repertoire;
pub mod reprise;
pub mod second_facteur;
pub mod service_formation;
pub mod services_rh;
pub mod suivi;
pub mod vue;
