//! The entry point of the functions of the live area.

fn main() -> std::process::ExitCode {
    millrace_endpoint::lambda::main(millrace_live::FUNCTIONS)
}
