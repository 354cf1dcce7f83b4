//! What a server must offer this area.

mod changements_adresse;
mod comptes;
mod mes_donnees;
mod suivis;

pub use changements_adresse::*;
pub use comptes::*;
pub use mes_donnees::*;
pub use suivis::*;
