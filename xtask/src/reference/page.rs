//! The reference as one Markdown page: each call on one line, with an example.

use super::calls::{Call, by_area};
use serde_json::Value;
use std::fmt::Write;

const HEAD: &str = "# API

Generated from the declarations by `cargo xtask openapi`. The full reference, with every schema, is [openapi.json](openapi.json), which a deployment renders at `/api/docs`. [collection.json](collection.json) holds the same calls for Postman and Bruno.

";

const SIGN_IN: &str = "A call with a need other than `anybody` carries `Authorization: Bearer <access token>`. A sign-in answers with the token:

    curl -s http://localhost:3000/api/auth/login -H 'content-type: application/json' \\
      -d '{\"email\": \"alex@example.com\", \"password\": \"…\"}'

Each line of a table is one call: who may call it, what it does, a request, and the status and schema of its answer. The parameters in brackets are optional. Ids in the examples stand for those of your own workspace.
";

/// The page.
pub(super) fn markdown(document: &Value) -> String {
    let mut page = HEAD.to_owned();
    let about = document["info"]["description"].as_str().unwrap_or_default();
    let _ = writeln!(page, "{about}\n\n{SIGN_IN}");
    for (area, calls) in by_area(document) {
        let _ = writeln!(page, "## {area}\n");
        page.push_str("| Function | Who | What it does | Request | Answer |\n|---|---|---|---|---|\n");
        for call in calls {
            let _ = writeln!(page, "{}", line(&call));
        }
        page.push('\n');
    }
    page.push_str("## Functions that no HTTP call reaches\n\n| Function | Trigger | What it does |\n|---|---|---|\n");
    for function in document["x-functions"].as_array().into_iter().flatten() {
        let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
        let trigger = function["trigger"].as_object().and_then(|trigger| trigger.iter().next());
        let trigger = trigger.map_or_else(String::new, |(kind, value)| format!("{kind} `{}`", text(value)));
        let _ =
            writeln!(page, "| {} | {trigger} | {} |", text(&function["name"]), cell(&text(&function["description"])));
    }
    page
}

fn line(call: &Call<'_>) -> String {
    let answer = call.answer.map_or_else(|| call.status.to_owned(), |answer| format!("{} `{answer}`", call.status));
    format!("| {} | {} | {}. | {} | {answer} |", call.name, call.need, cell(call.summary), code(&request(call)))
}

/// The method, the path with example ids, the optional parameters, and the body.
fn request(call: &Call<'_>) -> String {
    let mut path = call.path.to_owned();
    for parameter in call.at("path") {
        if let Some(example) = &parameter.example {
            path = path.replace(&format!("{{{}}}", parameter.name), example);
        }
    }
    let query: Vec<&str> = call.at("query").map(|parameter| parameter.name).collect();
    let query = if query.is_empty() { String::new() } else { format!(" [?{}=]", query.join("=&")) };
    let body = call.body.as_ref().map_or_else(String::new, |body| format!(" {body}"));
    format!("{} {path}{query}{body}", call.method)
}

/// Text in a cell of a table.
fn cell(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ").replace('|', "\\|")
}

/// Code in a cell of a table; a backtick in it would end it.
fn code(text: &str) -> String {
    format!("`{}`", cell(text).replace('`', "'"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use millrace_infra::{AREAS, functions};

    #[test]
    fn each_function_has_one_line() {
        let functions = functions(AREAS);
        let page = markdown(&millrace_endpoint::openapi::document(&functions));
        for function in functions {
            let lines = page.lines().filter(|line| line.starts_with(&format!("| {} |", function.name))).count();
            assert_eq!(lines, 1, "{}", function.name);
        }
    }

    #[test]
    fn a_pipe_does_not_end_a_cell() {
        assert_eq!(cell("a | b\nc"), "a \\| b c");
        assert_eq!(code("`a`"), "`'a'`");
    }
}
