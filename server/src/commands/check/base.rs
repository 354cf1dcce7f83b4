use sea_orm::DbErr;

use super::Constat;
use crate::config::Config;
use crate::persistence::engine::{Db, Engine, Schema, sqlite_file};

/// The free space needed: as much as the database, and at least this much. A backup and a restoration copy the file.
const ROOM_MIN: u64 = 256 * 1024 * 1024;

pub(super) fn unreachable(config: &Config, error: &anyhow::Error) -> String {
    match sqlite_file(&config.database.url) {
        Some(file) if !file.exists() => format!(
            "{} n’existe pas\u{a0}: lancez «\u{a0}iel migrate\u{a0}» pour la créer, ou corrigez IEL_DATABASE_URL",
            file.display()
        ),
        Some(_) => {
            format!("elle ne s’ouvre pas ({error})\u{a0}: vérifiez les droits du fichier, ou restaurez une sauvegarde")
        }
        None => format!(
            "PostgreSQL ne répond pas ({error})\u{a0}: vérifiez qu’il tourne, et l’adresse, le nom et le mot de passe dans \
             IEL_DATABASE_URL"
        ),
    }
}

pub(super) fn schema(schema: Result<Schema, DbErr>) -> Constat {
    match schema {
        Ok(Schema::Current) => Ok(String::new()),
        Ok(Schema::Older) => {
            Err("son schéma est plus ancien que ce programme\u{a0}: lancez «\u{a0}iel migrate\u{a0}»".to_owned())
        }
        Ok(Schema::Newer(step)) => Ok(format!(
            "mais son schéma est celui d’une version plus récente (étape {step})\u{a0}: ce programme sert, revenez-y"
        )),
        Ok(Schema::Foreign) => {
            Err("elle n’a pas le schéma de ce programme\u{a0}: lancez «\u{a0}iel migrate\u{a0}»".to_owned())
        }
        Err(error) => Err(format!("elle ne se lit pas ({error})\u{a0}: restaurez une sauvegarde")),
    }
}

pub(super) async fn content(db: &Db) -> Constat {
    match db.integrity().await {
        Ok(faults) if !faults.is_empty() => {
            Err(format!("{}\u{a0}: arrêtez le service et restaurez une sauvegarde", faults.join(", ")))
        }
        Ok(_) if db.engine() == Engine::Postgres => Ok("laissé à PostgreSQL (amcheck)".to_owned()),
        Ok(_) => Ok(String::new()),
        Err(error) => {
            Err(format!("elle ne se lit pas ({error})\u{a0}: arrêtez le service et restaurez une sauvegarde"))
        }
    }
}

/// Checks the free space in the folder of the SQLite file.
pub(super) fn room(config: &Config) -> Constat {
    let Some(file) = sqlite_file(&config.database.url) else {
        return Ok("celui de PostgreSQL n’est pas vu d’ici".to_owned());
    };
    let folder = file.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(".".as_ref());
    let size = std::fs::metadata(&file).map_or(0, |file| file.len());
    match fs4::available_space(folder) {
        Ok(free) if free < size.max(ROOM_MIN) => Err(format!(
            "{} libres dans {}, pour une base de {}\u{a0}: faites de la place",
            shown(free),
            folder.display(),
            shown(size)
        )),
        Ok(free) => Ok(format!("{} libres, pour une base de {}", shown(free), shown(size))),
        Err(error) => Err(format!("{}\u{a0}: {error}", folder.display())),
    }
}

fn shown(bytes: u64) -> String {
    const MO: u64 = 1024 * 1024;
    match bytes {
        0..MO => "moins d’un Mio".to_owned(),
        MO..10_737_418_240 => format!("{} Mio", bytes / MO),
        _ => format!("{} Gio", bytes / MO / 1024),
    }
}
