use std::collections::HashMap;
use std::net::{IpAddr, SocketAddr};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use axum::Router;
use axum::extract::ConnectInfo;
use axum::http::{Method, StatusCode};
use axum::response::IntoResponse;
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::server::graceful::GracefulShutdown;
use prometheus_client::metrics::gauge::Gauge;
use tokio::net::TcpListener;
use tokio::sync::{OwnedSemaphorePermit, Semaphore, watch};
use tokio_io_timeout::TimeoutStream;
use tower::ServiceExt;

use super::client::{TrustedProxies, subscriber};

/// Limits on connections.
#[derive(Clone, Debug)]
pub struct Limits {
    pub connections: usize,
    /// For one IPv4 address, or one /64 of IPv6. Trusted proxies are exempt.
    pub connections_per_address: usize,
    /// For sending the head of a request. An idle connection stays open for the same time.
    pub header_time: Duration,
    pub header_bytes: usize,
    /// For reading an answer: the connection of a client that reads nothing for so long is closed.
    pub write_time: Duration,
    /// How long running requests may go on after the program is told to stop.
    pub drain_time: Duration,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            connections: 1024,
            connections_per_address: 64,
            header_time: Duration::from_secs(10),
            header_bytes: 16 * 1024,
            write_time: Duration::from_secs(30),
            drain_time: Duration::from_secs(20),
        }
    }
}

/// Serves until `stop` is true, then lets the running requests end.
///
/// `axum::serve` has no time limit on headers: a client that sends them slowly would hold its connection for ever.
pub async fn serve(
    listener: TcpListener,
    router: Router,
    proxies: TrustedProxies,
    limits: Limits,
    open: Gauge,
    mut stop: watch::Receiver<bool>,
) {
    let graceful = GracefulShutdown::new();
    let gate = Gate::new(&limits, open);
    loop {
        let accepted = tokio::select! {
            accepted = listener.accept() => accepted,
            _ = stop.wait_for(|stop| *stop) => break,
        };
        let (stream, peer) = match accepted {
            Ok(accepted) => accepted,
            Err(error) => {
                // Most likely there are no file descriptors left. Connections that end free some.
                tracing::warn!(%error, "a connection could not be accepted");
                tokio::time::sleep(Duration::from_millis(100)).await;
                continue;
            }
        };
        let Some(pass) = gate.enter(peer.ip(), proxies.trusts(peer.ip())) else { continue };
        let router = router.clone();
        let service = service_fn(move |mut request: hyper::Request<Incoming>| {
            request.extensions_mut().insert(ConnectInfo(peer));
            let router = router.clone();
            async move {
                // This server is no proxy. axum would answer CONNECT with a page, and then log an error, because such
                // an answer has no body.
                if request.method() == Method::CONNECT {
                    return Ok(StatusCode::METHOD_NOT_ALLOWED.into_response());
                }
                router.oneshot(request).await
            }
        });
        // Without this, the end of a long answer waits for an acknowledgment that the client delays by 40 ms.
        if let Err(error) = stream.set_nodelay(true) {
            tracing::debug!(%error, "a connection ended before it was served");
            continue;
        }
        let mut stream = TimeoutStream::new(stream);
        stream.set_write_timeout(Some(limits.write_time));
        let connection = http1::Builder::new()
            .timer(TokioTimer::new())
            .header_read_timeout(limits.header_time)
            .max_buf_size(limits.header_bytes)
            .serve_connection(TokioIo::new(Box::pin(stream)), service);
        let connection = graceful.watch(connection);
        tokio::spawn(async move {
            let _pass = pass;
            if let Err(error) = connection.await {
                tracing::debug!(%error, "a connection ended early");
            }
        });
    }
    drop(listener);
    if tokio::time::timeout(limits.drain_time, graceful.shutdown()).await.is_err() {
        tracing::warn!("some requests were still under way and were cut");
    }
}

/// Counts connections, in all and by address.
struct Gate {
    all: Arc<Semaphore>,
    by_address: Arc<Mutex<HashMap<IpAddr, usize>>>,
    per_address: usize,
    open: Gauge,
}

/// A place for one connection. A drop frees it.
struct Pass {
    _place: OwnedSemaphorePermit,
    /// `None` for a trusted proxy: its connections belong to its visitors.
    address: Option<IpAddr>,
    by_address: Arc<Mutex<HashMap<IpAddr, usize>>>,
    open: Gauge,
}

impl Gate {
    fn new(limits: &Limits, open: Gauge) -> Self {
        Self {
            all: Arc::new(Semaphore::new(limits.connections)),
            by_address: Arc::default(),
            per_address: limits.connections_per_address,
            open,
        }
    }

    fn enter(&self, address: IpAddr, trusted: bool) -> Option<Pass> {
        let address = (!trusted).then(|| subscriber(address));
        let place = self.all.clone().try_acquire_owned().ok()?;
        if let Some(address) = address {
            let mut counts = self.by_address.lock().unwrap_or_else(PoisonError::into_inner);
            let count = counts.entry(address).or_default();
            if *count >= self.per_address {
                return None;
            }
            *count += 1;
        }
        self.open.inc();
        Some(Pass { _place: place, address, by_address: self.by_address.clone(), open: self.open.clone() })
    }
}

impl Drop for Pass {
    fn drop(&mut self) {
        self.open.dec();
        let Some(address) = self.address else { return };
        let mut counts = self.by_address.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(count) = counts.get_mut(&address) {
            *count -= 1;
            if *count == 0 {
                counts.remove(&address);
            }
        }
    }
}

/// The peer as axum's handlers and layers read it.
pub fn peer(extensions: &axum::http::Extensions) -> SocketAddr {
    extensions
        .get::<ConnectInfo<SocketAddr>>()
        .map_or_else(|| SocketAddr::from(([0, 0, 0, 0], 0)), |ConnectInfo(peer)| *peer)
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicBool, Ordering};

    use tokio::io::{AsyncReadExt, AsyncWriteExt};

    use super::*;

    #[tokio::test]
    async fn nobody_tunnels_through_us() {
        let asked = Arc::new(AtomicBool::new(false));
        let told = asked.clone();
        let router = Router::new().fallback(move || async move {
            told.store(true, Ordering::SeqCst);
            "a page"
        });
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let (stop, stopped) = watch::channel(false);
        let served = tokio::spawn(serve(
            listener,
            router,
            TrustedProxies::default(),
            Limits::default(),
            Gauge::default(),
            stopped,
        ));
        for target in ["zorn.example:443", "/aide"] {
            let mut stream = tokio::net::TcpStream::connect(address).await.unwrap();
            let head = format!("CONNECT {target} HTTP/1.1\r\nHost: zorn.example\r\nConnection: close\r\n\r\n");
            stream.write_all(head.as_bytes()).await.unwrap();
            let mut answer = String::new();
            stream.read_to_string(&mut answer).await.unwrap();
            assert!(answer.starts_with("HTTP/1.1 405 ") && answer.ends_with("\r\n\r\n"), "{target}: {answer}");
        }
        assert!(!asked.load(Ordering::SeqCst), "no route is asked");
        stop.send(true).unwrap();
        served.await.unwrap();
    }

    #[tokio::test]
    async fn a_kept_connection_delays_no_answer_of_several_writes() {
        const ANSWER: usize = 3;
        let router = Router::new().fallback(|| async {
            let parts = futures::stream::unfold(0, |at| async move {
                // The pause makes the server write this part before the next one is ready.
                tokio::time::sleep(Duration::from_millis(1)).await;
                (at < ANSWER).then(|| (Ok::<_, std::convert::Infallible>("part"), at + 1))
            });
            axum::body::Body::from_stream(parts)
        });
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let (stop, stopped) = watch::channel(false);
        let open = Gauge::default();
        let served = tokio::spawn(serve(listener, router, TrustedProxies::default(), Limits::default(), open, stopped));
        let mut stream = tokio::net::TcpStream::connect(address).await.unwrap();
        let mut quickest = f64::MAX;
        for at in 0..30 {
            let watch = crate::clock::Stopwatch::start();
            stream.write_all(b"GET / HTTP/1.1\r\nHost: a\r\n\r\n").await.unwrap();
            let mut answer = Vec::new();
            while !answer.ends_with(b"0\r\n\r\n") {
                assert!(stream.read_buf(&mut answer).await.unwrap() > 0, "the connection is kept");
            }
            // The first answers of a connection are acknowledged at once, so they do not show the delay.
            if at >= 20 {
                quickest = quickest.min(watch.seconds());
            }
        }
        assert!(quickest < 0.03, "{quickest} s");
        drop(stream);
        stop.send(true).unwrap();
        served.await.unwrap();
    }

    #[test]
    fn the_addresses_of_one_subscriber_count_together() {
        let limits = Limits::default();
        assert_eq!((limits.connections, limits.connections_per_address), (1_024, 64));
        let gate = Gate::new(&limits, Gauge::default());
        let at = |host: u16, network: u16| IpAddr::from([0x2001, 0xdb8, 1, network, 0, 0, 0, host]);
        let held: Vec<_> = (0..64).map(|host| gate.enter(at(host, 2), false)).collect();
        assert!(held.iter().all(Option::is_some));
        assert!(gate.enter(at(64, 2), false).is_none());
        assert!(gate.enter(at(64, 3), false).is_some());
        let proxied: Vec<_> = (0..100).map(|_| gate.enter(at(1, 4), true)).collect();
        assert!(proxied.iter().all(Option::is_some) && gate.enter(at(2, 4), false).is_some(), "a neighbour of a proxy");
    }

    #[test]
    fn one_address_can_not_take_every_connection() {
        let open = Gauge::default();
        let limits = Limits { connections: 4, connections_per_address: 2, ..Limits::default() };
        let gate = Gate::new(&limits, open.clone());
        let one = IpAddr::from([192, 0, 2, 1]);
        let first = gate.enter(one, false);
        let second = gate.enter(one, false);
        assert!(first.is_some() && second.is_some());
        assert!(gate.enter(one, false).is_none());
        let third = gate.enter(one, true);
        assert!(third.is_some(), "a trusted proxy speaks for many");
        let other = gate.enter(IpAddr::from([192, 0, 2, 2]), false);
        assert!(other.is_some());
        assert!(gate.enter(IpAddr::from([192, 0, 2, 3]), false).is_none(), "four in all");
        assert_eq!(open.get(), 4);
        drop((first, second, third));
        assert_eq!(open.get(), 1);
        assert!(gate.enter(one, false).is_some());
    }
}
