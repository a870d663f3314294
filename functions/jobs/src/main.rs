//! The entry point of the functions of the jobs area.

fn main() -> std::process::ExitCode {
    millrace_endpoint::lambda::main(millrace_jobs::FUNCTIONS)
}
