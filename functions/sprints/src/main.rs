//! The entry point of the functions of the sprints area.

fn main() -> std::process::ExitCode {
    millrace_endpoint::lambda::main(millrace_sprints::FUNCTIONS)
}
