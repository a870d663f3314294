//! The functions of the auth area, one a process.

fn main() -> std::process::ExitCode {
    millrace_endpoint::lambda::main(millrace_auth::FUNCTIONS)
}
