//! A file on its way in: kept aside until it is whole, so that a caller who is gone halfway leaves nothing behind. It
//! has no name, and the system removes it with the process.

use std::fs::File;
use std::io::{self, BufReader, Seek, SeekFrom};

use axum::body::Bytes;
use futures_util::{Stream, StreamExt};
use sha2::{Digest, Sha256};
use tokio::io::{AsyncWriteExt, BufWriter};

/// Larger files are refused: years of a shop's payments fit.
pub const LARGEST: u64 = 2 * 1024 * 1024 * 1024;

/// A whole file.
#[derive(Debug)]
pub struct Upload {
    file: File,
    /// The contents, hashed.
    pub hash: Vec<u8>,
    /// Its size.
    pub bytes: u64,
    /// Its name, where one came with it.
    pub name: Option<String>,
}

/// Why there is no whole file.
#[derive(Debug, thiserror::Error)]
pub enum UploadError {
    /// The sender is gone, or the body is not what its head says.
    #[error("the file broke off")]
    BrokeOff,
    /// More than is taken.
    #[error("the file is too large")]
    TooLarge,
    /// No room to keep it.
    #[error("the file cannot be kept: {0}")]
    NoRoom(#[from] io::Error),
}

impl Upload {
    /// Takes a file in, piece by piece.
    pub async fn take<E>(
        mut pieces: impl Stream<Item = Result<Bytes, E>> + Unpin,
        name: Option<String>,
    ) -> Result<Self, UploadError> {
        let mut kept = BufWriter::new(tokio::fs::File::from_std(tempfile::tempfile()?));
        let (mut hash, mut bytes) = (Sha256::new(), 0_u64);
        while let Some(piece) = pieces.next().await {
            let piece = piece.map_err(|_| UploadError::BrokeOff)?;
            bytes += u64::try_from(piece.len()).unwrap_or(LARGEST);
            if bytes > LARGEST {
                return Err(UploadError::TooLarge);
            }
            hash.update(&piece);
            kept.write_all(&piece).await?;
        }
        kept.flush().await?;
        let file = kept.into_inner().into_std().await;
        Ok(Self { file, hash: hash.finalize().to_vec(), bytes, name })
    }

    /// The contents from the beginning. One reader at a time: all share the place in the file.
    pub fn read(&self) -> io::Result<BufReader<File>> {
        let mut file = self.file.try_clone()?;
        file.seek(SeekFrom::Start(0))?;
        Ok(BufReader::new(file))
    }
}
