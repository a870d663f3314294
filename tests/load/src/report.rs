//! How results are printed.

use std::time::Duration;

/// A part of the report.
pub fn heading(text: &str) {
    println!("\n{text}\n{}", "-".repeat(text.chars().count()));
}

/// One result.
pub fn row(name: &str, value: &str) {
    println!("  {name:<46} {value}");
}

/// Milliseconds, as they are printed.
pub fn milliseconds(duration: Duration) -> String {
    format!("{:.2} ms", duration.as_secs_f64() * 1_000.0)
}

/// The duration below which `share` of a sorted list lies.
pub fn percentile(sorted: &[Duration], share: f64) -> Duration {
    let index = ((sorted.len() as f64 - 1.0) * share).round() as usize;
    sorted.get(index).copied().unwrap_or_default()
}

/// What Linux tells of this process's memory under a name such as `VmRSS`, in kilobytes
/// (<https://man7.org/linux/man-pages/man5/proc_pid_status.5.html>). None where the system does not tell.
pub fn memory(name: &str) -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let told = status.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(':'))?;
    told.trim().trim_end_matches("kB").trim().parse().ok()
}

/// The resident memory of this process.
pub fn resident_memory() -> String {
    memory("VmRSS").map_or_else(|| "not told by this system".to_owned(), |kilobytes| format!("{kilobytes} kB"))
}

/// How long this process has been on a processor, with all of its threads, as Linux tells it: what the machine does
/// besides changes it little. None where the system does not tell.
pub fn processor_time() -> Option<Duration> {
    let threads = std::fs::read_dir("/proc/self/task").ok()?;
    let nanoseconds = threads.filter_map(|thread| {
        let told = std::fs::read_to_string(thread.ok()?.path().join("schedstat")).ok()?;
        told.split(' ').next()?.parse::<u64>().ok()
    });
    Some(Duration::from_nanos(nanoseconds.sum()))
}
