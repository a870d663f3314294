//! Peak memory of the largest operations: reading an import file of 100 MB in a separate process, and exporting a
//! project of ten thousand tasks.

use crate::{
    connection::{Connection, request},
    report::{memory, row},
    scene::Scene,
};
use anyhow::{Context, Result, bail};
use millrace_domain::import::ImportFormat;
use millrace_import::LARGEST_IMPORT;
use serde_json::{Value, json};
use std::{
    fmt::Write,
    path::Path,
    process::Command,
    time::{Duration, Instant},
};

/// The word that has this program read a file instead of measuring.
pub const READ: &str = "read-import";

const FORMATS: [(&str, ImportFormat); 4] = [
    ("csv", ImportFormat::Csv),
    ("json", ImportFormat::Json),
    ("trello", ImportFormat::Trello),
    ("jira", ImportFormat::Jira),
];

/// How many tasks a file has: the most that one import takes.
const TASKS: usize = millrace_import::MOST_TASKS - 1;
/// How many tasks the exported project has.
const EXPORTED: usize = 10_000;
/// How long an import of them may take.
const PATIENCE: Duration = Duration::from_secs(300);

/// Measures both.
pub async fn measure(scene: &Scene) -> Result<()> {
    let folder = tempfile::tempdir()?;
    let program = std::env::current_exe()?;
    for (name, _) in FORMATS {
        let file = folder.path().join(name);
        std::fs::write(&file, largest(name))?;
        let size = std::fs::metadata(&file)?.len();
        let output = Command::new(&program).args([READ, name]).arg(&file).output()?;
        if !output.status.success() {
            bail!("reading {name} failed: {}", String::from_utf8_lossy(&output.stderr));
        }
        let told: Value = serde_json::from_slice(&output.stdout)?;
        let peak = told["peak"].as_u64().context("a peak")?;
        let text = format!(
            "{:>4} MB   {:.1} times the file   {} tasks   {:.1} s",
            peak >> 20,
            peak as f64 / size as f64,
            told["tasks"],
            told["seconds"].as_f64().context("a time")?,
        );
        row(&format!("reading an import of {} MB, {name}", size >> 20), &text);
    }
    export(scene).await
}

/// Reads a file of `format`, and tells what that took as JSON.
pub fn read(format: &str, file: &Path) -> Result<()> {
    let (_, format) = FORMATS.into_iter().find(|(name, _)| *name == format).context("a format")?;
    let begun = Instant::now();
    let bytes = std::fs::read(file)?;
    let reading = millrace_import::read(format, &bytes, &millrace_import::Asked::default())?;
    let seconds = begun.elapsed().as_secs_f64();
    println!("{}", json!({"peak": peak()?, "tasks": reading.tasks.len(), "seconds": seconds}));
    Ok(())
}

/// The most memory that was resident so far, in bytes, as Linux tells it.
fn peak() -> Result<u64> {
    told("VmHWM")
}

fn told(name: &str) -> Result<u64> {
    Ok(memory(name).context("only Linux tells of memory so")? * 1_024)
}

/// A file that is as large as one may be, with as many tasks as one may have.
fn largest(format: &str) -> String {
    let task_bytes = LARGEST_IMPORT as usize / (TASKS + 1) - 20;
    let mut file = String::with_capacity(LARGEST_IMPORT as usize);
    match format {
        "csv" => file.push_str("Title,Status,Priority,Labels,Description\n"),
        "jira" => file.push_str("Summary,Issue key,Status,Priority,Labels,Description,Comment\n"),
        "trello" => file.push_str(r#"{"lists": [{"id": "l", "name": "To do", "pos": 1}], "cards": ["#),
        _ => file.push_str(r#"{"format": "millrace-project", "version": 2, "tasks": ["#),
    }
    for number in 0..TASKS {
        let head = match format {
            "csv" => format!("Card {number} of a large file,To do,High,\"one, two\","),
            "jira" => format!("Card {number} of a large file,OLD-{number},To Do,High,one,"),
            "trello" => format!(
                r#"{{"id": "5f2b1a00{number:016}", "name": "Card {number}", "idList": "l", "pos": {number}, "desc": ""#
            ),
            _ => format!(
                r#"{{"key": "OLD-{number}", "title": "Card {number}", "column": "To do", "position": "{number:06}", "description": ""#
            ),
        };
        let tail = match format {
            "csv" => "\n",
            "jira" => ",20/Nov/26 9:41 AM;712020:a;said something\n",
            _ if number + 1 == TASKS => "\"}",
            _ => "\"},",
        };
        let words = "What is to be done and why it is to be done at all. ";
        let fill = task_bytes.saturating_sub(head.len() + tail.len());
        file.push_str(&head);
        file.extend(words.chars().cycle().take(fill));
        file.push_str(tail);
    }
    if matches!(format, "trello" | "json") {
        file.push_str("]}");
    }
    file
}

/// Fills a project, and exports it. What is told holds the stand-ins for the table and the bucket too.
async fn export(scene: &Scene) -> Result<()> {
    let mut connection = Connection::open(scene.port).await?;
    let project = json!({"key": "LOT", "name": "A lot"});
    connection.ask(&request("POST", "/api/projects", &scene.token, Some(&project))).await?.json()?;
    let mut file = String::from("Title,Labels,Description\n");
    for number in 0..EXPORTED {
        writeln!(
            file,
            "Card {number} with a title of a usual length,\"one, two\",{}",
            "Some words of it. ".repeat(20)
        )?;
    }
    let begun = json!({"project": "LOT", "format": "csv", "name": "lot.csv", "size": file.len()});
    let begun = connection.ask(&request("POST", "/api/imports/tasks", &scene.token, Some(&begun))).await?.json()?;
    let import = begun["import_id"].as_str().context("an import")?.to_owned();
    send(scene, &begun["upload"], file.as_bytes()).await?;
    let start = json!({"project": "LOT", "import_id": import, "dry_run": false});
    let started = Instant::now();
    connection.ask(&request("POST", "/api/imports/tasks", &scene.token, Some(&start))).await?.json()?;
    loop {
        let status = request("GET", &format!("/api/imports/{import}"), &scene.token, None);
        let status = connection.ask(&status).await?.json()?;
        match status["import"]["state"].as_str() {
            Some("done") => break,
            Some("running" | "waiting") if started.elapsed() < PATIENCE => {
                tokio::time::sleep(Duration::from_millis(100)).await
            }
            other => bail!("the import is {other:?}: {status}"),
        }
    }
    row(&format!("importing {EXPORTED} tasks"), &format!("{:.1} s", started.elapsed().as_secs_f64()));
    scene.server.idle(PATIENCE).await;
    // Makes the peak what is resident now: https://man7.org/linux/man-pages/man5/proc_pid_clear_refs.5.html
    std::fs::write("/proc/self/clear_refs", "5")?;
    let (before, begun) = (told("VmRSS")?, Instant::now());
    let body = json!({"project": "LOT", "format": "json"});
    let exported = connection.ask(&request("POST", "/api/exports/tasks", &scene.token, Some(&body))).await?.json()?;
    let (took, more) = (begun.elapsed().as_secs_f64(), peak()?.saturating_sub(before));
    let size = exported["size"].as_u64().context("a size")?;
    let text = format!(
        "{:>4} MB more   {:.1} times its file of {} MB   {took:.1} s",
        more >> 20,
        more as f64 / size as f64,
        size >> 20
    );
    row(&format!("exporting {EXPORTED} tasks"), &text);
    Ok(())
}

/// Sends a file with the form that was signed for it (RFC 7578).
async fn send(scene: &Scene, form: &Value, file: &[u8]) -> Result<()> {
    const BOUNDARY: &str = "a-part-of-a-form-ends-here";
    let mut body = Vec::with_capacity(file.len() + 4_096);
    for (name, value) in form["fields"].as_object().context("fields")? {
        let value = value.as_str().context("text")?;
        let part = format!("--{BOUNDARY}\r\ncontent-disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n");
        body.extend_from_slice(part.as_bytes());
    }
    let part = format!("--{BOUNDARY}\r\ncontent-disposition: form-data; name=\"file\"; filename=\"lot.csv\"\r\n\r\n");
    body.extend_from_slice(part.as_bytes());
    body.extend_from_slice(file);
    body.extend_from_slice(format!("\r\n--{BOUNDARY}--\r\n").as_bytes());
    let url = form["url"].as_str().context("an address")?;
    let path = url.splitn(4, '/').nth(3).context("a path")?;
    let head = format!(
        "POST /{path} HTTP/1.1\r\nhost: localhost:{}\r\ncontent-type: multipart/form-data; boundary={BOUNDARY}\r\ncontent-length: {}\r\n\r\n",
        scene.port,
        body.len()
    );
    let request = [head.as_bytes(), &body].concat();
    let answer = Connection::open(scene.port).await?.ask(&request).await?;
    if answer.status == 204 { Ok(()) } else { bail!("the file was answered with {}", answer.status) }
}
