//! The entry point of the functions of the tasks area.

fn main() -> std::process::ExitCode {
    millrace_endpoint::lambda::main(millrace_tasks::FUNCTIONS)
}
