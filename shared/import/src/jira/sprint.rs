//! Sprints of Jira's export: mere names, or on older servers all that is known of them.

use crate::{MOST_PLANNED, Problems, Reading, cell, date::Moment, listed_sprint::ListedSprint};
use jiff::{Timestamp, ToSpan, civil::Date, tz::TimeZone};
use millrace_domain::{
    file::export::ExportedCourse,
    sprint::{SprintPlan, SprintState},
    text::{Name, Summary},
};
use std::collections::HashMap;

/// How long a sprint is planned of which the file tells no days.
const USUAL_DAYS: i32 = 14;
/// What an older server writes around a sprint
/// (<https://confluence.atlassian.com/jirakb/how-to-find-sprint-id-in-jira-software-1207172421.html>).
const WRITTEN_BY_SERVER: &str = "greenhopper.service.sprint.Sprint@";
/// What is told of a sprint there, each with a comma before it.
const KEYS: [&str; 12] = [
    "id",
    "rapidViewId",
    "state",
    "name",
    "startDate",
    "endDate",
    "completeDate",
    "activatedDate",
    "sequence",
    "goal",
    "autoStartStop",
    "synced",
];

/// The sprints that the tasks of a file are in.
#[derive(Default)]
pub(super) struct Sprints {
    today: Date,
    sprints: Vec<Sprint>,
    places: HashMap<String, usize>,
}

#[derive(Default)]
struct Sprint {
    name: String,
    state: Option<SprintState>,
    start: Option<Timestamp>,
    end: Option<Timestamp>,
    goal: String,
    line: u64,
}

impl Sprints {
    /// None yet; those without days are planned from `today` on.
    pub fn new(today: Date) -> Self {
        Self { today, ..Self::default() }
    }

    /// The name of the last sprint of a task, which it is in; the earlier ones are told.
    pub fn last_of<'row>(
        &mut self,
        reading: &mut Reading,
        line: u64,
        cells: impl Iterator<Item = &'row str>,
    ) -> Option<String> {
        let mut all: Vec<Sprint> = cells.flat_map(sprints).collect();
        let mut last = all.pop()?;
        last.line = line;
        let earlier: Vec<String> =
            all.iter().filter(|sprint| sprint.name != last.name).map(|sprint| format!("“{}”", sprint.name)).collect();
        if !earlier.is_empty() {
            let message = format!("was in {} before: only its last sprint is kept", earlier.join(", "));
            reading.problems.field(line, "sprint", message);
        }
        let name = last.name.clone();
        let plain = name.trim().to_lowercase();
        if !self.places.contains_key(&plain) {
            self.places.insert(plain, self.sprints.len());
            self.sprints.push(last);
        }
        Some(name)
    }

    /// The sprints as they are planned.
    pub fn listed(self, problems: &mut Problems) -> Vec<ListedSprint> {
        let mut listed = Vec::new();
        for sprint in self.sprints {
            let Ok(name) = Name::new(&sprint.name) else {
                problems.field(
                    sprint.line,
                    "sprint",
                    format!("“{}” can be no sprint here: its name is too long", sprint.name),
                );
                continue;
            };
            if listed.len() >= MOST_PLANNED {
                let message = format!("“{name}” stays out: at most {MOST_PLANNED} sprints are made");
                problems.field(sprint.line, "sprint", message);
                continue;
            }
            let day = |at: Option<Timestamp>| at.map(|at| at.to_zoned(TimeZone::UTC).date());
            let (start_date, end_date) = match (day(sprint.start), day(sprint.end)) {
                (Some(start), Some(end)) if start <= end => (start, end),
                (start, _) => {
                    let first = start.unwrap_or(self.today);
                    let last = first.saturating_add((USUAL_DAYS - 1).days());
                    let message = format!(
                        "the file does not say when “{name}” begins and ends: it is planned from {first} to {last}"
                    );
                    problems.field(0, "sprint", message);
                    (first, last)
                }
            };
            let (goal, _) = cell::long_text::<0, 2_000>(&sprint.goal);
            let plan = SprintPlan {
                name,
                goal: Summary::new(&goal).unwrap_or_default(),
                start_date,
                end_date,
                capacity: None,
            };
            if let Err(error) = plan.check() {
                problems.field(0, "sprint", format!("“{}”: {error}", plan.name));
                continue;
            }
            let state = sprint.state.unwrap_or(SprintState::Planned);
            let course = match (state, sprint.start) {
                (SprintState::Running, Some(at)) => {
                    ExportedCourse { started_at: Some(at), ..ExportedCourse::default() }
                }
                _ => ExportedCourse::default(),
            };
            let (one, note) = ListedSprint::new(format!("name:{}", sprint.name), plan, state, course);
            if let Some(note) = note {
                problems.field(0, "sprint", format!("“{}” {note}", sprint.name));
            }
            // Tasks name their sprints, and have no ids of them.
            listed.push(ListedSprint { id: String::new(), ..one });
        }
        listed
    }
}

/// The sprints in one cell.
fn sprints(cell: &str) -> Vec<Sprint> {
    if !cell.contains(WRITTEN_BY_SERVER) {
        return vec![Sprint { name: cell.to_owned(), ..Sprint::default() }];
    }
    let written = cell.split(WRITTEN_BY_SERVER).skip(1);
    let read = written.filter_map(|text| {
        let inside = text.get(text.find('[')? + 1..text.rfind(']')?)?;
        Some(of_server(inside))
    });
    read.filter(|sprint| !sprint.name.is_empty()).collect()
}

/// `id=1,rapidViewId=2,state=CLOSED,name=Sprint 1,startDate=…`: names may hold commas.
fn of_server(text: &str) -> Sprint {
    let mut values: HashMap<&str, String> = HashMap::new();
    let mut key = "";
    for part in text.split(',') {
        let named = part.split_once('=').filter(|(name, _)| KEYS.contains(name));
        if let Some((name, value)) = named {
            key = name;
            values.insert(name, value.to_owned());
        } else if let Some(value) = values.get_mut(key) {
            value.push(',');
            value.push_str(part);
        }
    }
    let mut value = |name: &str| values.remove(name).filter(|value| value != "<null>").unwrap_or_default();
    let instant = |text: &str| Moment::read(text).and_then(|moment| moment.instant(None, &TimeZone::UTC));
    let state = match value("state").as_str() {
        "ACTIVE" => Some(SprintState::Running),
        "CLOSED" => Some(SprintState::Closed),
        "FUTURE" => Some(SprintState::Planned),
        _ => None,
    };
    let (start, end) = (instant(&value("startDate")), instant(&value("endDate")));
    Sprint { name: value("name"), state, start, end, goal: value("goal"), line: 0 }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_server_writes_of_a_sprint_is_read_with_commas_in_its_name() {
        let text = "com.atlassian.greenhopper.service.sprint.Sprint@1f[id=7,rapidViewId=2,state=ACTIVE,name=Pay, ship, rest,startDate=2026-03-02T09:00:00.000Z,endDate=2026-03-13T17:00:00.000Z,completeDate=<null>,sequence=7,goal=One, two]";
        let mut all = Sprints::new("2026-11-30".parse().expect("a day"));
        let mut reading = Reading::default();
        let name = all.last_of(&mut reading, 2, ["Sprint 6", text].into_iter());
        assert_eq!(name.as_deref(), Some("Pay, ship, rest"));
        assert!(reading.problems.first[0].message.contains("“Sprint 6”"));
        let listed = all.listed(&mut reading.problems);
        let (plan, state) = (&listed[0].plan, listed[0].state);
        assert_eq!((plan.goal.as_str(), state), ("One, two", SprintState::Running));
        assert_eq!(
            (plan.start_date.to_string(), plan.end_date.to_string()),
            ("2026-03-02".into(), "2026-03-13".into())
        );
    }

    #[test]
    fn a_name_alone_is_planned_for_two_weeks_and_told() {
        let mut all = Sprints::new("2026-11-30".parse().expect("a day"));
        let mut reading = Reading::default();
        all.last_of(&mut reading, 2, ["Sprint 1"].into_iter());
        all.last_of(&mut reading, 3, ["sprint 1"].into_iter());
        let listed = all.listed(&mut reading.problems);
        assert_eq!((listed.len(), listed[0].plan.end_date.to_string()), (1, "2026-12-13".to_owned()));
        assert!(reading.problems.first[0].message.contains("from 2026-11-30 to 2026-12-13"));
    }
}
