//! The staff's part of the store: which transaction or read each method is.

use async_trait::async_trait;
use jiff::Timestamp;

use super::{Database, Ledger, audit, console_tokens, staff};
use crate::store::StoreError;
use crate::store::staff::{
    AuditCursor, AuditFilter, AuditView, ConsoleTokenRecord, NewAuditEntry, NewSession, NewStaffRecord,
    SecondFactorChange, StaffChange, StaffChanged, StaffId, StaffRecord, StaffStore,
};

#[async_trait]
impl<D: Database> StaffStore for Ledger<D> {
    async fn staff(&self, login: String) -> Result<Option<StaffRecord>, StoreError> {
        self.database.look(move |connection| staff::by_login(connection, &login)).await
    }

    async fn all_staff(&self) -> Result<Vec<StaffRecord>, StoreError> {
        self.database.look(staff::all).await
    }

    async fn add_staff(&self, new: NewStaffRecord) -> Result<Option<StaffRecord>, StoreError> {
        self.database.write(move |tx| staff::add(tx, &new)).await
    }

    async fn change_staff(&self, change: StaffChange) -> Result<StaffChanged, StoreError> {
        self.database.write(move |tx| staff::change(tx, &change)).await
    }

    async fn change_own_password(
        &self,
        session: Vec<u8>,
        password_hash: String,
        now: Timestamp,
    ) -> Result<bool, StoreError> {
        self.database.write(move |tx| staff::change_own_password(tx, &session, &password_hash, now)).await
    }

    async fn change_second_factor(
        &self,
        id: StaffId,
        change: SecondFactorChange,
        now: Timestamp,
    ) -> Result<bool, StoreError> {
        self.database.write(move |tx| staff::change_second_factor(tx, id, &change, now)).await
    }

    async fn begin_session(&self, new: NewSession) -> Result<bool, StoreError> {
        self.database.write(move |tx| staff::begin_session(tx, &new)).await
    }

    async fn session_owner(
        &self,
        hash: Vec<u8>,
        idle_since: Timestamp,
        seen_before: Timestamp,
        now: Timestamp,
    ) -> Result<Option<StaffRecord>, StoreError> {
        let asked = hash.clone();
        let owner =
            self.database.look(move |connection| staff::session_owner(connection, &asked, idle_since, now));
        let owner = owner.await?;
        let Some((owner, seen_at)) = owner else { return Ok(None) };
        if seen_at <= seen_before {
            self.database.write(move |tx| staff::see_session(tx, &hash, now)).await?;
        }
        Ok(Some(owner))
    }

    async fn end_session(&self, hash: Vec<u8>, now: Timestamp) -> Result<(), StoreError> {
        self.database.write(move |tx| staff::end_session(tx, &hash, now)).await
    }

    async fn add_console_token(
        &self,
        token: ConsoleTokenRecord,
        by: String,
        now: Timestamp,
    ) -> Result<(), StoreError> {
        self.database.write(move |tx| console_tokens::add(tx, &token, &by, now)).await
    }

    async fn console_token(
        &self,
        hash: Vec<u8>,
        now: Timestamp,
    ) -> Result<Option<ConsoleTokenRecord>, StoreError> {
        self.database.look(move |connection| console_tokens::find(connection, &hash, now)).await
    }

    async fn write_audit(&self, entry: NewAuditEntry) -> Result<(), StoreError> {
        self.database.write(move |tx| audit::write(tx, &entry)).await
    }

    async fn audit(&self, filter: AuditFilter) -> Result<(Vec<AuditView>, Option<AuditCursor>), StoreError> {
        self.database.snapshot(move |connection| audit::read(connection, &filter)).await
    }
}
