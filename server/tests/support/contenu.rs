//! All that a database holds, as text.

use sea_orm::{ConnectionTrait, Statement};
use server::persistence::engine::Engine;

use super::Monde;

/// The tests name the network of a client after its person, because limits count by network.
const NETWORK: &str = "net of ";

impl Monde {
    async fn texts(&self, sql: &str) -> Vec<String> {
        let db = self.backend.db();
        let rows = db.connection().query_all_raw(Statement::from_string(db.backend(), sql)).await.unwrap();
        rows.iter().map(|row| row.try_get_by_index(0).unwrap()).collect()
    }

    /// Every table, from the catalogue: a new one is looked at too.
    pub async fn tables(&self) -> Vec<String> {
        self.texts(match self.backend.db().engine() {
            Engine::Sqlite => "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'",
            Engine::Postgres => "SELECT CAST(tablename AS text) FROM pg_tables WHERE schemaname = current_schema()",
        })
        .await
    }

    /// The rows of a table, each as one text.
    pub async fn rows(&self, table: &str) -> Vec<String> {
        let sql = match self.backend.db().engine() {
            Engine::Sqlite => {
                let columns = self.texts(&format!("SELECT name FROM pragma_table_info('{table}')")).await;
                let cells: Vec<_> = columns.iter().map(|name| format!("COALESCE(CAST({name} AS TEXT), '')")).collect();
                format!("SELECT {} FROM {table}", cells.join(" || '|' || "))
            }
            Engine::Postgres => format!("SELECT CAST(ligne AS text) FROM {table} AS ligne"),
        };
        self.texts(&sql).await
    }

    /// The places that hold this text, as `table: row`.
    pub async fn found(&self, text: &str) -> Vec<String> {
        let mut found = Vec::new();
        for table in self.tables().await {
            let rows = self.rows(&table).await;
            found.extend(
                rows.into_iter()
                    .filter(|row| row.contains(text) && !row.contains(NETWORK))
                    .map(|row| format!("{table}: {row}")),
            );
        }
        found
    }
}
