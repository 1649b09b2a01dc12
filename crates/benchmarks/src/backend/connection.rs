//! One HTTP/1.1 connection kept open: the lightest client there is, so that what is measured is the server.

use std::net::{Ipv4Addr, SocketAddr};
use std::time::Duration;

use anyhow::{Context, bail};
use bytes::Bytes;
use http_body_util::{BodyExt as _, Full};
use hyper::client::conn::http1::{SendRequest, handshake};
use hyper::{Request, header};
use hyper_util::rt::TokioIo;
use tokio::net::{TcpSocket, TcpStream};
use tokio::task::JoinHandle;
use tokio::time::timeout;

/// Longer than the longest wait for news: a server that takes more has failed.
const PATIENCE: Duration = Duration::from_mins(1);
/// For a connection on this machine: one that is dropped at a full queue is tried again by the system after 1, 3 and 7 s.
const CONNECTING: Duration = Duration::from_secs(15);
/// Connections from one address of ours to one server: the system has some 28,000 ports for them, fewer where others
/// have just been closed.
const FROM_ONE_ADDRESS: usize = 5_000;

/// An open connection to one server.
#[derive(Debug)]
pub(super) struct Connection {
    sender: SendRequest<Full<Bytes>>,
    host: String,
    driver: JoinHandle<hyper::Result<()>>,
}

/// Closed at once, also with an answer on its way: its file and its port are needed by the next.
impl Drop for Connection {
    fn drop(&mut self) {
        self.driver.abort();
    }
}

impl Connection {
    /// `origin` is `http://host:port`.
    pub(super) async fn open(origin: &str) -> anyhow::Result<Self> {
        Self::open_one_of_many(origin, 0).await
    }

    /// One of more connections than an address of ours has ports for.
    pub(super) async fn open_one_of_many(origin: &str, number: usize) -> anyhow::Result<Self> {
        let host = origin.strip_prefix("http://").context("an origin on this machine")?.to_owned();
        let stream = timeout(CONNECTING, connected(host.parse()?, number)).await;
        let stream = stream.with_context(|| format!("no connection in {CONNECTING:?}"))??;
        stream.set_nodelay(true)?;
        let (sender, driver) = handshake(TokioIo::new(stream)).await?;
        Ok(Self { sender, host, driver: tokio::spawn(driver) })
    }

    pub(super) async fn get(&mut self, path: &str) -> anyhow::Result<Bytes> {
        let request = Request::get(path).header(header::HOST, &self.host).body(Full::default())?;
        self.send(request).await
    }

    pub(super) async fn post(
        &mut self,
        path: &str,
        headers: &[(&str, &str)],
        body: &str,
    ) -> anyhow::Result<Bytes> {
        let mut request = Request::post(path)
            .header(header::HOST, &self.host)
            .header(header::CONTENT_TYPE, "application/json");
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        self.send(request.body(Full::from(body.to_owned()))?).await
    }

    async fn send(&mut self, request: Request<Full<Bytes>>) -> anyhow::Result<Bytes> {
        timeout(PATIENCE, self.answered(request)).await.context("no answer in a minute")?
    }

    async fn answered(&mut self, request: Request<Full<Bytes>>) -> anyhow::Result<Bytes> {
        self.sender.ready().await?;
        let answer = self.sender.send_request(request).await?;
        let status = answer.status();
        let body = answer.into_body().collect().await?.to_bytes();
        if !status.is_success() {
            bail!("{status}: {}", String::from_utf8_lossy(&body));
        }
        Ok(body)
    }
}

/// Elsewhere than on Linux only one address of the loopback network is there.
async fn connected(server: SocketAddr, number: usize) -> std::io::Result<TcpStream> {
    let socket = TcpSocket::new_v4()?;
    if cfg!(target_os = "linux") {
        let last = 1 + number / FROM_ONE_ADDRESS % 200;
        let ours = Ipv4Addr::new(127, 0, 1, u8::try_from(last).unwrap_or(1));
        socket.bind((ours, 0).into())?;
    }
    socket.connect(server).await
}
