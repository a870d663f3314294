//! The functions of the comments area, one a process.

fn main() -> std::process::ExitCode {
    millrace_endpoint::lambda::main(millrace_comments::FUNCTIONS)
}
