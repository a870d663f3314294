//! A task of a file as it comes into the table. The same file, project and options give the same drafts.

use super::{
    ImportedComment, ImportedTask, OLD_KEY, Problems, Reading, cell,
    files::{FilePlace, ImportedFile},
    matching::{KnownColumn, Matching},
    progress::PreviewedTask,
    relations::Relations,
    sprints::Histories,
};
use jiff::Timestamp;
use millrace_domain::{
    board::rank::Rank,
    comment::{CommentBody, CommentFields, Reactions, emoji::Emoji, mention::mentions},
    file::export::ExportedTime,
    id::{BoardId, CommentId, LabelId, SprintId, TaskKey, UserId},
    resource::{Card, Counters, Counts},
    sprint::Transition,
    task::{
        ARCHIVE_KEPT, MOST_LISTED, Status, TaskFields,
        custom::{self, FieldDefinition, FieldKind, MOST_FIELDS},
        each_once,
        link::{Link, Relation},
    },
    text::Markdown,
    time::MOST_MINUTES_A_DAY,
};
use serde_json::{Map, Value};
use std::collections::{HashMap, HashSet};

/// What all tasks of an import share.
#[derive(Debug, Clone, PartialEq)]
pub struct Terms {
    /// The person who imports.
    pub importer: UserId,
    /// The number of the file's first task.
    pub first: u32,
    /// Whether that number is set aside; else nothing is written yet.
    pub keyed: bool,
    /// When the import was begun: the tasks' places follow from it.
    pub begun_at: Timestamp,
}

/// A task, ready to be written.
#[derive(Debug, Clone, PartialEq)]
pub struct Draft {
    /// Its fields.
    pub fields: TaskFields,
    /// How often it was written.
    pub version: u64,
    /// What its coming in means to sprints.
    pub transitions: Vec<(SprintId, Transition)>,
    /// Its column's category.
    pub status: Status,
    /// Its text.
    pub description: Markdown,
    /// Its comments, oldest first, with the reactions to each.
    pub comments: Vec<(CommentFields, Reactions)>,
    /// The time that was logged on it, with whoever worked.
    pub time: Vec<(UserId, ExportedTime)>,
    /// What is counted around it.
    pub counts: Counts,
    /// Its links, each at the end that comes later in the file; with each, whether its blocker is open.
    pub links: Vec<(Link, bool)>,
}

impl Draft {
    /// Its card, in a project with these fields of its own.
    pub fn card(&self, definitions: &[FieldDefinition]) -> Card {
        Card::new(&self.fields, self.version, self.status, self.counts, definitions)
    }

    /// Tasks that the import made earlier were moved to another project since: its links lead to where they are now, and
    /// it is no part of them, for parts are of one project.
    pub fn follow(&mut self, moved: &HashMap<TaskKey, TaskKey>) {
        self.fields.parent.take_if(|parent| moved.contains_key(parent));
        for end in self.links.iter_mut().flat_map(|(link, _)| [&mut link.task, &mut link.other]) {
            if let Some(now) = moved.get(end) {
                end.clone_from(now);
            }
        }
    }
}

/// Makes drafts of a file's tasks.
pub struct Drafting<'reading> {
    reading: &'reading Reading,
    relations: Relations,
    matching: Matching,
    terms: Terms,
    /// Which column each task goes to; none where its board has none.
    columns: Vec<Option<(BoardId, KnownColumn)>>,
    /// How many parts each task has that are not archived, and how many of them are done.
    parts: Vec<(u32, u32)>,
    /// What happened in the sprints that the import makes.
    pub histories: Histories,
}

impl<'reading> Drafting<'reading> {
    /// Settles what takes the whole file: who is a part of whom, and where each task goes.
    pub fn new(
        reading: &'reading Reading,
        relations: Relations,
        mut matching: Matching,
        terms: Terms,
        problems: &mut Problems,
    ) -> Self {
        let columns = reading.tasks.iter().map(|task| {
            let wanted = (task.board.as_deref(), task.column.as_deref(), task.status);
            matching.column(task.line, wanted, problems)
        });
        let columns: Vec<Option<(BoardId, KnownColumn)>> = columns.collect();
        for field in reading.fields.iter().filter(|field| matching.field(&field.name).is_none()) {
            let message = format!("“{}” stays out: a project has at most {MOST_FIELDS} fields of its own", field.name);
            problems.field(0, "custom", message);
        }
        let mut parts = vec![(0, 0); columns.len()];
        for ((task, column), parent) in reading.tasks.iter().zip(&columns).zip(&relations.parents) {
            let done = column.as_ref().is_some_and(|(_, column)| column.category == Status::Done);
            if let Some(parent) = parent.filter(|_| task.archived_at.is_none()) {
                parts[parent].0 += 1;
                parts[parent].1 += u32::from(done);
            }
        }
        let histories = Histories::new(reading, &matching, terms.first, terms.begun_at);
        Self { reading, relations, matching, terms, columns, parts, histories }
    }

    /// The key of the task at `index`.
    pub fn key(&self, index: usize) -> TaskKey {
        TaskKey::new(&self.matching.project.key, self.terms.first.saturating_add(index as u32))
    }

    /// Whether a task holds up what it blocks.
    fn is_open(&self, index: usize) -> bool {
        let column = self.columns.get(index).and_then(Option::as_ref);
        let done = column.is_some_and(|(_, column)| column.category == Status::Done);
        let archived = self.reading.tasks.get(index).is_some_and(|task| task.archived_at.is_some());
        !done && !archived
    }

    /// When a task was archived: one that nobody could restore any more counts from now on.
    fn archived_at(&self, task: &ImportedTask) -> Option<Timestamp> {
        let begun = self.terms.begun_at;
        task.archived_at.map(|at| if at <= begun && at + ARCHIVE_KEPT > begun { at } else { begun })
    }

    /// The tasks that were made before the one at `index` and that this one and those after it, `count` in all, hang on.
    pub fn hung_on(&self, index: usize, count: usize) -> Vec<TaskKey> {
        let parents = self.relations.parents.iter().skip(index).take(count).flatten();
        let links = self.relations.links.iter().skip(index).take(count).flatten().map(|(_, other)| other);
        let earlier = parents.chain(links).copied().filter(|other| *other < index);
        earlier.map(|index| self.key(index)).collect()
    }

    /// How many files are looked for of the task at `index`.
    pub fn wanted_count(&self, index: usize) -> usize {
        self.reading.tasks.get(index).map_or(0, |task| task.files.wanted.len())
    }

    /// As [`Reading::wanted_files`].
    pub fn wanted_files(&self, index: usize) -> impl Iterator<Item = (FilePlace, &ImportedFile)> {
        self.reading.wanted_files(index)
    }

    /// The draft of the task at `index`, as of `now`; none where there is none, or no column takes it. What of it is left
    /// out goes to `problems`.
    pub fn draft(&self, index: usize, now: Timestamp, problems: &mut Problems) -> Option<Draft> {
        let task = self.reading.tasks.get(index)?;
        let (board, column) = self.columns.get(index)?.clone()?;
        let past = |at: Option<Timestamp>| at.filter(|at| *at <= now);
        let status = column.category;
        let keys = |relation| self.relations.others(index, relation).map(|other| self.key(other)).collect::<Vec<_>>();
        let blockers = || self.relations.others(index, Relation::BlockedBy);
        let begun = matches!(status, Status::InProgress | Status::Review | Status::Done);
        let mut fields = TaskFields {
            key: self.key(index),
            board_id: board,
            column_id: column.id,
            rank: Rank::bottom_of_many(self.terms.begun_at, task.place),
            column_since: past(task.column_since).unwrap_or(now),
            title: task.title.clone(),
            priority: task.priority.unwrap_or_default(),
            assignees: self.people(task, "assignees", &task.assignees, problems),
            reporter: self.reporter(task, problems),
            labels: self.labels(task, problems),
            story_points: task.story_points,
            estimated_hours: task.estimated_hours,
            start_date: task.start_date,
            due_date: task.due_date,
            due_told: None,
            former: Vec::new(),
            sprint_id: self.sprint(task, problems),
            parent: self.relations.parents.get(index).copied().flatten().map(|parent| self.key(parent)),
            watchers: self.people(task, "watchers", &task.watchers, problems),
            blocks: keys(Relation::Blocks),
            blocked_by: keys(Relation::BlockedBy),
            custom: self.custom(task, problems),
            metadata: task.metadata.clone(),
            created_at: past(task.created_at).unwrap_or(now),
            updated_at: now,
            started_at: begun.then(|| past(task.started_at)).flatten(),
            closed_at: (status == Status::Done).then(|| past(task.closed_at).unwrap_or(now)),
            archived_at: self.archived_at(task),
        };
        if matches!(status, Status::InProgress | Status::Review) {
            fields.started_at = fields.started_at.or(Some(now));
        }
        settle(task, &mut fields, problems);
        let comments = self.comments(task, &fields, now, problems);
        let time = self.time(task, problems);
        let (subtask_count, subtask_done) = self.parts.get(index).copied().unwrap_or_default();
        let counters = Counters {
            comments: comments.iter().filter(|(comment, _)| comment.body.is_some()).count() as u32,
            logged_minutes: time.iter().fold(0, |sum: u32, (_, log)| sum.saturating_add(log.minutes)),
            ..Counters::default()
        };
        let blocked = blockers().any(|blocker| self.is_open(blocker));
        let counts = Counts { counters, subtask_done, subtask_count, blocked };
        let links = self.links(index, &fields.key);
        let (version, transitions) = self.histories.coming_in(&fields, task.version);
        let description = task.description.clone();
        Some(Draft { fields, version, transitions, status, description, comments, time, counts, links })
    }

    /// A draft as it is shown before it is written.
    pub fn preview(&self, index: usize, draft: &Draft) -> Option<PreviewedTask> {
        let (_, column) = self.columns.get(index)?.as_ref()?;
        let project = &self.matching.project;
        let person =
            |id: &UserId| project.people.iter().find(|person| person.id == *id).map(|person| person.name.to_string());
        let label =
            |id: &LabelId| project.labels.iter().find(|(known, _)| known == id).map(|(_, name)| name.to_string());
        Some(PreviewedTask {
            line: self.reading.tasks.get(index)?.line,
            key: self.terms.keyed.then(|| draft.fields.key.clone()),
            title: draft.fields.title.clone(),
            column: column.name.to_string(),
            priority: draft.fields.priority,
            assignees: draft.fields.assignees.iter().filter_map(person).collect(),
            labels: draft.fields.labels.iter().filter_map(label).collect(),
            story_points: draft.fields.story_points,
            due_date: draft.fields.due_date,
        })
    }

    fn links(&self, index: usize, key: &TaskKey) -> Vec<(Link, bool)> {
        let own = self.relations.links.get(index).into_iter().flatten();
        let later = own.filter(|(_, other)| *other < index);
        let links = later.map(|(relation, other)| {
            let blocker = if *relation == Relation::BlockedBy { *other } else { index };
            let link = Link { task: key.clone(), relation: *relation, other: self.key(*other) };
            (link, self.is_open(blocker))
        });
        links.collect()
    }

    fn people(&self, task: &ImportedTask, field: &str, said: &[String], problems: &mut Problems) -> Vec<UserId> {
        let mut people = Vec::new();
        for name in said {
            match self.matching.person(name) {
                Some(person) => people.push(person.clone()),
                None => problems.field(task.line, field, nobody(name)),
            }
        }
        few(each_once(people), task, field, problems)
    }

    fn reporter(&self, task: &ImportedTask, problems: &mut Problems) -> Option<UserId> {
        let said = task.reporter.as_deref();
        let found = said.and_then(|name| self.matching.person(name)).cloned();
        if let (Some(name), None) = (said, &found) {
            problems.field(task.line, "reporter", nobody(name));
        }
        found.or_else(|| Some(self.terms.importer.clone()))
    }

    fn labels(&self, task: &ImportedTask, problems: &mut Problems) -> Vec<LabelId> {
        let mut labels = Vec::new();
        for name in &task.labels {
            match self.matching.label(name) {
                Some(label) => labels.push(label.clone()),
                None => problems.field(
                    task.line,
                    "labels",
                    format!("“{name}” can be no label here: it is too long, or there are too many"),
                ),
            }
        }
        few(each_once(labels), task, "labels", problems)
    }

    fn sprint(&self, task: &ImportedTask, problems: &mut Problems) -> Option<SprintId> {
        let found = self.matching.sprint(task.sprint_id.as_deref(), task.sprint.as_deref()).cloned();
        if let (Some(name), None) = (task.sprint.as_deref(), &found) {
            problems.field(
                task.line,
                "sprint",
                format!("no open sprint is called “{name}”: the task goes to the backlog"),
            );
        }
        found
    }

    fn custom(&self, task: &ImportedTask, problems: &mut Problems) -> Map<String, Value> {
        let mut values = Map::new();
        for (name, value) in &task.custom {
            let Some(field) = self.matching.field(name) else { continue };
            let path = format!("custom.{}", field.name);
            match self.value(field, name, value) {
                Ok(value) => {
                    values.insert(field.id.as_str().to_owned(), value);
                }
                Err(message) => problems.field(task.line, &path, message),
            }
        }
        if let (Some(key), Some(field)) = (&task.old_key, self.matching.field(OLD_KEY)) {
            match self.value(field, OLD_KEY, &Value::from(key.as_str())) {
                Ok(value) => drop(values.insert(field.id.as_str().to_owned(), value)),
                Err(message) => problems.field(task.line, "custom.Old key", message),
            }
        }
        for field in self.matching.project.fields.iter().filter(|field| field.required) {
            if !values.contains_key(field.id.as_str()) {
                problems.field(task.line, &format!("custom.{}", field.name), "is needed, and stays empty");
            }
        }
        values
    }

    /// A value as the field takes it, which stands in the file under `name`.
    fn value(&self, field: &FieldDefinition, name: &str, value: &Value) -> Result<Value, String> {
        let text = || value.as_str().map_or_else(|| value.to_string(), |text| text.trim().to_owned());
        let fitting = match field.kind {
            FieldKind::Number if value.is_number() => value.clone(),
            FieldKind::Number => Value::from(self.reading.settled.number(name, &text())?),
            FieldKind::Date => Value::from(self.reading.settled.day(name, &text())?.to_string()),
            FieldKind::Select => {
                let said = text().to_lowercase();
                let option = field.options.iter().find(|option| option.to_lowercase() == said);
                option.map_or_else(|| Value::from(text()), |option| Value::from(option.as_str()))
            }
            FieldKind::Person => match self.matching.person(&text()) {
                Some(person) => Value::from(person.as_str()),
                None => return Err(nobody(&text())),
            },
            FieldKind::Text | FieldKind::Url => Value::from(text()),
        };
        let own = Map::from_iter([(field.id.as_str().to_owned(), fitting.clone())]);
        let takes_part = |person: &UserId| self.matching.takes_part(person);
        // What is needed and missing is no reason to refuse what is there.
        let wrong = custom::check(std::slice::from_ref(field), Some(&Map::new()), &own, takes_part);
        match wrong.into_iter().next() {
            Some(error) => Err(error.message),
            None => Ok(fitting),
        }
    }

    fn comments(
        &self,
        task: &ImportedTask,
        fields: &TaskFields,
        now: Timestamp,
        problems: &mut Problems,
    ) -> Vec<(CommentFields, Reactions)> {
        let mut comments: Vec<(CommentFields, Reactions)> = Vec::with_capacity(task.comments.len());
        // Where each is that the file tells of, and the thread that it is in.
        let mut made: Vec<Option<(CommentId, CommentId)>> = Vec::with_capacity(task.comments.len());
        let answered: HashSet<usize> = task.comments.iter().filter_map(|comment| comment.reply_to).collect();
        for (place, said) in task.comments.iter().enumerate() {
            let created_at = said.created_at.filter(|at| *at <= now).unwrap_or(fields.created_at);
            let (author, pieces) = self.said(said);
            let pieces = if said.removed { Vec::new() } else { pieces };
            if pieces.is_empty() && !(said.removed && answered.contains(&place)) {
                made.push(None);
                continue;
            }
            if pieces.len() > 1 {
                let message = format!("one of more than 10000 characters comes in as {}", pieces.len());
                problems.field(task.line, "comments", message);
            }
            let first = said.reply_to.and_then(|first| made.get(first).cloned().flatten());
            let reply_to = first.map(|(_, thread)| thread);
            let bodies: Vec<Option<CommentBody>> =
                if pieces.is_empty() { vec![None] } else { pieces.into_iter().map(Some).collect() };
            for (piece, body) in bodies.into_iter().enumerate() {
                let id = CommentId::placed(created_at, comments.len() as u32);
                let mentioned =
                    body.as_ref().map(|body| mentions(body, "body").unwrap_or_default()).unwrap_or_default();
                let reactions = if piece == 0 { self.reactions(task, said, problems) } else { Reactions::default() };
                let earlier = if body.is_some() && piece == 0 { said.earlier.clone() } else { Vec::new() };
                let comment = CommentFields {
                    id: id.clone(),
                    task: fields.key.clone(),
                    author: author.clone(),
                    mentions: mentioned.into_iter().filter(|person| self.matching.takes_part(person)).collect(),
                    body,
                    reply_to: reply_to.clone(),
                    earlier,
                    created_at,
                    edited_at: said.edited_at.filter(|at| *at <= now),
                };
                if piece == 0 {
                    made.push(Some((id, comment.thread().clone())));
                }
                comments.push((comment, reactions));
            }
        }
        comments
    }

    fn reactions(&self, task: &ImportedTask, said: &ImportedComment, problems: &mut Problems) -> Reactions {
        let mut reactions = Reactions::default();
        for (emoji, person) in &said.reactions {
            match (Emoji::new(emoji), self.matching.person(person)) {
                (Ok(emoji), Some(person)) => {
                    reactions.add(emoji, person);
                }
                (Err(_), _) => problems.field(task.line, "reactions", format!("“{emoji}” is no emoji")),
                (_, None) => problems.field(task.line, "reactions", nobody(person)),
            }
        }
        if let Err(error) = reactions.check() {
            problems.field(task.line, "reactions", error.to_string());
            return Reactions::default();
        }
        reactions
    }

    /// The time that was logged, as far as those who worked take part here.
    fn time(&self, task: &ImportedTask, problems: &mut Problems) -> Vec<(UserId, ExportedTime)> {
        let mut time = Vec::with_capacity(task.time.len());
        for log in &task.time {
            let person = self.matching.person(&log.person);
            match person {
                Some(person) if (1..=MOST_MINUTES_A_DAY).contains(&log.minutes) => {
                    time.push((person.clone(), log.clone()));
                }
                Some(_) => {
                    let message = format!("{} minutes on {} are not what a day holds", log.minutes, log.date);
                    problems.field(task.line, "time", message);
                }
                None => problems.field(
                    task.line,
                    "time",
                    format!("{} minutes on {} stay out: {}", log.minutes, log.date, nobody(&log.person)),
                ),
            }
        }
        time
    }

    /// Who says what: where the author is nobody here, the one who imports says whose words these are.
    fn said(&self, comment: &ImportedComment) -> (UserId, Vec<CommentBody>) {
        let (author, text) = match comment.author.as_deref().map(|author| (author, self.matching.person(author))) {
            Some((_, Some(person))) => (person.clone(), comment.body.clone()),
            Some((author, None)) => {
                let text = format!("{}{}", cell::said_by(author, comment.created_at), comment.body);
                (self.terms.importer.clone(), text)
            }
            None => (self.terms.importer.clone(), comment.body.clone()),
        };
        (author, cell::pieces(&text))
    }
}

fn nobody(name: &str) -> String {
    format!("“{name}” is nobody who takes part in this project")
}

/// As many as one task takes.
fn few<T>(mut list: Vec<T>, task: &ImportedTask, field: &str, problems: &mut Problems) -> Vec<T> {
    if list.len() > MOST_LISTED {
        problems.field(task.line, field, format!("has {}, of which {MOST_LISTED} are taken", list.len()));
        list.truncate(MOST_LISTED);
    }
    list
}

/// Leaves out what does not fit the rest of the task.
fn settle(task: &ImportedTask, fields: &mut TaskFields, problems: &mut Problems) {
    let Err(millrace_domain::Error::Invalid(errors)) = fields.check() else { return };
    for error in errors {
        match error.field.as_str() {
            "due_date" => fields.start_date = None,
            "story_points" => fields.story_points = None,
            "estimated_hours" => fields.estimated_hours = None,
            "metadata" => fields.metadata.clear(),
            _ => {}
        }
        let field = if error.field == "due_date" { "start_date" } else { &error.field };
        let message = if error.field == "due_date" { "is after the due date" } else { &error.message };
        problems.field(task.line, field, message);
    }
}
