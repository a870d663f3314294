//! The entry point of the functions of the workspaces area.

fn main() -> std::process::ExitCode {
    millrace_endpoint::lambda::main(millrace_workspaces::FUNCTIONS)
}
