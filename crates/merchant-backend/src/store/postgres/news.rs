//! Hearing what other instances stored: `LISTEN` on a connection of its own, made anew when it breaks. What is said while
//! it is down is lost, so afterwards anything may have changed.

use std::future::poll_fn;
use std::time::Duration;

use tokio::sync::mpsc::{self, Receiver, Sender};
use tokio::time::{MissedTickBehavior, interval, sleep, timeout};
use tokio_postgres::tls::MakeTlsConnect;
use tokio_postgres::{AsyncMessage, Client, Connection, NoTls};

use super::PostgresAddress;
use super::tls;
use crate::payments::attempt::OrderId;
use crate::store::StoreError;
use crate::store::records::Change;

/// More than come in any moment; a full one makes the connection wait, nothing is lost.
const ROOM: usize = 1024;
const FIRST_PAUSE: Duration = Duration::from_millis(100);
const LONGEST_PAUSE: Duration = Duration::from_secs(5);
/// For a connection and its first word.
const CONNECTING: Duration = Duration::from_secs(10);
/// A line that is dead without a word is found out by asking.
const ASK_EVERY: Duration = Duration::from_secs(5);

/// Starts to hear; ends when nobody receives any more.
pub(super) fn hear(address: PostgresAddress) -> Receiver<Change> {
    let (changes, receiver) = mpsc::channel(ROOM);
    tokio::spawn(async move {
        let mut pause = FIRST_PAUSE;
        while !changes.is_closed() {
            match listen(&address, &changes).await {
                Ok(()) => return,
                Err((error, heard)) => {
                    tracing::warn!(%error, "other instances cannot be heard; listening again");
                    pause = if heard { FIRST_PAUSE } else { (pause * 2).min(LONGEST_PAUSE) };
                }
            }
            if changes.send(Change::Anything).await.is_err() {
                return;
            }
            sleep(pause).await;
        }
    });
    receiver
}

/// Hears until the line breaks; tells whether it was up.
async fn listen(address: &PostgresAddress, changes: &Sender<Change>) -> Result<(), (StoreError, bool)> {
    let down = |error: StoreError| (error, false);
    if address.is_encrypted() {
        let connector = tls::connector(address).map_err(down)?;
        listen_by(address, connector, changes).await
    } else {
        listen_by(address, NoTls, changes).await
    }
}

async fn listen_by<T>(
    address: &PostgresAddress,
    connector: T,
    changes: &Sender<Change>,
) -> Result<(), (StoreError, bool)>
where
    T: MakeTlsConnect<tokio_postgres::Socket>,
    T::Stream: Send + 'static,
{
    let (said, mut words) = mpsc::channel(ROOM);
    let connecting = async {
        let (client, connection) = address.client_config().connect(connector).await?;
        let driving = tokio::spawn(drive(connection, said));
        client.batch_execute("LISTEN orders").await?;
        Ok::<_, tokio_postgres::Error>((client, driving))
    };
    let connected = timeout(CONNECTING, connecting).await.map_err(|_| (broken("nobody answers"), false))?;
    let (client, driving) = connected.map_err(|error| (error.into(), false))?;
    // Whatever was said before this moment was said to nobody.
    let mut result = changes.send(Change::Anything).await.map_err(|_| ());
    let mut asking = interval(ASK_EVERY);
    asking.set_missed_tick_behavior(MissedTickBehavior::Delay);
    while result.is_ok() {
        tokio::select! {
            order = words.recv() => match order {
                Some(order) => result = changes.send(Change::Order(order)).await.map_err(|_| ()),
                None => return Err((broken("the connection broke"), true)),
            },
            _ = asking.tick() => answers(&client).await.map_err(|error| (error, true))?,
            () = changes.closed() => result = Err(()),
        }
    }
    driving.abort();
    Ok(())
}

async fn answers(client: &Client) -> Result<(), StoreError> {
    match timeout(ASK_EVERY, client.batch_execute("SELECT 1")).await {
        Ok(answer) => Ok(answer?),
        Err(_) => Err(broken("the connection is silent")),
    }
}

/// Moves the connection's bytes and tells which orders are named.
async fn drive<S, T>(mut connection: Connection<S, T>, said: Sender<OrderId>)
where
    S: tokio::io::AsyncRead + tokio::io::AsyncWrite + Unpin,
    T: tokio::io::AsyncRead + tokio::io::AsyncWrite + Unpin,
{
    while let Some(Ok(message)) = poll_fn(|context| connection.poll_message(context)).await {
        if let AsyncMessage::Notification(notification) = message
            && let Ok(order) = notification.payload().parse()
            && said.send(OrderId(order)).await.is_err()
        {
            return;
        }
    }
}

fn broken(what: &str) -> StoreError {
    StoreError::Unavailable(what.to_owned())
}
