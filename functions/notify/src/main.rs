//! The entry point of the functions of the notify area.

fn main() -> std::process::ExitCode {
    millrace_endpoint::lambda::main(millrace_notify::FUNCTIONS)
}
