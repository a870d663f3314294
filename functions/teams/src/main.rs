//! The functions of the teams area, one a process.

fn main() -> std::process::ExitCode {
    millrace_endpoint::lambda::main(millrace_teams::FUNCTIONS)
}
