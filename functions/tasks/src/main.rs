//! The functions of the tasks area, one a process.

fn main() -> std::process::ExitCode {
    millrace_endpoint::lambda::main(millrace_tasks::FUNCTIONS)
}
