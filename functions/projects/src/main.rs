//! The entry point of the functions of the projects area.

fn main() -> std::process::ExitCode {
    millrace_endpoint::lambda::main(millrace_projects::FUNCTIONS)
}
