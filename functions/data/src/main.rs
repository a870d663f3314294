//! The entry point of the functions of the data area.

fn main() -> std::process::ExitCode {
    millrace_endpoint::lambda::main(millrace_data::FUNCTIONS)
}
