//! The functions of the workspaces area, one a process.

fn main() -> std::process::ExitCode {
    millrace_endpoint::lambda::main(millrace_workspaces::FUNCTIONS)
}
