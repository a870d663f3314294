//! The functions of the meta area, one a process.

fn main() -> std::process::ExitCode {
    millrace_endpoint::lambda::main(millrace_meta::FUNCTIONS)
}
