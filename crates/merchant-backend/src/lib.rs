//! merchant-backend
