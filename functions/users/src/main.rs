//! The functions of the users area, one a process.

fn main() -> std::process::ExitCode {
    millrace_endpoint::lambda::main(millrace_users::FUNCTIONS)
}
