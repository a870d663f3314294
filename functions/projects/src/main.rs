//! The functions of the projects area, one a process.

fn main() -> std::process::ExitCode {
    millrace_endpoint::lambda::main(millrace_projects::FUNCTIONS)
}
