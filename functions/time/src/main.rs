//! The functions of the time area, one a process.

fn main() -> std::process::ExitCode {
    millrace_endpoint::lambda::main(millrace_time::FUNCTIONS)
}
