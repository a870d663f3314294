//! Time: the clock, a workspace's calendar, and time logs.

pub mod calendar;
pub mod clock;
mod log;
pub mod timesheet;

pub use log::{LONGEST_RUN, MOST_MINUTES_A_DAY, SHORTEST_RUN, TimeLog, amount, days_of_run, hours};
