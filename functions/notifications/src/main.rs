//! The functions of the notifications area, one a process.

fn main() -> std::process::ExitCode {
    millrace_endpoint::lambda::main(millrace_notifications::FUNCTIONS)
}
