//! The values that settings may have. A variable is always a text; the file also has numbers and lists.

use std::net::{IpAddr, SocketAddr};
use std::path::PathBuf;

use axum::http::Uri;
use toml::Value;

use super::reseau::Reseau;
use crate::log::Format;
use crate::mail::{Expediteur, Transport};

type Read<T> = Result<T, &'static str>;

pub(super) fn text(value: &Value) -> Read<String> {
    value.as_str().map(|text| text.trim().to_owned()).ok_or("un texte est attendu")
}

pub(super) fn number(value: &Value) -> Read<u32> {
    let number = match value {
        Value::Integer(number) => u32::try_from(*number).ok(),
        Value::String(text) => text.trim().parse().ok(),
        _ => None,
    };
    number.ok_or("un nombre entier positif est attendu")
}

pub(super) fn yes_or_no(value: &Value) -> Read<bool> {
    let answer = match value {
        Value::Boolean(answer) => Some(*answer),
        Value::String(text) => text.trim().parse().ok(),
        _ => None,
    };
    answer.ok_or("true ou false est attendu")
}

pub(super) fn positive(value: &Value) -> Read<u32> {
    number(value).ok().filter(|number| *number > 0).ok_or("un nombre entier supérieur à zéro est attendu")
}

pub(super) fn path(value: &Value) -> Read<PathBuf> {
    text(value).ok().filter(|text| !text.is_empty()).map(PathBuf::from).ok_or("le chemin d’un fichier est attendu")
}

/// Reads a path. An empty text means no file.
pub(super) fn path_or_none(value: &Value) -> Read<Option<PathBuf>> {
    match text(value) {
        Ok(text) if text.is_empty() => Ok(None),
        _ => path(value).map(Some),
    }
}

pub(super) fn socket(value: &Value) -> Read<SocketAddr> {
    let text = text(value).unwrap_or_default();
    text.parse().map_err(|_| "une adresse et un port sont attendus, par exemple 127.0.0.1:3000")
}

pub(super) fn database(value: &Value) -> Read<String> {
    let schemes = ["sqlite:", "postgres://", "postgresql://"];
    text(value)
        .ok()
        .filter(|url| schemes.iter().any(|scheme| url.len() > scheme.len() && url.starts_with(scheme)))
        .ok_or("une adresse sqlite://… ou postgres://… est attendue")
}

pub(super) fn mail(value: &Value) -> Read<String> {
    let url = text(value).unwrap_or_default();
    match Transport::check(&url) {
        Ok(()) => Ok(url),
        Err(_) => Err("une adresse file:…, smtp://… ou smtps://… est attendue"),
    }
}

pub(super) fn from(value: &Value) -> Read<Expediteur> {
    let text = text(value).unwrap_or_default();
    Expediteur::parse(&text).ok_or("un expéditeur est attendu, par exemple Préinscription IEL <iel@exemple.fr>")
}

/// Reads the public URL: scheme, host and port only, so that a path can follow.
pub(super) fn public_url(value: &Value) -> Read<String> {
    const EXPECTED: &str = "une adresse http(s)://… sans chemin est attendue, par exemple https://iel.exemple.fr";
    let uri: Uri = text(value).unwrap_or_default().parse().map_err(|_| EXPECTED)?;
    let scheme = uri.scheme_str().filter(|scheme| matches!(*scheme, "http" | "https")).ok_or(EXPECTED)?;
    let authority = uri.authority().filter(|authority| !authority.as_str().contains('@')).ok_or(EXPECTED)?;
    if uri.host().is_none_or(str::is_empty) || uri.path() != "/" || uri.query().is_some() {
        return Err(EXPECTED);
    }
    // Removes the default port: browsers leave it out of `Host`, and all their requests would be refused.
    let authority = authority.as_str().to_lowercase();
    let usual = if scheme == "https" { ":443" } else { ":80" };
    Ok(format!("{scheme}://{}", authority.strip_suffix(usual).unwrap_or(&authority)))
}

/// The default public URL: this machine.
pub(super) fn local_url(site_addr: SocketAddr) -> String {
    match site_addr.ip() {
        ip if ip.is_unspecified() => format!("http://localhost:{}", site_addr.port()),
        IpAddr::V4(_) | IpAddr::V6(_) => format!("http://{site_addr}"),
    }
}

/// Reads a web address or an empty text. It becomes a link on a page, so only http and https are accepted.
pub(super) fn link(value: &Value) -> Read<String> {
    let fine = |url: &String| {
        url.is_empty() || ((url.starts_with("https://") || url.starts_with("http://")) && url.parse::<Uri>().is_ok())
    };
    text(value).ok().filter(fine).ok_or("une adresse http(s)://… est attendue")
}

pub(super) fn log_format(value: &Value) -> Read<Format> {
    match text(value).unwrap_or_default().as_str() {
        "text" => Ok(Format::Text),
        "json" => Ok(Format::Json),
        _ => Err("text ou json est attendu"),
    }
}

/// Reads a list of networks. In a variable, commas separate them.
pub(super) fn networks(value: &Value) -> Read<Vec<Reseau>> {
    const EXPECTED: &str = "des adresses IP ou des réseaux sont attendus, par exemple 10.0.0.0/8";
    let texts: Option<Vec<&str>> = match value {
        Value::String(text) => Some(text.split(',').map(str::trim).filter(|text| !text.is_empty()).collect()),
        Value::Array(values) => values.iter().map(Value::as_str).collect(),
        _ => None,
    };
    texts.ok_or(EXPECTED)?.into_iter().map(|text| text.parse().map_err(|()| EXPECTED)).collect()
}
