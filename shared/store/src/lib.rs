//! The single table: its keys, its entities, and each access pattern as a named method.
//!
//! No method that touches a workspace's data can be called without a [`Scope`], which only a verified call (or an
//! event that came out of the table itself) can make: tenants are kept apart by type.

pub mod account;
pub mod attachment;
pub mod audit;
pub mod board;
pub mod calendar;
pub mod carried;
pub mod comment;
pub mod counters;
pub mod cursor;
pub mod custom;
pub mod due;
pub mod event;
pub mod exported;
mod failure;
pub mod flag;
pub mod flow;
pub mod idempotency;
pub mod import;
pub mod inbox;
pub mod item;
pub mod keys;
pub mod link;
pub mod live;
pub mod lock;
pub mod mail;
pub mod metrics;
pub mod project;
pub mod purge;
pub mod recount;
pub mod report;
pub mod scope;
pub mod sprint;
pub mod table;
pub mod tally;
pub mod task;
pub mod team;
pub mod time;
pub mod transaction;
pub mod transfer;
pub mod week;
pub mod workspace;

pub use item::Stored;
pub use scope::{Claim, Scope};
pub use table::{Read, Table, Write};
pub use transaction::Transaction;
