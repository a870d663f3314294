//! The functions of the notify area, one a process.

fn main() -> std::process::ExitCode {
    millrace_endpoint::lambda::main(millrace_notify::FUNCTIONS)
}
