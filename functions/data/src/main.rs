//! The functions of the data area, one a process.

fn main() -> std::process::ExitCode {
    millrace_endpoint::lambda::main(millrace_data::FUNCTIONS)
}
