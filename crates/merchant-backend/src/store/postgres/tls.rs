//! Encryption to the database: the server's certificate is always checked, against the operator's file of authorities or
//! the ones browsers trust.

use std::path::Path;
use std::sync::Arc;

use rustls::pki_types::CertificateDer;
use rustls::pki_types::pem::PemObject;
use rustls::{ClientConfig, RootCertStore};
use tokio_postgres_rustls::MakeRustlsConnect;

use super::PostgresAddress;
use crate::store::StoreError;

/// What connects with encryption.
pub(super) fn connector(address: &PostgresAddress) -> Result<MakeRustlsConnect, StoreError> {
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let config = ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .map_err(|error| StoreError::Unavailable(error.to_string()))?
        .with_root_certificates(authorities(address)?)
        .with_no_client_auth();
    Ok(MakeRustlsConnect::new(config))
}

fn authorities(address: &PostgresAddress) -> Result<RootCertStore, StoreError> {
    let mut store = RootCertStore::empty();
    match address.authority() {
        Some(file) => {
            let unusable = |error: &dyn std::fmt::Display| unusable(file, error);
            for certificate in CertificateDer::pem_file_iter(file).map_err(|error| unusable(&error))? {
                store
                    .add(certificate.map_err(|error| unusable(&error))?)
                    .map_err(|error| unusable(&error))?;
            }
        }
        None => store.extend(webpki_roots::TLS_SERVER_ROOTS.iter().cloned()),
    }
    Ok(store)
}

fn unusable(file: &Path, error: &dyn std::fmt::Display) -> StoreError {
    StoreError::Unavailable(format!("database_ca_file: {}: {error}", file.display()))
}
