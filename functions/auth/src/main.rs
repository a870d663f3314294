//! The entry point of the functions of the auth area.

fn main() -> std::process::ExitCode {
    millrace_endpoint::lambda::main(millrace_auth::FUNCTIONS)
}
