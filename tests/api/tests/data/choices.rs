//! What a file leaves open, and what is left out of it.

use crate::{PATH, outcome, problems, send, start, tasks};
use millrace_api_tests::{Person, Stack};
use serde_json::{Value, json};

/// Looks at a file again, with `more` in the body.
async fn look_again(person: &Person<'_>, import: &str, more: Value) -> Value {
    let mut body = json!({"project": "WEB", "import_id": import, "dry_run": true});
    body.as_object_mut().expect("an object").extend(more.as_object().cloned().unwrap_or_default());
    person.post(PATH, body).await.ok(201);
    outcome(person, import).await
}

#[tokio::test]
async fn a_day_and_a_number_that_could_be_two_are_asked_for_and_read_as_chosen() {
    let stack = Stack::shared();
    let alex = stack.person("Alex").await;
    alex.project("WEB").await;
    let fields = json!({"fields": [{"name": "Weight", "kind": "number"}, {"name": "Since", "kind": "date"}]});
    let fields = alex.put("/api/projects/WEB/fields", fields).await.ok(200)["fields"].clone();
    let file = "Title,Due,Points,Weight,Since,Votes\nOne,05/06/24,\"1,000\",\"2,500\",03/04/24,7\nTwo,07/08/24,,,,\n";
    let id = send(&alex, "WEB", "csv", file.as_bytes(), json!({})).await;
    let first = look_again(&alex, &id, json!({})).await;
    let open: Vec<_> =
        first["choices"].as_array().expect("choices").iter().map(|choice| choice["source"].clone()).collect();
    assert_eq!(open, ["open", "open", "open", "open"], "{first}");
    assert_eq!(first["choices"][0]["samples"], json!(["05/06/24", "07/08/24"]));
    let fields_told: Vec<_> = problems(&first).into_iter().map(|(line, field, _)| (line, field)).collect();
    let told = |line: u64, field: &str| fields_told.contains(&(line, field.to_owned()));
    assert!(told(2, "due_date") && told(3, "due_date") && told(2, "story_points"), "{first}");
    assert!(told(2, "custom.Weight") && told(2, "custom.Since"), "{first}");
    assert_eq!(first["unread"], json!([{"name": "Votes", "values": 1}]));

    let choices = json!({"date_order": "day_first", "decimal_sign": "comma",
        "columns": {"Since": {"date_order": "month_first"}, "Points": {"decimal_sign": "point"}}});
    let second = look_again(&alex, &id, json!({"choices": choices})).await;
    assert_eq!((&second["import"]["choices"], &second["problems"]), (&choices, &json!([])));
    start(&alex, &id, false).await.ok(201);
    outcome(&alex, &id).await;
    let task = alex.get("/api/tasks/WEB-1").await.ok(200);
    assert_eq!((&task["due_date"], &task["story_points"]), (&json!("2024-06-05"), &json!(1000)), "{task}");
    let own = |place: usize| task["custom"][fields[place]["id"].as_str().expect("an id")].clone();
    assert_eq!((own(0), own(1)), (json!(2.5), json!("2024-03-04")));

    let mut wrong = json!({"project": "WEB", "import_id": id, "choices": {"date_order": "sideways"}});
    alex.post(PATH, wrong.clone()).await.problem(422);
    wrong["choices"] = json!({"time_zone": "Nowhere/Else"});
    alex.post(PATH, wrong).await.problem(422);
}

#[tokio::test]
async fn times_are_read_in_the_workspaces_zone_and_in_the_one_that_is_chosen() {
    let stack = Stack::own().await;
    let alex = stack.person("Alex").await;
    alex.project("WEB").await;
    let calendar =
        json!({"time_zone": "Asia/Tokyo", "working_days": ["monday"], "day_begins": "09:00", "day_ends": "17:00"});
    alex.put(&format!("/api/workspaces/{}/calendar", alex.workspace), calendar).await.ok(200);
    let file = b"Title,Due\nOne,2026-11-20T23:30:00Z\n";
    let id = send(&alex, "WEB", "csv", file, json!({})).await;
    let found = look_again(&alex, &id, json!({})).await;
    assert_eq!(found["preview"][0]["due_date"], "2026-11-21");
    let zone = json!([{"column": null, "choice": "time_zone", "value": "Asia/Tokyo", "source": "workspace", "samples": ["2026-11-20T23:30:00Z"]}]);
    assert_eq!(found["choices"], zone);
    let found = look_again(&alex, &id, json!({"choices": {"time_zone": "UTC"}})).await;
    assert_eq!(
        (&found["preview"][0]["due_date"], &found["choices"][0]["source"]),
        (&json!("2026-11-20"), &json!("chosen"))
    );
}

#[tokio::test]
async fn all_that_is_left_out_is_fetched_as_a_table() {
    let stack = Stack::shared();
    let alex = stack.person("Alex").await;
    alex.project("WEB").await;
    let rows: String = (0..1_500).map(|index| format!("Card {index},soon {index}\n")).collect();
    let id = send(&alex, "WEB", "csv", format!("Title,Due\n{rows}").as_bytes(), json!({})).await;
    assert_eq!(alex.get(&format!("/api/imports/{id}")).await.ok(200)["problems_url"], Value::Null);
    start(&alex, &id, false).await.ok(201);
    let done = outcome(&alex, &id).await;
    assert_eq!((&done["import"]["done"], &done["import"]["problem_count"]), (&json!(1_500), &json!(1_500)));
    let fetched = stack.http.get(done["problems_url"].as_str().expect("an address")).send().await.expect("answers");
    assert!(fetched.headers()["content-disposition"].to_str().expect("text").contains("WEB-problems.csv"));
    let table = String::from_utf8(fetched.bytes().await.expect("bytes").to_vec()).expect("text");
    assert!(
        table.starts_with("\u{feff}Line,Field,Left out,What\r\n2,due_date,the value,\"“soon 0” is not a day"),
        "{table}"
    );
    assert_eq!(table.lines().count(), 1_501);
}

#[tokio::test]
async fn archived_cards_come_in_as_archived_where_they_are_asked_for() {
    let stack = Stack::shared();
    let alex = stack.person("Alex").await;
    let board = alex.project("WEB").await;
    let file = json!({"lists": [{"id": "l", "name": "To do", "pos": 1}], "cards": [
        {"id": "a", "idList": "l", "name": "Live", "pos": "bottom"},
        {"id": "b", "idList": "l", "name": "Archived", "closed": true, "pos": null},
    ]});
    let id = send(&alex, "WEB", "trello", file.to_string().as_bytes(), json!({})).await;
    let found = look_again(&alex, &id, json!({})).await;
    assert_eq!((&found["import"]["total"], &found["archived_left_out"]), (&json!(1), &json!(1)));
    let found = look_again(&alex, &id, json!({"archived": true})).await;
    assert_eq!((&found["import"]["total"], &found["archived_left_out"]), (&json!(2), &json!(0)));
    start(&alex, &id, false).await.ok(201);
    outcome(&alex, &id).await;
    let live: Vec<_> = tasks(&alex, &board.id).await.iter().map(|task| task["title"].clone()).collect();
    assert_eq!(live, ["Live"]);
    assert_eq!(alex.get("/api/tasks/WEB-2").await.ok(200)["archived"], true);
}

#[tokio::test]
async fn issues_in_another_language_come_with_sprints_old_keys_time_and_long_comments() {
    let stack = Stack::own().await;
    let alex = stack.person("Alex").await;
    alex.project("WEB").await;
    let comment = "palabra ".repeat(2_000);
    let file = format!(
        "Resumen,Clave de incidencia,Tipo de Incidencia,Estado,Categoría de estado,Creada,Comentario,Registro de trabajo,Sprint\n\
         Corregir el pago,TIE-7,Error,En curso,En curso,12/ene/26 1:00 AM,12/ene/26 2:00 AM;Alex;{comment},Hecho;12/ene/26 3:00 AM;Alex;5400,Sprint 1\n"
    );
    let utf16: Vec<u8> = "\u{feff}".encode_utf16().chain(file.encode_utf16()).flat_map(u16::to_le_bytes).collect();
    let (_, done) = crate::import(&alex, "WEB", "jira", &utf16, json!({})).await;
    assert_eq!(
        (&done["made"]["sprints"], &done["made"]["fields"]),
        (&json!(["Sprint 1"]), &json!(["Old key"])),
        "{done}"
    );
    let fields = alex.get("/api/projects/WEB/fields").await.ok(200)["fields"].clone();
    let task = alex.get("/api/tasks/WEB-1").await.ok(200);
    assert_eq!(task["custom"][fields[0]["id"].as_str().expect("an id")], "TIE-7");
    assert_eq!((&task["status"], &task["created_at"]), (&json!("in_progress"), &json!("2026-01-12T01:00:00Z")));
    assert_eq!((&task["actual_hours"], task["sprint_id"].is_string()), (&json!(1.5), true), "{task}");
    let said = alex.get("/api/tasks/WEB-1/comments").await.ok(200)["items"].clone();
    let words = |place: usize| said[place]["body"].as_str().map_or(0, |body| body.matches("palabra").count());
    assert_eq!((said.as_array().map(Vec::len), words(0) + words(1)), (Some(2), 2_000));
    assert!(
        problems(&done).contains(&(0, "sprint".to_owned(), false))
            && problems(&done).contains(&(2, "comments".to_owned(), false))
    );
}
