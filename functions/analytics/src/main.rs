//! The functions of the analytics area, one a process.

fn main() -> std::process::ExitCode {
    millrace_endpoint::lambda::main(millrace_analytics::FUNCTIONS)
}
