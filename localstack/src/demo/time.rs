//! A demo team, and its time logs of the last two weeks.

use super::{Api, DemoError};
use jiff::{ToSpan, civil::Date};
use serde_json::json;

/// Who (an index of the people), on which task, how many days ago, for how many minutes, on what.
const LOGS: [(usize, usize, i64, u32, &str); 22] = [
    (0, 0, 13, 150, "Outline"),
    (1, 2, 13, 240, ""),
    (0, 0, 12, 210, "First draft"),
    (1, 2, 12, 300, "Pair with Alex"),
    (0, 3, 11, 260, ""),
    (1, 4, 11, 330, "Measured before and after"),
    (0, 3, 10, 180, ""),
    (1, 4, 10, 420, ""),
    (0, 5, 9, 520, "Late, before the review"),
    (1, 5, 9, 90, "Review"),
    (0, 6, 6, 200, ""),
    (1, 7, 6, 285, ""),
    (0, 6, 5, 245, "Second round"),
    (1, 7, 5, 390, ""),
    (0, 8, 4, 310, ""),
    (1, 9, 4, 120, "With the printer's people"),
    (0, 8, 3, 415, ""),
    (1, 9, 3, 345, ""),
    (0, 10, 2, 95, ""),
    (1, 11, 2, 480, ""),
    (0, 10, 1, 270, "Tried on three phones"),
    (1, 11, 1, 205, ""),
];

/// Makes the team and logs the time: each person their own.
pub(super) async fn seed(people: &[(Api, String)], tasks: &[String], today: Date) -> Result<(), DemoError> {
    let Some((first, lead)) = people.first() else { return Ok(()) };
    let members: Vec<&String> = people.iter().map(|(_, person)| person).collect();
    let team = json!({
        "name": "Shop", "description": "Builds the new shop, from the catalogue to the till.",
        "lead": lead, "members": members,
    });
    first.post("/api/teams", team).await?;
    for (person, task, days_ago, minutes, note) in LOGS {
        let (Some((api, _)), Some(task)) = (people.get(person), tasks.get(task)) else { continue };
        let date = today.saturating_sub(days_ago.days()).to_string();
        let log = json!({"minutes": minutes, "date": date, "note": note});
        api.post(&format!("/api/tasks/{task}/time-logs"), log).await?;
    }
    Ok(())
}
