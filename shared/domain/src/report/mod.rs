//! Reports that people ask for.

mod request;

pub use request::{GIVEN_UP, KEPT, MOST_CHOICES, Report, ReportFormat, ReportKind, ReportRequest, ReportState};
