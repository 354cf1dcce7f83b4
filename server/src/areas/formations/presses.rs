//! The person's own hand: asks for a place, answers an offer, gives up.

use app::areas::formations::{MaPreinscription, Possible, Preinscriptions, Presse, Reponse, Voeu};
use app::base::appelants::Formateur;
use app::base::port::Reply;
use async_trait::async_trait;
use domain::ReferencePreinscription;
use domain::formation::{Cause, CodeFormation, EtatPreinscription, Origine};
use domain::instant::Millis;

use super::places::Mouvement;
use crate::backend::Backend;
use crate::clock::MINUTE;
use crate::error::BackendError;
use crate::persistence::compteurs::{Fenetre, Table};
use crate::persistence::engine::Write;
use crate::persistence::journal::Acteur;
use crate::persistence::preinscriptions::{Model, Passage, Passe};
use crate::persistence::{comptes, compteurs, preinscriptions, sessions_formation};

/// How many presses an account may make.
const PRESSES: Fenetre = Fenetre { max: 10, length: MINUTE };

#[async_trait]
impl Preinscriptions for Backend {
    async fn possible(&self, who: &Formateur, code: &str, numero: i64) -> Reply<Option<Possible>> {
        Ok(self.possible_for(who, code, numero).await?)
    }

    async fn press(&self, who: &Formateur, recue: Millis, code: &str, numero: i64, voeu: &Voeu) -> Reply<Presse> {
        let db = self.db.connection();
        let cle = format!("presse:{}", who.compte_id);
        compteurs::count(db, Table::Durable, &cle, self.now(), PRESSES).await?;
        let Some(code) = CodeFormation::read(code) else { return Ok(Presse::Absente) };
        let Some(session) = sessions_formation::by_address(db, &code, numero).await? else {
            return Ok(Presse::Absente);
        };
        let personne = (Origine::Personne, Acteur::Personne, "");
        Ok(self.press_as(who.compte_id, session.id, personne, (voeu, recue)).await?)
    }

    async fn mine(&self, who: &Formateur) -> Reply<Vec<MaPreinscription>> {
        Ok(self.preinscriptions_of(who).await?)
    }

    async fn one(&self, who: &Formateur, reference: ReferencePreinscription) -> Reply<Option<MaPreinscription>> {
        let db = self.db.connection();
        let Some(row) = preinscriptions::of_reference(db, who.compte_id, reference).await? else { return Ok(None) };
        Ok(self.mes_preinscriptions(&[row]).await?.pop())
    }

    async fn accept(&self, who: &Formateur, reference: ReferencePreinscription) -> Reply<Reponse> {
        Ok(self.retried(|| self.accept_offer(who, reference)).await?)
    }

    async fn decline(&self, who: &Formateur, reference: ReferencePreinscription) -> Reply<Reponse> {
        let from = |etat| etat == EtatPreinscription::Proposee;
        Ok(self.retried(|| self.give_up(who, reference, Cause::OffreDeclinee, from)).await?)
    }

    async fn withdraw(&self, who: &Formateur, reference: ReferencePreinscription) -> Reply<Reponse> {
        Ok(self.retried(|| self.give_up(who, reference, Cause::Desistement, EtatPreinscription::is_active)).await?)
    }
}

impl Backend {
    /// The person's row, with its session: account, session and row are locked in this order.
    async fn own_locked(
        &self,
        who: &Formateur,
        reference: ReferencePreinscription,
    ) -> Result<Option<(Write, sessions_formation::Model, Model)>, BackendError> {
        let write = self.db.begin().await?;
        comptes::find_locked(&*write, who.compte_id).await?;
        let Some(found) = preinscriptions::of_reference(&*write, who.compte_id, reference).await? else {
            return Ok(None);
        };
        let Some(session) = sessions_formation::find_locked(&*write, found.session_id).await? else { return Ok(None) };
        // What was read before the lock may have moved while this waited.
        let row = preinscriptions::find_locked(&*write, [found.id]).await?.pop();
        Ok(row.map(|row| (write, session, row)))
    }

    async fn accept_offer(&self, who: &Formateur, reference: ReferencePreinscription) -> Result<Reponse, BackendError> {
        let now = self.now();
        let Some((write, mut session, row)) = self.own_locked(who, reference).await? else {
            return Ok(Reponse::Absente);
        };
        if preinscriptions::etat(&row)? != EtatPreinscription::Proposee {
            let ended = preinscriptions::cause(&row)? == Some(Cause::OffreSansReponse);
            return Ok(if ended { Reponse::Passee { fin: None } } else { Reponse::Perimee });
        }
        if row.offre_remise_le.is_some() && row.offre_fin.is_some_and(|end| end <= now) || now >= session.debut {
            return Ok(Reponse::Passee { fin: row.offre_fin });
        }
        let clash = self.clash(&*write, &session, row.compte_id, &[EtatPreinscription::Retenue]).await?;
        if let Some((jour, intitule)) = clash {
            return Ok(Reponse::Chevauche { jour, intitule });
        }
        let mouvement = Mouvement::by(Acteur::Personne, Passage::to(EtatPreinscription::Retenue));
        let Passe::Fait(_) = self.pass(&*write, &mut session, &row, &mouvement).await? else {
            return Ok(Reponse::Perimee);
        };
        self.commit(write).await?;
        Ok(Reponse::Faite)
    }

    /// Ends the person's row. A place that it held is offered in the same transaction.
    async fn give_up(
        &self,
        who: &Formateur,
        reference: ReferencePreinscription,
        cause: Cause,
        from: impl Fn(EtatPreinscription) -> bool + Send,
    ) -> Result<Reponse, BackendError> {
        let Some((write, mut session, row)) = self.own_locked(who, reference).await? else {
            return Ok(Reponse::Absente);
        };
        if !from(preinscriptions::etat(&row)?) || self.now() >= session.debut {
            return Ok(Reponse::Perimee);
        }
        let mouvement = Mouvement::by(Acteur::Personne, Passage::ending(cause));
        let Passe::Fait(_) = self.pass(&*write, &mut session, &row, &mouvement).await? else {
            return Ok(Reponse::Perimee);
        };
        self.call_list(&*write, &mut session).await?;
        self.commit(write).await?;
        Ok(Reponse::Faite)
    }
}
