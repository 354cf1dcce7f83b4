//! What a server offers the pages: one trait for each area, found by its type.
//!
//! Expected outcomes are values. [`Fault`] is for the rest: whoever answers the person logs it, once.

use std::any::{Any, TypeId};
use std::collections::HashMap;
use std::sync::Arc;

use domain::exploitant::Exploitant;

use super::exchange::Exchange;
pub use super::fault::{Fault, Reply};

/// The ports of a server, by their types. `register::offer` fills it.
#[derive(Default)]
pub struct Offer(HashMap<TypeId, Box<dyn Any + Send + Sync>>);

impl Offer {
    pub fn put<P: ?Sized + Send + Sync + 'static>(&mut self, port: Arc<P>) {
        self.0.insert(TypeId::of::<P>(), Box::new(port));
    }
}

/// The ports, handed to the pages with each request.
#[derive(Clone)]
pub struct Ports {
    pub exchange: Arc<dyn Exchange>,
    pub exploitant: Arc<Exploitant>,
    offer: Arc<Offer>,
}

impl Ports {
    pub fn new(exchange: Arc<dyn Exchange>, exploitant: Arc<Exploitant>, offer: Arc<Offer>) -> Self {
        Self { exchange, exploitant, offer }
    }

    /// The port of this type.
    ///
    /// # Panics
    /// When `register::offer` does not list it.
    pub fn of<P: ?Sized + Send + Sync + 'static>(&self) -> &P {
        let port = self.offer.0.get(&TypeId::of::<P>()).and_then(|port| port.downcast_ref::<Arc<P>>());
        port.unwrap_or_else(|| panic!("no {} is offered", std::any::type_name::<P>()))
    }
}

/// Writes an asynchronous port and the names of its methods, `<dyn Port>::METHODES`.
macro_rules! port {
    ($(#[$doc:meta])* pub trait $Port:ident {
        $( $(#[$line:meta])* async fn $method:ident(&self $(, $arg:ident: $type:ty)* $(,)?) -> $reply:ty; )+
    }) => {
        $(#[$doc])*
        #[async_trait::async_trait]
        pub trait $Port: Send + Sync {
            $( $(#[$line])* async fn $method(&self $(, $arg: $type)*) -> $reply; )+
        }

        impl dyn $Port {
            pub const METHODES: &'static [&'static str] = &[$( stringify!($method) ),+];
        }
    };
}
pub(crate) use port;
