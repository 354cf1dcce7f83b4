//! The words of a person's folded names, one row for each word. A search by the first letters of a word can use an
//! index. Neighbouring words are also stored joined: « Jeanlouis » finds « Jean-Louis ».

use domain::collectivite::fold;
use sea_orm::{ColumnTrait, Condition, ConnectionTrait, DbErr, EntityTrait, QueryFilter, Set};

use crate::persistence::entities::compte;
use crate::persistence::entities::compte_mot::{ActiveModel, Column, Entity};

/// The words of `nom_cle`, each once.
pub fn of(nom_cle: &str) -> Vec<&str> {
    let mut words: Vec<&str> = nom_cle.split(' ').filter(|word| !word.is_empty()).collect();
    words.sort_unstable();
    words.dedup();
    words
}

/// The words by which a search finds an account, each once.
pub fn of_account(row: &compte::Model) -> Vec<String> {
    let names = [&row.nom, &row.prenom, &row.nom_naissance].map(|name| fold(name));
    let words = names.iter().flat_map(|name| name.split(' ')).filter(|word| !word.is_empty()).map(str::to_owned);
    let mut words: Vec<String> = words.chain(names.iter().flat_map(|name| glued(name))).collect();
    words.sort_unstable();
    words.dedup();
    words
}

/// Joins each two neighbouring words of a folded name, and all its words. A joined word with « st » is also given with
/// « saint », as in « Saintpierre ».
pub fn glued(folded: &str) -> Vec<String> {
    let words: Vec<&str> = folded.split(' ').filter(|word| !word.is_empty()).collect();
    let mut parts: Vec<&[&str]> = words.windows(2).collect();
    if words.len() > 2 {
        parts.push(&words);
    }
    let mut glued: Vec<String> = parts.iter().map(|part| part.concat()).collect();
    glued.extend(parts.iter().filter(|part| part.iter().any(|word| in_full(word) != *word)).map(|part| whole(part)));
    glued
}

/// Joins a folded name into one word and writes « saint » in full. So names that differ only by blanks and hyphens give
/// the same word.
pub fn joined(folded: &str) -> String {
    whole(&folded.split(' ').collect::<Vec<_>>())
}

fn whole(words: &[&str]) -> String {
    words.iter().map(|word| in_full(word)).collect()
}

fn in_full(word: &str) -> &str {
    match word {
        "st" => "saint",
        "ste" => "sainte",
        other => other,
    }
}

/// How many neighbouring words a search joins.
const GLUED: usize = 4;

/// For each word of a search, the beginnings that match it: the word alone, then joined with its neighbours. So « de la
/// tour » finds « Delatour », and « 213 105 554 » finds a SIREN.
pub fn spellings(words: &[&str]) -> Vec<Vec<String>> {
    let of = |at: usize| {
        let runs =
            (1..=GLUED).flat_map(|length| (at.saturating_sub(length - 1)..=at).map(move |from| from..from + length));
        runs.filter_map(|run| words.get(run)).map(<[&str]>::concat).collect()
    };
    (0..words.len()).map(of).collect()
}

/// Each word of a search, alone or joined, must begin a word of the column. The column has a blank before each word. A
/// folded word has only letters and digits, so `%` and `_` never reach the pattern.
pub fn each_begins(column: impl ColumnTrait, words: &[&str]) -> Condition {
    let like = |word: String| column.like(format!("% {word}%"));
    let any = |words: Vec<String>| words.into_iter().map(like).fold(Condition::any(), Condition::add);
    spellings(words).into_iter().map(any).fold(Condition::all(), Condition::add)
}

pub async fn add(db: &impl ConnectionTrait, row: &compte::Model) -> Result<(), DbErr> {
    let words = of_account(row);
    let rows = words.into_iter().map(|mot| ActiveModel { mot: Set(mot), compte_id: Set(row.id) });
    Entity::insert_many(rows).exec_without_returning(db).await?;
    Ok(())
}

/// Writes the words again, after a name changed.
pub async fn replace(db: &impl ConnectionTrait, row: &compte::Model) -> Result<(), DbErr> {
    Entity::delete_many().filter(Column::CompteId.eq(row.id)).exec(db).await?;
    add(db, row).await
}

/// A text greater than every word that begins with `prefix`. Both engines order the column by bytes, and no character
/// has greater bytes than this one.
pub fn end_of(prefix: &str) -> String {
    format!("{prefix}\u{10ffff}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn neighbours_are_glued() {
        assert_eq!(glued("jean"), [""; 0]);
        assert_eq!(glued("jean louis"), ["jeanlouis"]);
        assert_eq!(glued("de la tour"), ["dela", "latour", "delatour"]);
        assert_eq!(glued("st pierre"), ["stpierre", "saintpierre"]);
        assert_eq!(joined("ste foy"), joined("saintefoy"));
    }

    #[test]
    fn a_word_may_be_typed_with_its_neighbours() {
        assert_eq!(spellings(&["zorn"]), [["zorn"]]);
        assert_eq!(spellings(&["jean", "louis"]), [["jean", "jeanlouis"], ["louis", "jeanlouis"]]);
        assert_eq!(spellings(&["213", "105", "554"])[1], ["105", "213105", "105554", "213105554"]);
        assert_eq!(spellings(&["a", "b", "c", "d", "e"])[0], ["a", "ab", "abc", "abcd"]);
    }
}
