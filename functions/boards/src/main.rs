//! The functions of the boards area, one a process.

fn main() -> std::process::ExitCode {
    millrace_endpoint::lambda::main(millrace_boards::FUNCTIONS)
}
