//! The entry point of the functions of the boards area.

fn main() -> std::process::ExitCode {
    millrace_endpoint::lambda::main(millrace_boards::FUNCTIONS)
}
