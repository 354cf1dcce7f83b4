//! Why a mail does not leave.

/// Why a mail did not leave, sorted by what to do next.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SendError {
    /// Try again later.
    #[error("temporary: {0}")]
    Temporary(String),
    /// This mail will never arrive. Other mails may.
    #[error("refused: {0}")]
    Recipient(String),
    /// No mail can leave until somebody mends the configuration.
    #[error("the mail server refuses us: {0}")]
    Queue(String),
}

impl SendError {
    /// Masks the addresses: a server may quote the recipient in its reply, and neither the log nor the database may
    /// keep it.
    pub fn without_addresses(self) -> Self {
        let masked = |why: String| {
            why.split(' ').map(|word| if word.contains('@') { "…" } else { word }).collect::<Vec<_>>().join(" ")
        };
        match self {
            Self::Temporary(why) => Self::Temporary(masked(why)),
            Self::Recipient(why) => Self::Recipient(masked(why)),
            Self::Queue(why) => Self::Queue(masked(why)),
        }
    }
}

#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum TransportError {
    #[error("not an address of mail transport: file:…, smtp://… or smtps://…")]
    Url,
    #[error("TLS cannot be set up: {0}")]
    Tls(String),
}
