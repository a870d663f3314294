//! Each kind in each form, read back.

use crate::{made, pages, part, settled, sprint, today, with_tasks};
use jiff::ToSpan;
use millrace_api_tests::Stack;
use serde_json::{Value, json};

/// A report in all three forms: as text, as the strings and the first sheet of a workbook, and as the text of its pages.
async fn all_forms(person: &millrace_api_tests::Person<'_>, request: Value) -> (String, String, String, String) {
    let form = |format: &str| {
        let mut request = request.clone();
        request["format"] = json!(format);
        request
    };
    let (_, csv) = made(person, form("csv")).await;
    let (_, xlsx) = made(person, form("xlsx")).await;
    let (_, pdf) = made(person, form("pdf")).await;
    let csv = String::from_utf8(csv).expect("is text");
    (csv, part(&xlsx, "xl/sharedStrings.xml"), part(&xlsx, "xl/worksheets/sheet1.xml"), pages(&pdf).concat())
}

#[tokio::test]
async fn tasks() {
    let stack = Stack::own().await;
    let (alex, _) = with_tasks(&stack).await;
    let (csv, strings, sheet, pdf) = all_forms(&alex, json!({"kind": "tasks", "project": "WEB"})).await;
    let rows: Vec<&str> = csv.lines().collect();
    assert!(rows[0].starts_with("Key,Title,Status,Board,Column,Priority"), "{}", rows[0]);
    assert!(
        rows[1].starts_with("WEB-1,Draw the map,Done,") && rows[1].contains(",High,,,3,,0.00,,2026-12-01,"),
        "{}",
        rows[1]
    );
    assert!(rows[2].starts_with("WEB-2,Πες Привет,Backlog,"), "{}", rows[2]);
    assert_eq!(rows.len(), 3);
    assert!(strings.contains("Draw the map") && strings.contains("Πες Привет"), "{strings}");
    assert!(sheet.contains("state=\"frozen\"") && sheet.contains("ySplit=\"1\""), "the header stays: {sheet}");
    assert!(sheet.contains("<v>3</v>"), "points are a number: {sheet}");
    // 2026-12-01 as the days since 1899-12-30.
    assert!(sheet.contains("<v>46357</v>"), "a due date is a date: {sheet}");
    for told in
        ["Tasks of WEB", "Alex and friends", "Project WEB (WEB)", "(UTC)", "Draw the map", "Πες Привет", "Page 1 of 1"]
    {
        assert!(pdf.contains(told), "{told}: {pdf}");
    }
}

#[tokio::test]
async fn a_task_report_applies_its_filter() {
    let stack = Stack::own().await;
    let (alex, _) = with_tasks(&stack).await;
    for (filter, keys) in [
        (json!({"status": ["done"]}), &["WEB-1"][..]),
        (json!({"status": ["backlog", "done"], "priority": ["medium"]}), &["WEB-2"]),
        (json!({"from": "2026-12-01", "to": "2026-12-01"}), &["WEB-1"]),
        (json!({"user": alex.id}), &[]),
    ] {
        let mut request = json!({"kind": "tasks", "format": "csv", "project": "WEB"});
        request.as_object_mut().expect("fields").extend(filter.as_object().expect("fields").clone());
        let (report, csv) = made(&alex, request).await;
        let text = String::from_utf8(csv).expect("is text");
        let found: Vec<&str> = text.lines().skip(1).filter_map(|row| row.split(',').next()).collect();
        assert_eq!(found, keys, "{filter}");
        assert_eq!(report["rows"], keys.len());
    }
}

#[tokio::test]
async fn a_sprint_with_its_burndown() {
    let stack = Stack::own().await;
    let (alex, _) = with_tasks(&stack).await;
    let sprint = sprint(&alex).await;
    let (csv, strings, sheet, pdf) = all_forms(&alex, json!({"kind": "sprint", "sprint": sprint})).await;
    assert!(csv.contains("Committed at the start,3\r\n") && csv.contains("WEB-1,Draw the map,3,Completed,No"), "{csv}");
    assert!(csv.contains("Burndown\r\nDate,Working day,Points left,Ideal,Points in all\r\n"), "{csv}");
    assert!(strings.contains("Not completed") && sheet.contains("<v>3</v>"), "{strings}");
    for told in ["Sprint report: Harvest", "Ship it", "Running", "Burndown", "Points left", "Draw the map"] {
        assert!(pdf.contains(told), "{told}: {pdf}");
    }
}

#[tokio::test]
async fn velocity() {
    let stack = Stack::own().await;
    let (alex, _) = with_tasks(&stack).await;
    let none = settled(&alex, json!({"kind": "velocity", "format": "pdf", "project": "WEB"})).await;
    assert_eq!((&none["state"], &none["rows"]), (&json!("done"), &json!(0)));
    let sprint = sprint(&alex).await;
    alex.post(&format!("/api/sprints/{sprint}/close"), json!({})).await.ok(200);
    let (csv, strings, _, pdf) = all_forms(&alex, json!({"kind": "velocity", "project": "WEB"})).await;
    let today = today(&stack);
    let row = format!("Harvest,{today},{},{today},3,3\r\n", today.saturating_add(13.days()));
    assert!(csv.ends_with(&row), "{csv}");
    assert!(strings.contains("Harvest") && pdf.contains("3 points a sprint"), "{pdf}");
}

#[tokio::test]
async fn time_of_a_person_of_a_team_and_of_a_project() {
    let stack = Stack::own().await;
    let (alex, _) = with_tasks(&stack).await;
    alex.project("OPS").await;
    alex.task("OPS", "Other").await;
    let sam = alex.invite("Sam", "member", &[("WEB", "developer"), ("OPS", "developer")]).await;
    let mia = alex.invite("Mia", "member", &[("WEB", "manager")]).await;
    for (task, minutes) in [("WEB-1", 90), ("OPS-1", 30)] {
        let log = json!({"minutes": minutes, "date": "2026-11-16"});
        sam.post(&format!("/api/tasks/{task}/time-logs"), log).await.ok(201);
    }
    let team = alex.post("/api/teams", json!({"name": "Platform", "lead": sam.id})).await.ok(201);
    let week = |more: Value| {
        let mut request = json!({"kind": "time", "from": "2026-11-16", "to": "2026-11-22"});
        request.as_object_mut().expect("fields").extend(more.as_object().expect("fields").clone());
        request
    };
    let (csv, strings, sheet, pdf) = all_forms(&sam, week(json!({}))).await;
    assert!(csv.contains("Sam,2026-11-16,OPS-1,0.50,30\r\nSam,2026-11-16,WEB-1,1.50,90\r\n"), "{csv}");
    assert!(csv.contains("Sums\r\nPerson,Hours,Expected hours,Overtime hours\r\nSam,2.00,40.00,0.00\r\n"), "{csv}");
    assert!(strings.contains("WEB-1") && sheet.contains("<v>1.5</v>") && pdf.contains("Timesheet of Sam"), "{pdf}");
    for more in [json!({"user": sam.id}), json!({"team": team["id"]}), json!({"project": "WEB"})] {
        let mut request = week(more.clone());
        request["format"] = json!("csv");
        let (_, csv) = made(&mia, request).await;
        let csv = String::from_utf8(csv).expect("is text");
        assert!(csv.contains("Sam,2026-11-16,WEB-1,1.50,90\r\n"), "{more}: {csv}");
        assert!(!csv.contains("OPS"), "Mia does not manage that project: {more}: {csv}");
    }
}

#[tokio::test]
async fn flow_of_a_board() {
    let stack = Stack::own().await;
    let (alex, board) = with_tasks(&stack).await;
    let (csv, strings, sheet, pdf) = all_forms(&alex, json!({"kind": "flow", "board_id": board.id})).await;
    let today = today(&stack);
    assert!(csv.contains(&format!("{today},1,0,0,0,1\r\n")), "{csv}");
    assert!(csv.contains(&format!("WEB-1,Draw the map,{today},")), "{csv}");
    assert!(strings.contains("Draw the map") && sheet.contains("<v>1</v>"), "{strings}");
    assert!(pdf.contains("Tasks by day") && pdf.contains("Finished tasks"), "{pdf}");
    let far = json!({"kind": "flow", "format": "csv", "board_id": board.id, "from": "2020-01-01"});
    let refused = settled(&alex, far).await;
    assert_eq!(refused["state"], "failed");
    assert_eq!(refused["reason"], "The first day makes more than 366 days.", "{refused}");
}

#[tokio::test]
async fn figures_of_a_project() {
    let stack = Stack::own().await;
    let (alex, _) = with_tasks(&stack).await;
    let (csv, strings, sheet, pdf) = all_forms(&alex, json!({"kind": "project", "project": "WEB"})).await;
    assert!(csv.contains("Tasks made,2,2,0,2,0\r\nTasks closed,1,1,0,1,0\r\n"), "{csv}");
    assert!(csv.contains("Open tasks by priority\r\nPriority,Tasks\r\n"), "{csv}");
    assert!(strings.contains("What happened") || strings.contains("Tasks made"), "{strings}");
    assert!(sheet.contains("<v>2</v>") && pdf.contains("Who works on what"), "{pdf}");
}

#[tokio::test]
async fn reports_contain_no_formulas() {
    let stack = Stack::own().await;
    let (alex, _) = with_tasks(&stack).await;
    alex.task("WEB", "=HYPERLINK(\"http://evil.example\",\"x\")").await;
    alex.task("WEB", "@SUM(A1:A9)").await;
    let (csv, strings, sheet, _) = all_forms(&alex, json!({"kind": "tasks", "project": "WEB"})).await;
    assert!(
        csv.contains("WEB-3,\"'=HYPERLINK(\"\"http://evil.example\"\",\"\"x\"\")\",") && csv.contains("WEB-4,'@SUM"),
        "{csv}"
    );
    assert!(strings.contains("=HYPERLINK(") && strings.contains("@SUM(A1:A9)"), "text as it is: {strings}");
    assert!(!sheet.contains("<f>") && !sheet.contains("<f "), "no formula: {sheet}");
}
