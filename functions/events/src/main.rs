//! The entry point of the functions of the events area.

fn main() -> std::process::ExitCode {
    millrace_endpoint::lambda::main(millrace_events::FUNCTIONS)
}
