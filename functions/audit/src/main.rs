//! The functions of the audit area, one a process.

fn main() -> std::process::ExitCode {
    millrace_endpoint::lambda::main(millrace_audit::FUNCTIONS)
}
