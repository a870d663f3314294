//! A project as its file tells of it.

use jiff::Timestamp;
use millrace_domain::{
    Result,
    comment::CommentFields,
    file::export::{
        ExportedBoard, ExportedClosing, ExportedColumn, ExportedComment, ExportedCourse, ExportedField, ExportedFile,
        ExportedLabel, ExportedLink, ExportedProject, ExportedSprint, ExportedTask, ExportedTime, FORMAT, VERSION,
    },
    id::{BoardId, ColumnId, CommentId, LabelId, ProjectKey, SprintId, UserId, WorkspaceId},
    task::custom::FieldKind,
    text::Name,
};
use millrace_endpoint::{Read, Table};
use millrace_store::{
    Scope, Stored,
    board::BoardWithColumns,
    comment::Around,
    custom::FieldsRecord,
    exported::Belongings,
    project::{LabelRecord, ProjectRecord},
    scope::Pending,
    sprint::{SprintHistory, SprintRecord},
    task::TaskRecord,
    workspace::Member,
};
use serde_json::{Map, Value};
use std::collections::HashMap;

/// All of a project but what belongs to single tasks.
pub(crate) struct Project {
    record: Stored<ProjectRecord>,
    boards: Vec<BoardWithColumns>,
    members: Vec<Stored<Member>>,
    labels: Vec<Stored<LabelRecord>>,
    /// The sprints, in the order of their days.
    pub sprints: Vec<Stored<SprintRecord>>,
    fields: Option<Stored<FieldsRecord>>,
    /// The tasks, live and archived, by number.
    pub tasks: Vec<Stored<TaskRecord>>,
}

impl Project {
    /// Reads it as it is at `now`, in one round trip.
    pub(crate) async fn read(
        table: &Table<Read>,
        scope: &Scope<Pending>,
        key: &ProjectKey,
        now: Timestamp,
    ) -> Result<Self> {
        let (record, boards, members, labels, mut sprints, fields, mut tasks, archived) = futures::try_join!(
            table.project(scope, key),
            table.boards(scope, key),
            table.members(scope),
            table.labels(scope, key),
            table.sprints(scope, key),
            table.custom_fields(scope, key),
            table.tasks(scope, key, false),
            table.tasks(scope, key, true),
        )?;
        tasks.extend(archived.into_iter().filter(|task| !task.value.fields.is_gone(now)));
        tasks.sort_by_key(|task| task.value.fields.key.number());
        // One that was archived between the two reads is in both of them.
        tasks.dedup_by(|one, other| one.value.fields.key == other.value.fields.key);
        sprints.sort_by_key(|sprint| {
            let SprintRecord { plan, created_at, id, .. } = &sprint.value;
            (plan.start_date, *created_at, id.clone())
        });
        Ok(Self { record, boards, members, labels, sprints, fields, tasks })
    }
}

/// The names of what tasks point to by ids.
struct Names<'project> {
    boards: HashMap<&'project BoardId, &'project Name>,
    columns: HashMap<&'project ColumnId, &'project Name>,
    labels: HashMap<&'project LabelId, &'project Name>,
    sprints: HashMap<&'project SprintId, &'project Name>,
    people: HashMap<&'project UserId, String>,
    main: Option<&'project BoardId>,
}

impl Names<'_> {
    /// How a file names a person who is in the workspace: by email.
    fn member(&self, person: &UserId) -> Option<String> {
        self.people.get(person).cloned()
    }

    /// How a file names a person, be they in the workspace or not.
    fn person(&self, person: &UserId) -> String {
        self.member(person).unwrap_or_else(|| person.to_string())
    }
}

/// The project as a file, with what belongs to each of its tasks and what happened in each of its sprints, in their order.
pub(crate) fn exported(
    workspace: &WorkspaceId,
    project: &Project,
    belongings: Vec<Belongings>,
    histories: Vec<SprintHistory>,
    now: Timestamp,
) -> ExportedProject {
    let record = &project.record.value;
    let columns = project.boards.iter().flat_map(|board| &board.columns).map(|column| &column.value);
    let main = record.board_id.as_ref().or_else(|| project.boards.first().map(|board| &board.board.value.id));
    let names = Names {
        boards: project.boards.iter().map(|board| (&board.board.value.id, &board.board.value.name)).collect(),
        columns: columns.map(|column| (&column.id, &column.name)).collect(),
        labels: project.labels.iter().map(|label| (&label.value.id, &label.value.name)).collect(),
        sprints: project.sprints.iter().map(|sprint| (&sprint.value.id, &sprint.value.plan.name)).collect(),
        people: project.members.iter().map(|member| (&member.value.user, member.value.email.to_string())).collect(),
        main,
    };
    let boards = project.boards.iter().map(|board| ExportedBoard {
        name: board.board.value.name.clone(),
        main: Some(&board.board.value.id) == main,
        columns: board
            .columns
            .iter()
            .map(|column| &column.value)
            .map(|column| ExportedColumn {
                name: column.name.clone(),
                category: column.category,
                wip_limit: column.wip_limit,
            })
            .collect(),
    });
    let fields = project.fields.iter().flat_map(|fields| &fields.value.fields);
    let tasks =
        project.tasks.iter().zip(belongings).map(|(task, belongings)| self::task(project, &names, task, belongings));
    ExportedProject {
        format: FORMAT.to_owned(),
        version: VERSION,
        exported_at: now,
        workspace: Some(workspace.clone()),
        key: record.key.to_string(),
        name: record.name.clone(),
        description: record.description.clone(),
        boards: boards.collect(),
        labels: project
            .labels
            .iter()
            .map(|label| &label.value)
            .map(|label| ExportedLabel { name: label.name.clone(), color: label.color.clone() })
            .collect(),
        fields: fields
            .map(|field| ExportedField {
                name: field.name.clone(),
                kind: field.kind,
                options: field.options.clone(),
                required: field.required,
            })
            .collect(),
        sprints: project
            .sprints
            .iter()
            .map(|sprint| &sprint.value)
            .zip(histories)
            .map(|(sprint, history)| ExportedSprint {
                id: sprint.id.to_string(),
                name: sprint.plan.name.clone(),
                goal: sprint.plan.goal.clone(),
                start_date: sprint.plan.start_date,
                end_date: sprint.plan.end_date,
                capacity: sprint.plan.capacity,
                state: sprint.state,
                course: course(sprint, history),
            })
            .collect(),
        tasks: tasks.collect(),
    }
}

fn course(sprint: &SprintRecord, history: SprintHistory) -> ExportedCourse {
    let SprintHistory { mut transitions, counts, report } = history;
    transitions.sort_by(|one, other| (one.at, &one.task, one.version).cmp(&(other.at, &other.task, other.version)));
    ExportedCourse {
        created_at: Some(sprint.created_at),
        started_at: sprint.started_at,
        closed_at: sprint.closed_at,
        committed_points: sprint.committed_points,
        completed_points: sprint.completed_points,
        transitions,
        counts,
        closing: report.map(|kept| ExportedClosing { report: kept.report, calendar: kept.calendar, seen: kept.seen }),
    }
}

fn task(project: &Project, names: &Names<'_>, task: &Stored<TaskRecord>, belongings: Belongings) -> ExportedTask {
    let TaskRecord { fields, counters } = &task.value;
    let text = |name: Option<&&Name>| name.map(|name| name.to_string());
    let people = |people: &[UserId]| people.iter().filter_map(|person| names.member(person)).collect();
    let other_board = (Some(&fields.board_id) != names.main).then(|| names.boards.get(&fields.board_id)).flatten();
    let links = belongings.links.iter();
    let time = belongings.time.iter().map(|log| ExportedTime {
        person: names.person(&log.person),
        date: log.date,
        minutes: log.minutes,
        note: log.note.clone(),
        timed: log.timed,
        created_at: log.created_at,
        updated_at: log.updated_at,
    });
    let files = belongings.files.iter().map(|file| ExportedFile {
        id: Some(file.id.to_string()),
        name: file.name.as_str().to_owned(),
        size: file.size,
        content_type: file.content_type.to_string(),
        by: Some(names.person(&file.by)),
        created_at: Some(file.created_at),
    });
    ExportedTask {
        key: fields.key.to_string(),
        version: task.version,
        board: text(other_board),
        column: text(names.columns.get(&fields.column_id)),
        position: fields.rank.as_str().to_owned(),
        title: fields.title.to_string(),
        description: belongings.description.into_string(),
        priority: Some(fields.priority),
        assignees: people(&fields.assignees),
        reporter: fields.reporter.as_ref().and_then(|person| names.member(person)),
        watchers: people(&fields.watchers),
        labels: fields.labels.iter().filter_map(|label| text(names.labels.get(label))).collect(),
        story_points: fields.story_points,
        estimated_hours: fields.estimated_hours,
        start_date: fields.start_date,
        due_date: fields.due_date,
        sprint: fields.sprint_id.as_ref().and_then(|sprint| text(names.sprints.get(sprint))),
        sprint_id: fields.sprint_id.as_ref().filter(|id| names.sprints.contains_key(id)).map(ToString::to_string),
        parent: fields.parent.as_ref().map(ToString::to_string),
        custom: custom(project, names, &fields.custom),
        metadata: fields.metadata.clone(),
        created_at: Some(fields.created_at),
        column_since: Some(fields.column_since),
        started_at: fields.started_at,
        closed_at: fields.closed_at,
        archived_at: fields.archived_at,
        links: links.map(|link| ExportedLink { relation: link.relation, task: link.other.to_string() }).collect(),
        comments: comments(names, &belongings.comments),
        time: time.collect(),
        attachment_count: counters.attachments,
        attachments: files.collect(),
    }
}

/// The values of fields that there are, by the fields' names.
fn custom(project: &Project, names: &Names<'_>, values: &Map<String, Value>) -> Map<String, Value> {
    let fields = project.fields.iter().flat_map(|fields| &fields.value.fields);
    let named = fields.filter_map(|field| {
        let value = values.get(field.id.as_str())?;
        let value = match (field.kind, value.as_str().and_then(|id| id.parse::<UserId>().ok())) {
            (FieldKind::Person, Some(person)) => Value::from(names.member(&person)?),
            (FieldKind::Person, None) => return None,
            _ => value.clone(),
        };
        Some((field.name.to_string(), value))
    });
    named.collect()
}

/// The comments that say something, and those that others answered before they were removed.
fn comments(names: &Names<'_>, all: &[(CommentFields, Around)]) -> Vec<ExportedComment> {
    let shown = |(comment, around): &&(CommentFields, Around)| comment.body.is_some() || around.replies > 0;
    let said: Vec<&(CommentFields, Around)> = all.iter().filter(shown).collect();
    let place = |id: &CommentId| said.iter().position(|(comment, _)| comment.id == *id);
    let exported = said.iter().map(|(comment, around)| ExportedComment {
        author: names.member(&comment.author),
        body: comment.body.as_ref().map(|body| body.to_string()).unwrap_or_default(),
        removed: comment.body.is_none(),
        earlier: comment.earlier.clone(),
        reactions: around
            .reactions
            .resource()
            .into_iter()
            .filter(|_| comment.body.is_some())
            .map(|reaction| {
                (reaction.emoji.to_string(), reaction.people.iter().map(|person| names.person(person)).collect())
            })
            .collect(),
        created_at: comment.created_at,
        edited_at: comment.edited_at,
        reply_to: comment.reply_to.as_ref().and_then(place),
    });
    exported.collect()
}
