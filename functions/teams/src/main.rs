//! The entry point of the functions of the teams area.

fn main() -> std::process::ExitCode {
    millrace_endpoint::lambda::main(millrace_teams::FUNCTIONS)
}
