//! The functions of the live area, one a process.

fn main() -> std::process::ExitCode {
    millrace_endpoint::lambda::main(millrace_live::FUNCTIONS)
}
