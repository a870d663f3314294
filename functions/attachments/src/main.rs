//! The entry point of the functions of the attachments area.

fn main() -> std::process::ExitCode {
    millrace_endpoint::lambda::main(millrace_attachments::FUNCTIONS)
}
