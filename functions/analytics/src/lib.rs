//! The analytics area: figures and the counters behind them.

use millrace_endpoint::Declared;

pub mod aggregate;
pub mod dashboard;
pub mod distribution;
mod parts;
pub mod project;
pub mod team;
pub mod user;

/// The functions of this area.
pub const FUNCTIONS: &[Declared] = &[
    Declared::endpoint::<dashboard::Dashboard>(),
    Declared::endpoint::<user::UserStats>(),
    Declared::endpoint::<team::TeamPerformance>(),
    Declared::endpoint::<distribution::Distribution>(),
    Declared::endpoint::<project::ProjectAnalytics>(),
    Declared::consumer::<aggregate::Aggregate>(),
];
