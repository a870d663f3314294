//! The functions of the reports area, one a process.

fn main() -> std::process::ExitCode {
    millrace_endpoint::lambda::main(millrace_reports::FUNCTIONS)
}
