use std::sync::Arc;

use anyhow::Context;
use app::base::appelants::Role;
use leptos::config::get_configuration;
use tokio::net::TcpListener;
use tokio::signal::unix::{SignalKind, signal};
use tokio::sync::watch;

use super::invite::address;
use super::{backend, open, say};
use crate::areas::acces::invitations::PREMIER;
use crate::backend::Backend;
use crate::config::Config;
use crate::config::hote::is_loopback;
use crate::http::{Limits, Site, router, serve};
use crate::jobs::poste::Bureau;
use crate::jobs::{decisions, formations, outbox, purge, repliage, resumes, sceaux};
use crate::mail::Transport;
use crate::persistence::engine::Opening;
use crate::persistence::{annuaire_chargement, gestionnaires};
use crate::security::fuites::Fuites;

/// Opens the database, loads the directory at the first start, and serves until told to stop.
pub async fn run(config: anyhow::Result<Arc<Config>>) -> anyhow::Result<()> {
    let config = config?;
    if let Some(file) = &config.passwords.breached_file {
        Fuites::new(file.clone())
            .inspect()
            .with_context(|| format!("passwords.breached_file\u{a0}: {}", file.display()))?;
    }
    let db = open(&config, Opening::Alone).await?;
    db.migrate().await?;
    let loaded = annuaire_chargement::load(&db, |count| {
        if count.is_multiple_of(10_000) {
            say(&format!("Répertoire des collectivités : {count} entrées chargées…"));
        }
    })
    .await?;
    if loaded > 0 {
        say(&format!("Répertoire des collectivités : {loaded} entrées, prêtes pour la recherche."));
    }

    let backend = Arc::new(backend(&config, db).await?);
    let transport = Transport::from_url(&config.mail.url)?;
    let (stop, stopped) = watch::channel(false);
    let bureau = Arc::new(Bureau { transport, from: config.mail.from.clone() });
    let outbox = tokio::spawn(outbox::run(Backend::clone(&backend), bureau, stopped.clone()));
    let purge = tokio::spawn(purge::run(Backend::clone(&backend), stopped.clone()));
    let decisions = tokio::spawn(decisions::run(Backend::clone(&backend), stopped.clone()));
    let formations = tokio::spawn(formations::run(Backend::clone(&backend), stopped.clone()));
    let resumes = tokio::spawn(resumes::run(Backend::clone(&backend), stopped.clone()));
    let sceaux = tokio::spawn(sceaux::run(Backend::clone(&backend), stopped.clone()));
    let repliage = tokio::spawn(repliage::run(Backend::clone(&backend), stopped.clone()));

    let mut options = get_configuration(Some("Leptos.toml")).context("Leptos.toml")?.leptos_options;
    options.site_addr = config.http.site_addr;
    let site = Site {
        options,
        public_url: config.http.public_url.clone(),
        proxies: config.http.trusted_proxies.clone().into(),
        beside: std::env::current_exe()?.parent().map(Into::into).unwrap_or_default(),
        watched: config.http.watched,
        exploitant: Arc::new(config.exploitant.clone()),
    };
    let proxies = site.proxies.clone();
    let listener = TcpListener::bind(config.http.site_addr)
        .await
        .with_context(|| format!("l’adresse {} n’est pas libre", config.http.site_addr))?;
    welcome(&config, &backend).await?;

    tokio::spawn(async move {
        wait_for_a_signal().await;
        tracing::info!("stopping: the requests under way end first");
        stop.send_replace(true);
    });
    let limits = Limits::default();
    let drain_time = limits.drain_time;
    let open = backend.metrics().connections().clone();
    let mut told = stopped.clone();
    // Mails being sent are finished first: a mail that is sent but not marked would be sent twice. They get the same
    // time as the running requests, so a silent relay does not delay the end.
    let jobs = async {
        if told.wait_for(|stop| *stop).await.is_err() {
            return;
        }
        let jobs = async { tokio::join!(outbox, purge, decisions, formations, resumes, sceaux, repliage) };
        if tokio::time::timeout(drain_time, jobs).await.is_err() {
            tracing::warn!("a mail was still being handed over: it may go a second time");
        }
    };
    tokio::join!(serve(listener, router(site, backend), proxies, limits, open, stopped), jobs);
    Ok(())
}

/// Prints the addresses of the pages, where mails go, and, at the first start, how the first gestionnaire signs in.
async fn welcome(config: &Config, backend: &Backend) -> anyhow::Result<()> {
    say(&format!("\nPréinscription IEL : {}", config.http.public_url));
    say(&format!("Gestion           : {}/gestion/connexion", config.http.public_url));
    say(&format!("Courriels         : {}", shown(&config.mail.url)));
    if config.http.public_url.starts_with("http://") && !is_loopback(&config.http.public_url) {
        say(
            "Attention : cette adresse est en http. Les cookies de session veulent https, et personne ne pourra se connecter.",
        );
    }
    let first = gestionnaires::active(backend.db().connection()).await?.is_empty();
    // The output of a public service is kept in a system journal that many people may read. So no link is printed
    // there.
    if first && config.http.is_local() {
        let link = backend.invite(Role::Administrateur, &address(PREMIER)?).await?;
        say(&format!("Premier gestionnaire, lien à usage unique valable 72 heures :\n{link}"));
    } else {
        backend.end_first_invitation().await?;
    }
    if first && !config.http.is_local() {
        say("Aucun gestionnaire : iel invite --role administrateur --email adresse");
    }
    say("");
    Ok(())
}

/// The mail URL without the password that it may contain.
fn shown(url: &str) -> String {
    match (url.split_once("://"), url.rsplit_once('@')) {
        (Some((scheme, _)), Some((_, host))) => format!("{scheme}://…@{host}"),
        _ => url.to_owned(),
    }
}

async fn wait_for_a_signal() {
    let (Ok(mut terminate), Ok(mut interrupt)) = (signal(SignalKind::terminate()), signal(SignalKind::interrupt()))
    else {
        return std::future::pending().await;
    };
    tokio::select! {
        _ = terminate.recv() => {}
        _ = interrupt.recv() => {}
    }
}

#[cfg(test)]
mod tests {
    use super::shown;

    #[test]
    fn the_console_never_shows_a_password() {
        assert_eq!(shown("smtp://user:secret@relay.example:587"), "smtp://…@relay.example:587");
        assert_eq!(shown("file:data/courriels"), "file:data/courriels");
    }
}
