//! The single table: its keys, its entities, and each access pattern as a named method.
//!
//! It has three floors. `core` knows keys, items, the table, transactions, and who acts where. On it stand the entities, one
//! file each, with their access patterns. On top, `verify` makes a scope of a claim.
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
mod core;
pub mod counters;
pub mod custom;
pub mod due;
pub mod event;
pub mod exported;
pub mod flag;
pub mod flow;
pub mod grant;
pub mod idempotency;
pub mod import;
pub mod inbox;
pub mod link;
pub mod live;
pub mod lock;
pub mod mail;
pub mod membership;
pub mod metrics;
pub mod project;
pub mod purge;
pub mod recount;
pub mod report;
pub mod snapshot;
pub mod sprint;
pub mod task;
pub mod team;
pub mod time;
pub mod transfer;
mod verify;
pub mod week;
pub mod workspace;

pub use self::core::{
    cursor, item,
    item::Stored,
    keys, scope,
    scope::{Claim, Scope},
    table,
    table::{Read, Table, Write},
    tally, transaction,
    transaction::Transaction,
};
