//! The functions of the events area, one a process.

fn main() -> std::process::ExitCode {
    millrace_endpoint::lambda::main(millrace_events::FUNCTIONS)
}
