//! The log: one line for each event, on the error output, as text or JSON. It contains no text or address of a person,
//! and no token: `server/tests/traces.rs` checks this.

use std::io::IsTerminal;

use tracing::Subscriber;
use tracing_subscriber::EnvFilter;
use tracing_subscriber::fmt::MakeWriter;

/// How a line is written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Format {
    #[default]
    Text,
    Json,
}

/// The filter when `RUST_LOG` is not set.
const DEFAULT: &str = "info,sqlx=warn,sea_orm=warn";

/// Installs the log of this process.
pub fn install(format: Format) {
    let filter = EnvFilter::try_from_default_env().unwrap_or_else(|_| EnvFilter::new(DEFAULT));
    let colours = std::io::stderr().is_terminal();
    if tracing::subscriber::set_global_default(subscriber(format, filter, colours, std::io::stderr)).is_err() {
        tracing::debug!("a log was installed before");
    }
    // The message of a panic may quote a person's text, so only the place is logged.
    std::panic::set_hook(Box::new(|panic| {
        let place = panic.location().map(ToString::to_string).unwrap_or_default();
        tracing::error!(place, "a panic");
    }));
}

/// Makes a log for any output.
pub fn subscriber<W>(format: Format, filter: EnvFilter, colours: bool, writer: W) -> Box<dyn Subscriber + Send + Sync>
where
    W: for<'writer> MakeWriter<'writer> + Send + Sync + 'static,
{
    let lines = tracing_subscriber::fmt().with_env_filter(filter).with_writer(writer).with_ansi(colours);
    match format {
        Format::Text => Box::new(lines.finish()),
        Format::Json => Box::new(lines.json().flatten_event(true).with_span_list(false).finish()),
    }
}
