//! The entry point of the functions of the comments area.

fn main() -> std::process::ExitCode {
    millrace_endpoint::lambda::main(millrace_comments::FUNCTIONS)
}
