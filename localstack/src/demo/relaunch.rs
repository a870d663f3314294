//! The demo's default project: its board, two sprints of the last four weeks and one planned sprint.

use super::{
    Api, DemoError,
    past::Past,
    story::{self, Deed, Story, in_order},
    tasks::{LABELS, TASKS},
    text,
};
use crate::server::Server;
use axum::http::Method;
use jiff::{ToSpan, tz::TimeZone};
use serde_json::json;

/// How many days ago the first task was made, and how many lie between two.
const FIRST_TASK: f64 = 27.0;
const BETWEEN_TASKS: f64 = 0.65;

/// When a task came into which column: days before today, and the column's place.
type Step = (f64, usize);

/// Tasks that were made in the second column and moved on: each by its place in the list of tasks, with when it was made
/// and when it came into which column. Times are days before today. The others were made where they are.
#[rustfmt::skip]
const WAYS: &[(usize, f64, &[Step])] = &[
    (0, 27.0, &[(24.4, 2), (22.1, 4)]),
    (1, 26.8, &[(23.2, 2), (20.1, 3), (19.3, 4)]),
    (2, 26.6, &[(21.8, 2), (20.6, 4)]),
    (3, 26.4, &[(19.0, 2), (16.2, 4)]),
    (4, 26.2, &[(15.0, 2), (13.5, 4)]),
    (5, 26.0, &[(16.0, 2), (15.1, 4)]),
    (6, 25.8, &[(14.0, 2), (9.5, 3)]),
    (40, 20.2, &[(19.6, 2), (17.4, 4)]),
    (41, 13.2, &[(10.8, 2), (9.4, 3), (8.6, 4)]),
    (42, 13.1, &[(8.4, 2), (7.2, 4)]),
    (43, 13.0, &[(6.6, 2), (4.9, 3), (4.1, 4)]),
    (44, 12.9, &[(7.0, 2), (3.3, 3), (2.1, 4)]),
    (45, 12.8, &[(8.0, 2), (5.8, 4)]),
];

const SPRINTS: &[story::Told] = &[
    ("Groundwork", "The shop stands on its new hosting, and we know what to build.", [25, 12], 22),
    ("One page to pay", "Nobody leaves the checkout because of the checkout.", [11, -2], 34),
    ("Spring sale", "Ready for three times last year's visitors.", [-3, -16], 24),
];

/// Everything that happened, from the earliest on.
fn story() -> Vec<(f64, Deed)> {
    let mut story: Vec<(f64, Deed)> = vec![
        (25.6, Deed::Plan(0)),
        (25.4, Deed::Fill(0, &[0, 1, 2, 3, 4, 5, 6], &[])),
        (25.0, Deed::Start(0)),
        (20.0, Deed::Fill(0, &[40], &[])),
        (12.2, Deed::Plan(1)),
        (11.7, Deed::Fill(1, &[8, 9, 10, 41, 42, 43, 44, 45], &[])),
        (11.4, Deed::Close(0)),
        (11.0, Deed::Start(1)),
        (5.0, Deed::Fill(1, &[14], &[])),
        (1.3, Deed::Plan(2)),
        (1.1, Deed::Fill(2, &[15, 16, 20, 23], &[])),
    ];
    for index in 0..TASKS.len() {
        let way = WAYS.iter().find(|(task, ..)| *task == index);
        let made = way.map_or(FIRST_TASK - index as f64 * BETWEEN_TASKS, |(_, made, _)| *made);
        story.push((made, Deed::Make(index)));
        story.extend(way.iter().flat_map(|(_, _, moves)| *moves).map(|(day, to)| (*day, Deed::Move(index, *to))));
    }
    in_order(story)
}

/// Makes the project, for people and a workspace that are there; the keys of its tasks. `progress` hears how many of how
/// many tasks are made.
pub(super) async fn seed(
    server: &Server,
    api: &Api,
    people: &[String],
    progress: &mut impl FnMut(usize, usize),
) -> Result<Vec<String>, DemoError> {
    let now = server.clock().now();
    let today = now.to_zoned(TimeZone::UTC).date();
    let mut past = Past::begin(server).await?;
    past.turn_to(27.5).await?;
    let about = ("WEB", "Website relaunch", "The new shop and the pages around it, live before the spring sale.");
    let mut told = Story::begin(&past, about, people, TASKS.len(), SPRINTS, now).await?;
    let mut labels = Vec::new();
    for (name, color) in LABELS {
        let label = past.api.post("/api/projects/WEB/labels", json!({"name": name, "color": color})).await?;
        labels.push(text(&label["id"]));
    }
    let mut made = 0;
    for (day, deed) in story() {
        past.turn_to(day).await?;
        let makes = matches!(deed, Deed::Make(_));
        let task = |told: &Story, index: usize| {
            let task = &TASKS[index];
            let moves = WAYS.iter().any(|(moved, ..)| *moved == index);
            json!({
                "title": task.title,
                "description": task.description,
                "column_id": told.columns.get(if moves { 1 } else { task.column }),
                "priority": task.priority,
                "assignees": task.people.iter().filter_map(|person| people.get(*person)).collect::<Vec<_>>(),
                "labels": task.labels.iter().filter_map(|label| labels.get(*label)).collect::<Vec<_>>(),
                "story_points": task.points,
                "due_date": task.due.map(|days| today.saturating_add(days.days()).to_string()),
                "parent": task.part_of.and_then(|parent| told.tasks.get(parent)),
            })
        };
        told.tell(&past, deed, task).await?;
        if makes {
            made += 1;
            progress(made, TASKS.len());
        }
    }
    past.end().await?;
    let working = told.columns.get(2).map_or("", String::as_str);
    let limited = format!("/api/boards/{}/columns/{working}", told.board);
    api.send(Method::PATCH, &limited, Some(json!({"wip_limit": 6}))).await?;
    Ok(told.tasks)
}
