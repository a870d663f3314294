//! The entry point of the functions of the meta area.

fn main() -> std::process::ExitCode {
    millrace_endpoint::lambda::main(millrace_meta::FUNCTIONS)
}
