//! The functions of the sprints area, one a process.

fn main() -> std::process::ExitCode {
    millrace_endpoint::lambda::main(millrace_sprints::FUNCTIONS)
}
