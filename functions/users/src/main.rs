//! The entry point of the functions of the users area.

fn main() -> std::process::ExitCode {
    millrace_endpoint::lambda::main(millrace_users::FUNCTIONS)
}
