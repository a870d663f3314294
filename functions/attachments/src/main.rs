//! The functions of the attachments area, one a process.

fn main() -> std::process::ExitCode {
    millrace_endpoint::lambda::main(millrace_attachments::FUNCTIONS)
}
