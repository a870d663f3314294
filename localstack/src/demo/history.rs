//! A demo project with history: two sprints and some twenty tasks that were created, planned and moved over the last
//! four weeks. It is created through the API with a clock set to those times.

use super::{
    DemoError,
    past::Past,
    story::{self, Deed, Story, in_order},
};
use crate::server::Server;
use serde_json::json;

/// A task and its way over the board; all times are days before today.
struct Told {
    title: &'static str,
    points: u32,
    priority: &'static str,
    /// Whose it is, by the place in the list of people.
    person: Option<usize>,
    made: f64,
    /// When it came into which column, by its place from the left.
    moves: &'static [(f64, usize)],
}

#[rustfmt::skip]
const TASKS: &[Told] = &[
    Told { title: "Sign in with a passkey", points: 5, priority: "high", person: Some(0), made: 27.0, moves: &[(24.8, 2), (22.6, 3), (21.9, 4)] },
    Told { title: "Keep the basket when the phone is offline", points: 8, priority: "high", person: Some(1), made: 27.0, moves: &[(24.0, 2), (20.5, 3), (19.2, 4)] },
    Told { title: "Tell by a push message when a delivery comes", points: 5, priority: "medium", person: Some(0), made: 26.9, moves: &[(22.0, 2), (17.0, 3), (15.8, 4)] },
    Told { title: "Show the delivery on a map", points: 8, priority: "medium", person: Some(1), made: 26.8, moves: &[(19.0, 2), (13.2, 3), (9.6, 4)] },
    Told { title: "Scan a parcel's code", points: 3, priority: "medium", person: Some(1), made: 26.7, moves: &[(18.5, 2), (16.9, 4)] },
    Told { title: "Crash where the camera may not be used", points: 2, priority: "urgent", person: Some(0), made: 20.2, moves: &[(19.9, 2), (18.9, 4)] },
    Told { title: "Larger text where the system asks for it", points: 3, priority: "medium", person: Some(0), made: 26.0, moves: &[(15.0, 2), (13.5, 3), (12.6, 4)] },
    Told { title: "Rate a delivery", points: 3, priority: "low", person: Some(0), made: 25.5, moves: &[(8.0, 2), (6.7, 4)] },
    Told { title: "Return a parcel from the app", points: 8, priority: "high", person: Some(1), made: 24.0, moves: &[(10.4, 2), (6.0, 3), (4.9, 4)] },
    Told { title: "Pay with the phone's wallet", points: 5, priority: "high", person: Some(0), made: 22.0, moves: &[(9.0, 2), (5.2, 3), (3.1, 4)] },
    Told { title: "Chat with support", points: 8, priority: "medium", person: Some(1), made: 21.0, moves: &[(6.3, 2), (1.4, 3)] },
    Told { title: "Choose where to pick a parcel up", points: 5, priority: "medium", person: Some(0), made: 18.0, moves: &[(3.6, 2)] },
    Told { title: "Dark colours", points: 3, priority: "low", person: Some(1), made: 15.0, moves: &[(5.0, 2), (2.2, 4)] },
    Told { title: "Wrong time zone in the delivery window", points: 2, priority: "urgent", person: Some(1), made: 5.5, moves: &[(5.3, 2), (4.2, 4)] },
    Told { title: "Widgets for the home screen", points: 5, priority: "low", person: None, made: 14.0, moves: &[] },
    Told { title: "Show orders of the last five years", points: 3, priority: "medium", person: None, made: 12.0, moves: &[] },
    Told { title: "Ask for fewer permissions at the first start", points: 2, priority: "high", person: None, made: 9.0, moves: &[] },
    Told { title: "Translate the app into Polish", points: 5, priority: "medium", person: None, made: 8.0, moves: &[] },
    Told { title: "Use the room of a tablet", points: 8, priority: "low", person: None, made: 7.0, moves: &[] },
    Told { title: "Share a wish list", points: 3, priority: "low", person: None, made: 3.0, moves: &[] },
    Told { title: "Delete the account from the app", points: 5, priority: "medium", person: None, made: 2.5, moves: &[] },
];

const SPRINTS: &[story::Told] = &[
    ("Sprint 1", "Deliveries can be followed in the app.", [25, 12], 34),
    ("Sprint 2", "Paying and returning work without the website.", [11, -2], 38),
    ("Sprint 3", "A calmer first start.", [-3, -16], 30),
];

/// Everything that happened, from the earliest on: how many days before today, and what.
fn story() -> Vec<(f64, Deed)> {
    let mut story: Vec<(f64, Deed)> = vec![
        (26.5, Deed::Plan(0)),
        (25.3, Deed::Fill(0, &[0, 1, 2, 3, 4, 6, 7], &[])),
        (25.0, Deed::Start(0)),
        (20.0, Deed::Fill(0, &[5], &[])),
        (11.9, Deed::Plan(1)),
        (11.6, Deed::Fill(1, &[8, 9, 10, 11, 12, 14], &[])),
        (11.3, Deed::Close(0)),
        (11.0, Deed::Start(1)),
        (5.4, Deed::Fill(1, &[13], &[])),
        (4.0, Deed::Fill(1, &[], &[14])),
        (1.2, Deed::Plan(2)),
        (1.0, Deed::Fill(2, &[15, 16], &[])),
    ];
    for (index, task) in TASKS.iter().enumerate() {
        story.push((task.made, Deed::Make(index)));
        story.extend(task.moves.iter().map(|(day, column)| (*day, Deed::Move(index, *column))));
    }
    in_order(story)
}

/// Makes the project, for people and a workspace that are there.
///
/// # Errors
/// Where the API refuses something, with its answer.
pub(super) async fn seed(server: &Server, people: &[String]) -> Result<(), DemoError> {
    let mut past = Past::begin(server).await?;
    past.turn_to(27.5).await?;
    let about = ("APP", "Customer app", "Orders, deliveries and returns on the phone.");
    let mut told = Story::begin(&past, about, people, TASKS.len(), SPRINTS, server.clock().now()).await?;
    for (day, deed) in story() {
        past.turn_to(day).await?;
        let task = |told: &Story, index: usize| {
            let task = &TASKS[index];
            json!({
                "title": task.title, "story_points": task.points, "priority": task.priority,
                "assignees": task.person.and_then(|person| people.get(person)).into_iter().collect::<Vec<_>>(),
                "column_id": told.columns.get(usize::from(!task.moves.is_empty())),
            })
        };
        told.tell(&past, deed, task).await?;
    }
    past.end().await
}
