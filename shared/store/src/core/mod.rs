//! The floor that everything else stands on: keys, items, the table, transactions, and who acts where. It knows no entity
//! but the membership that a scope is made from.

pub mod cursor;
pub(crate) mod failure;
pub mod item;
pub mod keys;
pub(crate) mod member;
pub mod scope;
pub mod table;
pub mod tally;
pub mod transaction;
