//! Matching what a file names with what a project has: people, columns, labels, sprints and own fields. What is not
//! there is made where it may be.

use super::{ListedColumn, Problems, Reading, cell, listed_sprint::ListedSprint};
use millrace_domain::{
    id::{BoardId, ColumnId, ImportId, LabelId, ProjectKey, SprintId, UserId},
    resource::{MOST_BOARDS, MOST_COLUMNS, MOST_LABELS},
    task::{
        Status,
        custom::{FieldDefinition, MOST_FIELDS},
    },
    text::{Color, Email, Name},
};
use std::collections::{HashMap, HashSet};

/// A column of the project.
#[derive(Debug, Clone, PartialEq)]
pub struct KnownColumn {
    /// The id.
    pub id: ColumnId,
    /// The name.
    pub name: Name,
    /// The status of its tasks.
    pub category: Status,
}

/// A board of the project.
#[derive(Debug, Clone, PartialEq)]
pub struct KnownBoard {
    /// The id.
    pub id: BoardId,
    /// The name.
    pub name: Name,
    /// The columns that cards may come into, from left to right.
    pub columns: Vec<KnownColumn>,
}

/// A sprint of the project.
#[derive(Debug, Clone, PartialEq)]
pub struct KnownSprint {
    /// The id.
    pub id: SprintId,
    /// The name.
    pub name: Name,
    /// Whether it takes tasks.
    pub open: bool,
}

/// A member of the project.
#[derive(Debug, Clone, PartialEq)]
pub struct KnownPerson {
    /// Their user id.
    pub id: UserId,
    /// Their name.
    pub name: Name,
    /// Their address.
    pub email: Email,
}

/// What a project has.
#[derive(Debug, Clone, PartialEq)]
pub struct KnownProject {
    /// Its key.
    pub key: ProjectKey,
    /// The board that the import goes to.
    pub board: BoardId,
    /// Its boards.
    pub boards: Vec<KnownBoard>,
    /// Its people.
    pub people: Vec<KnownPerson>,
    /// The labels.
    pub labels: Vec<(LabelId, Name)>,
    /// Its sprints.
    pub sprints: Vec<KnownSprint>,
    /// Its own fields.
    pub fields: Vec<FieldDefinition>,
}

/// What has to be made before the tasks can be.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Making {
    /// Boards.
    pub boards: Vec<(BoardId, Name)>,
    /// Columns, with the boards that they go to.
    pub columns: Vec<(BoardId, ColumnId, ListedColumn, Status)>,
    /// Labels.
    pub labels: Vec<(LabelId, Name, Color)>,
    /// Sprints.
    pub sprints: Vec<(SprintId, ListedSprint)>,
    /// Own fields.
    pub fields: Vec<FieldDefinition>,
}

impl Making {
    /// Whether nothing is missing.
    pub fn is_empty(&self) -> bool {
        self.boards.is_empty()
            && self.columns.is_empty()
            && self.labels.is_empty()
            && self.sprints.is_empty()
            && self.fields.is_empty()
    }
}

/// Colours for labels of which a file says none.
const COLORS: [&str; 8] = ["#4f46e5", "#0891b2", "#059669", "#ca8a04", "#ea580c", "#dc2626", "#c026d3", "#64748b"];

/// What a file names, matched.
#[derive(Debug, Clone)]
pub struct Matching {
    /// The project, with what is to be made.
    pub project: KnownProject,
    columns: HashMap<(Option<String>, String), KnownColumn>,
    boards: HashMap<String, BoardId>,
    labels: HashMap<String, LabelId>,
    sprints: HashMap<String, SprintId>,
    /// The sprints that the file lists, by what it calls them.
    listed: HashMap<String, SprintId>,
    /// Those of them that the import makes, or made before; none where the project has one of this name.
    own: Vec<Option<SprintId>>,
    emails: HashMap<String, UserId>,
    names: HashMap<String, Option<UserId>>,
}

fn lower(text: &str) -> String {
    text.trim().to_lowercase()
}

impl Matching {
    /// Matches what `import` reads with `project`; what is to be made besides. Columns that are missing are made where
    /// `make_columns` says so.
    pub fn new(project: KnownProject, reading: &Reading, import: &ImportId, make_columns: bool) -> (Self, Making) {
        let mut names: HashMap<String, Option<UserId>> = HashMap::new();
        for person in &project.people {
            // A name that two people bear says nothing.
            names.entry(lower(&person.name)).and_modify(|known| *known = None).or_insert(Some(person.id.clone()));
        }
        let mut matching = Self {
            emails: project.people.iter().map(|person| (person.email.to_string(), person.id.clone())).collect(),
            labels: project.labels.iter().map(|(id, name)| (lower(name), id.clone())).collect(),
            sprints: HashMap::new(),
            listed: HashMap::new(),
            own: Vec::new(),
            boards: project.boards.iter().map(|board| (lower(&board.name), board.id.clone())).collect(),
            columns: HashMap::new(),
            names,
            project,
        };
        let mut making = Making::default();
        matching.make_boards(reading, make_columns, &mut making);
        matching.make_labels(reading, &mut making);
        matching.make_sprints(reading, import, &mut making);
        for field in &reading.fields {
            let there = matching.field(&field.name).is_some();
            if !there && matching.project.fields.len() < MOST_FIELDS {
                matching.project.fields.push(field.clone());
                making.fields.push(field.clone());
            }
        }
        (matching, making)
    }

    fn make_boards(&mut self, reading: &Reading, make_columns: bool, making: &mut Making) {
        if !make_columns {
            return;
        }
        for listed in &reading.boards {
            let board = match &listed.name {
                None => self.project.board.clone(),
                Some(name) => match self.boards.get(&lower(name)) {
                    Some(board) => board.clone(),
                    None if self.project.boards.len() >= MOST_BOARDS => continue,
                    None => {
                        let id = BoardId::random(&self.project.key);
                        self.boards.insert(lower(name), id.clone());
                        self.project.boards.push(KnownBoard {
                            id: id.clone(),
                            name: name.clone(),
                            columns: Vec::new(),
                        });
                        making.boards.push((id.clone(), name.clone()));
                        id
                    }
                },
            };
            for column in &listed.columns {
                self.make_column(&board, column.clone(), None, making);
            }
        }
        let mut seen: HashSet<(Option<&str>, &str)> = HashSet::new();
        for task in &reading.tasks {
            let Some(column) = task.column.as_deref().filter(|column| seen.insert((task.board.as_deref(), column)))
            else {
                continue;
            };
            if let Ok(name) = Name::new(column) {
                let board = self.board(task.board.as_deref());
                let listed = ListedColumn { name, category: None, wip_limit: None };
                self.make_column(&board, listed, task.status, making);
            }
        }
    }

    fn make_column(&mut self, board: &BoardId, listed: ListedColumn, status: Option<Status>, making: &mut Making) {
        let Some(known) = self.project.boards.iter_mut().find(|known| known.id == *board) else { return };
        let there = known.columns.iter().any(|column| lower(&column.name) == lower(&listed.name));
        if there || known.columns.len() >= MOST_COLUMNS {
            return;
        }
        let (id, category) = (ColumnId::random(), listed.category.or(status).unwrap_or(Status::Todo));
        known.columns.push(KnownColumn { id: id.clone(), name: listed.name.clone(), category });
        making.columns.push((board.clone(), id, listed, category));
    }

    fn make_labels(&mut self, reading: &Reading, making: &mut Making) {
        let colors: HashMap<String, &Color> = reading.labels.iter().map(|(name, color)| (lower(name), color)).collect();
        let listed = reading.labels.iter().map(|(name, _)| name.to_string());
        let named = reading.tasks.iter().flat_map(|task| task.labels.iter().cloned());
        for label in listed.chain(named) {
            if self.labels.contains_key(&lower(&label)) || self.project.labels.len() >= MOST_LABELS {
                continue;
            }
            let Ok(name) = Name::new(&label) else { continue };
            let usual = COLORS[lower(&label).bytes().map(usize::from).sum::<usize>() % COLORS.len()];
            let color = colors.get(&lower(&label)).map(|color| (*color).clone()).or_else(|| Color::new(usual).ok());
            let (Some(color), id) = (color, LabelId::random()) else { continue };
            self.labels.insert(lower(&label), id.clone());
            self.project.labels.push((id.clone(), name.clone()));
            making.labels.push((id, name, color));
        }
    }

    /// A sprint that is open in the file goes into one of the same name that is open here; all others are made. Their ids
    /// follow from the import, so that one which is carried on finds those that it made.
    fn make_sprints(&mut self, reading: &Reading, import: &ImportId, making: &mut Making) {
        let own: Vec<SprintId> = (0..reading.sprints.len()).map(|place| SprintId::of_import(import, place)).collect();
        let others = self.project.sprints.iter().filter(|known| known.open && !own.contains(&known.id));
        self.sprints = others.map(|known| (lower(&known.name), known.id.clone())).collect();
        let before = self.sprints.clone();
        for (listed, own) in reading.sprints.iter().zip(own) {
            let name = lower(&listed.plan.name);
            let there = self.project.sprints.iter().any(|known| known.id == own);
            // Without ids in the file, sprints of one name are one.
            let alike = if listed.id.is_empty() { &self.sprints } else { &before }.get(&name);
            let known = alike.filter(|_| !there && listed.is_open()).cloned();
            self.own.push(known.is_none().then(|| own.clone()));
            if known.is_none() && !there {
                making.sprints.push((own.clone(), listed.clone()));
            }
            let id = known.unwrap_or(own);
            if listed.is_open() {
                self.sprints.entry(name).or_insert_with(|| id.clone());
            }
            self.listed.insert(listed.id.clone(), id);
        }
    }

    /// The board called `name`; the one that the import goes to where none is.
    fn board(&self, name: Option<&str>) -> BoardId {
        let found = name.and_then(|name| self.boards.get(&lower(name)));
        found.unwrap_or(&self.project.board).clone()
    }

    /// The board and the column of a task: by its name, else by its status, else the first. None where the board has no
    /// column that takes cards.
    pub fn column(
        &mut self,
        line: u64,
        (board, column, status): (Option<&str>, Option<&str>, Option<Status>),
        problems: &mut Problems,
    ) -> Option<(BoardId, KnownColumn)> {
        let id = self.board(board);
        let place = (board.map(lower), column.map(lower).unwrap_or_default());
        if let Some(known) = self.columns.get(&place) {
            return Some((id, known.clone()));
        }
        let columns = &self.project.boards.iter().find(|known| known.id == id)?.columns;
        let named = column.and_then(|name| columns.iter().find(|known| lower(&known.name) == lower(name)));
        let by_status = || status.and_then(|status| columns.iter().find(|known| known.category == status));
        match named.or_else(by_status) {
            Some(known) => {
                let known = known.clone();
                if named.is_some() {
                    self.columns.insert(place, known.clone());
                }
                Some((id, known))
            }
            None => {
                let first = columns.first()?.clone();
                if let Some(name) = column {
                    let message = format!("no column is called “{name}”: the task goes to “{}”", first.name);
                    problems.field(line, "column", message);
                }
                Some((id, first))
            }
        }
    }

    /// Somebody who takes part in the project, by an address or, where only one bears it, a name.
    pub fn person(&self, said: &str) -> Option<&UserId> {
        let said = lower(said);
        let address = said.rsplit_once('<').and_then(|(_, rest)| rest.strip_suffix('>')).unwrap_or(&said);
        self.emails.get(address).or_else(|| self.names.get(&said).and_then(Option::as_ref))
    }

    /// Whether somebody takes part in the project.
    pub fn takes_part(&self, person: &UserId) -> bool {
        self.project.people.iter().any(|known| known.id == *person)
    }

    /// A label.
    pub fn label(&self, name: &str) -> Option<&LabelId> {
        self.labels.get(&lower(name))
    }

    /// The sprint of a task: by what the file calls it, else by the name of one that is open.
    pub fn sprint(&self, listed: Option<&str>, name: Option<&str>) -> Option<&SprintId> {
        let listed = listed.and_then(|listed| self.listed.get(listed));
        listed.or_else(|| name.and_then(|name| self.sprints.get(&lower(name))))
    }

    /// The sprint that the import makes of the `place`-th that the file lists.
    pub fn own_sprint(&self, place: usize) -> Option<&SprintId> {
        self.own.get(place).and_then(Option::as_ref)
    }

    /// A field of the project's own, by its name or its id.
    pub fn field(&self, name: &str) -> Option<&FieldDefinition> {
        let plain = cell::plain(name);
        self.project.fields.iter().find(|field| field.id.as_str() == name || cell::plain(&field.name) == plain)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Asked;
    use crate::read;
    use millrace_domain::import::ImportFormat;

    fn import() -> ImportId {
        ImportId::random(&"WEB".parse().expect("a key"))
    }

    fn project() -> KnownProject {
        let key: ProjectKey = "WEB".parse().expect("a key");
        let board = BoardId::random(&key);
        let name = |text: &str| Name::new(text).expect("a name");
        let column = |text: &str, category| KnownColumn { id: ColumnId::random(), name: name(text), category };
        let person = |text: &str, email: &str| KnownPerson {
            id: UserId::random(),
            name: name(text),
            email: Email::new(email).expect("an address"),
        };
        KnownProject {
            key,
            board: board.clone(),
            boards: vec![KnownBoard {
                id: board,
                name: name("Website"),
                columns: vec![column("Backlog", Status::Backlog), column("Doing", Status::InProgress)],
            }],
            people: vec![person("Alex", "alex@example.com"), person("Sam", "sam@a.com"), person("Sam", "sam@b.com")],
            labels: vec![(LabelId::random(), name("Bug"))],
            sprints: Vec::new(),
            fields: Vec::new(),
        }
    }

    #[test]
    fn columns_match_by_name_then_status_and_are_created_if_allowed() {
        let text = "Title,Status,Labels\nOne,doing,bug\nTwo,In Progress,new\nThree,Shipped,\nFour,Odd,\n";
        let reading = read(ImportFormat::Csv, text.as_bytes(), &Asked::default()).expect("a table");
        let (mut matching, making) = Matching::new(project(), &reading, &import(), false);
        let mut problems = Problems::default();
        let columns: Vec<String> = reading
            .tasks
            .iter()
            .filter_map(|task| matching.column(task.line, (None, task.column.as_deref(), task.status), &mut problems))
            .map(|(_, column)| column.name.to_string())
            .collect();
        assert_eq!(columns, ["Doing", "Doing", "Backlog", "Backlog"]);
        assert_eq!((problems.count, making.columns.len(), making.labels.len()), (2, 0, 1));
        let (_, making) = Matching::new(project(), &reading, &import(), true);
        let made: Vec<_> =
            making.columns.iter().map(|(_, _, column, status)| (column.name.as_str(), *status)).collect();
        assert_eq!(made, [("In Progress", Status::InProgress), ("Shipped", Status::Done), ("Odd", Status::Todo)]);
    }

    #[test]
    fn people_match_by_address_or_by_a_unique_name() {
        let (matching, _) = Matching::new(project(), &Reading::default(), &import(), false);
        let found = |said: &str| matching.person(said).is_some();
        assert!(
            found("ALEX@example.com") && found("alex") && found("Somebody <alex@example.com>") && found("sam@b.com")
        );
        assert!(!found("Sam") && !found("nobody@example.com") && !found(""));
    }
}
