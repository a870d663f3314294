//! The entry point of the functions of the reports area.

fn main() -> std::process::ExitCode {
    millrace_endpoint::lambda::main(millrace_reports::FUNCTIONS)
}
