//! The entry point of the functions of the analytics area.

fn main() -> std::process::ExitCode {
    millrace_endpoint::lambda::main(millrace_analytics::FUNCTIONS)
}
