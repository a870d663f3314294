//! The functions of the jobs area, one a process.

fn main() -> std::process::ExitCode {
    millrace_endpoint::lambda::main(millrace_jobs::FUNCTIONS)
}
