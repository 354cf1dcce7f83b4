//! A port that lists its methods: a test can walk them all, and fail when one is new.

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
