//! The entry point of the functions of the audit area.

fn main() -> std::process::ExitCode {
    millrace_endpoint::lambda::main(millrace_audit::FUNCTIONS)
}
