//! The command line.

use std::process::ExitCode;

use clap::Parser;
use server::commands::Cli;

#[tokio::main]
async fn main() -> ExitCode {
    server::commands::run(Cli::parse()).await
}
