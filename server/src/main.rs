//! The command line.

use std::process::ExitCode;

use clap::Parser;
use server::commands::Cli;

// One thread for the pages: see DESIGN.md. Passwords and SQLite have their own.
#[tokio::main(flavor = "current_thread")]
async fn main() -> ExitCode {
    server::commands::run(Cli::parse()).await
}
