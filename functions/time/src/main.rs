//! The entry point of the functions of the time area.

fn main() -> std::process::ExitCode {
    millrace_endpoint::lambda::main(millrace_time::FUNCTIONS)
}
