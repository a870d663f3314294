//! The entry point of the functions of the notifications area.

fn main() -> std::process::ExitCode {
    millrace_endpoint::lambda::main(millrace_notifications::FUNCTIONS)
}
