//! The `[accessibilite]` section. The declaration of accessibility contains only this.

use domain::accessibilite::{Accessibilite, Audit, Conformite};
use domain::instant;
use time::{Date, Month};
use toml::Value;

use super::lecture::{ConfigError, Reglages};
use super::valeur;

const SECTION: &str = "accessibilite";

/// Reads the section. An audit is complete (who, when, which rate) or absent. The state must agree with the rate.
pub(super) fn read(settings: &mut Reglages) -> Result<Accessibilite, ConfigError> {
    let etat = settings.take(SECTION, "etat", etat, || None)?;
    let auditeur = settings.text(SECTION, "auditeur")?;
    let date = settings.take(SECTION, "date", day, || None)?;
    let taux = settings.take(SECTION, "taux", rate, || None)?;
    let (pages, environnements, outils) =
        (list(settings, "pages")?, list(settings, "environnements")?, list(settings, "outils")?);
    let audit = match (auditeur.is_empty(), date, taux) {
        (false, Some(date), Some(taux)) => {
            Some(Audit { auditeur, date: instant::jour(date), taux, pages, environnements, outils })
        }
        (true, None, None) if pages.is_empty() && environnements.is_empty() && outils.is_empty() => None,
        _ => return Err(ConfigError::of(SECTION, "un audit se déclare en entier, par auditeur, date et taux")),
    };
    let reached = taux.map_or(Conformite::NonConforme, Conformite::of_rate);
    if etat.is_some_and(|etat| etat != reached) {
        return Err(ConfigError::of(
            SECTION,
            "etat contredit taux\u{a0}: totale à 100, partielle à partir de 50, non conforme en dessous ou sans audit",
        ));
    }
    Ok(Accessibilite {
        etat: reached,
        audit,
        declaree_le: settings.take(SECTION, "declaree_le", day, || None)?.map(instant::jour).unwrap_or_default(),
        non_conformites: list(settings, "non_conformites")?,
        derogations: list(settings, "derogations")?,
        exemptions: list(settings, "exemptions")?,
        schema_pluriannuel: settings.take(SECTION, "schema_pluriannuel", valeur::link, String::new)?,
        plan_actions: settings.take(SECTION, "plan_actions", valeur::link, String::new)?,
    })
}

fn list(settings: &mut Reglages, key: &str) -> Result<Vec<String>, ConfigError> {
    settings.take(SECTION, key, texts, Vec::new)
}

fn etat(value: &Value) -> Result<Option<Conformite>, &'static str> {
    match valeur::text(value).unwrap_or_default().as_str() {
        "" => Ok(None),
        code => Conformite::from_code(code).map(Some).ok_or("totale, partielle ou non conforme est attendu"),
    }
}

fn day(value: &Value) -> Result<Option<Date>, &'static str> {
    const EXPECTED: &str = "une date AAAA-MM-JJ entre guillemets est attendue";
    match value.as_str().map(str::trim) {
        Some("") => Ok(None),
        Some(text) => date(text).map(Some).ok_or(EXPECTED),
        None => Err(EXPECTED),
    }
}

fn date(text: &str) -> Option<Date> {
    let [year, month, day] = text.split('-').collect::<Vec<_>>()[..] else { return None };
    let month = Month::try_from(month.parse::<u8>().ok()?).ok()?;
    Date::from_calendar_date(year.parse().ok().filter(|year| (2019..=9999).contains(year))?, month, day.parse().ok()?)
        .ok()
}

fn rate(value: &Value) -> Result<Option<f64>, &'static str> {
    let rate = match value {
        Value::String(text) if text.trim().is_empty() => return Ok(None),
        Value::String(text) => text.trim().replace(',', ".").parse().ok(),
        Value::Float(rate) => Some(*rate),
        Value::Integer(rate) => i32::try_from(*rate).ok().map(f64::from),
        _ => None,
    };
    rate.filter(|rate| (0.0..=100.0).contains(rate)).map(Some).ok_or("un pourcentage de 0 à 100 est attendu")
}

/// Reads a list. In a variable, `|` separates the texts, because sentences contain commas.
fn texts(value: &Value) -> Result<Vec<String>, &'static str> {
    let texts: Option<Vec<&str>> = match value {
        Value::String(text) => Some(text.split('|').collect()),
        Value::Array(values) => values.iter().map(Value::as_str).collect(),
        _ => None,
    };
    let texts = texts.ok_or("une liste de textes est attendue")?;
    Ok(texts.into_iter().map(str::trim).filter(|text| !text.is_empty()).map(str::to_owned).collect())
}
