//! New tasks.

use crate::{
    outcome::Prepared,
    place::CardCounts,
    references::{References, Sent},
    writer::{Step, TaskWriter, Texts, Told, View},
};
use jiff::civil::Date;
use millrace_domain::{
    Error, Result,
    board::rank::Rank,
    event::EventData,
    id::{BoardId, ColumnId, LabelId, ProjectKey, SprintId, TaskKey, UserId},
    resource::Counts,
    task::{Priority, TaskFields, custom::merged, each_once},
    text::{Markdown, Title},
};
use millrace_store::{
    Scope, Stored, Table,
    board::{BoardWithColumns, ColumnRecord},
    project::{Numbering, ProjectRecord},
    table::Mode,
    task::TaskWrite,
};
use schemars::JsonSchema;
use serde::Deserialize;
use serde_json::{Map, Value};

/// Where in its column a new task goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum EndOfColumn {
    /// Above all others.
    Top,
    /// Below all others.
    #[default]
    Bottom,
}

/// A new task.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct NewTask {
    /// The title.
    pub title: Title,
    /// What is to be done, as Markdown.
    #[serde(default)]
    pub description: Option<Markdown>,
    /// The board that it goes to; the project's own if nobody says.
    #[serde(default)]
    pub board_id: Option<BoardId>,
    /// The column that it goes to; the board's first if nobody says.
    #[serde(default)]
    pub column_id: Option<ColumnId>,
    /// The end of the column that it goes to; the bottom if nobody says.
    #[serde(default)]
    pub position: Option<EndOfColumn>,
    /// How urgent it is; `medium` if nobody says.
    #[serde(default)]
    pub priority: Option<Priority>,
    /// Who works on it: at most 50 people with a role in the project.
    #[serde(default)]
    pub assignees: Vec<UserId>,
    /// Its labels: at most 50 of the project's.
    #[serde(default)]
    pub labels: Vec<LabelId>,
    /// Its size in story points, at most 1000.
    #[serde(default)]
    pub story_points: Option<u32>,
    /// Its size in hours, at most 10000.
    #[serde(default)]
    pub estimated_hours: Option<f64>,
    /// The start date.
    #[serde(default)]
    pub start_date: Option<Date>,
    /// When it is to be done; not before it starts.
    #[serde(default)]
    pub due_date: Option<Date>,
    /// The task that it is a part of: a live one of the project that is no part itself.
    #[serde(default)]
    pub parent: Option<TaskKey>,
    /// The sprint that it is planned for: one of the project that is not closed.
    #[serde(default)]
    pub sprint_id: Option<SprintId>,
    /// The values of the project's own fields, by the fields' ids.
    #[serde(default)]
    pub custom: Map<String, Value>,
    /// What other systems keep here, by a name of their own; at most 10,000 bytes.
    #[serde(default)]
    pub metadata: Map<String, Value>,
}

impl NewTask {
    /// What it refers to.
    pub fn references(&self) -> Sent<'_> {
        Sent {
            assignees: &self.assignees,
            labels: &self.labels,
            reporter: None,
            parent: self.parent.as_ref(),
            sprint: self.sprint_id.as_ref(),
            custom: Some(&self.custom),
        }
    }

    /// The board that it goes to.
    fn board<'boards>(
        &self,
        project: &ProjectRecord,
        boards: &'boards [BoardWithColumns],
    ) -> Result<&'boards BoardWithColumns> {
        let find = |id: &BoardId| boards.iter().find(|board| board.board.value.id == *id);
        match &self.board_id {
            Some(id) => find(id).ok_or_else(|| Error::field("board_id", "is not a board of this project")),
            None => {
                let own = project.board_id.as_ref().and_then(find);
                own.or_else(|| boards.first()).ok_or_else(|| Error::conflict("This project has no board."))
            }
        }
    }

    /// The target column.
    fn column<'board>(&self, board: &'board BoardWithColumns) -> Result<&'board Stored<ColumnRecord>> {
        match &self.column_id {
            Some(column) => board.open_column(column, "column_id"),
            None => board.first_column(),
        }
    }
}

/// A project in which a task is to be created, with all that the task needs to know.
pub struct Creating {
    project: Stored<ProjectRecord>,
    boards: Vec<BoardWithColumns>,
    numbering: Stored<Numbering>,
    references: References,
    cards: CardCounts,
}

impl Creating {
    /// Reads a project and what `sent` refers to in one round trip. Where nobody says which column, and the board's first
    /// has a limit, it takes one more.
    ///
    /// # Errors
    /// [`Error::NotFound`] where there is no such project.
    pub async fn read<M: Mode, S>(
        table: &Table<M>,
        scope: &Scope<S>,
        project: &ProjectKey,
        sent: &NewTask,
    ) -> Result<Self> {
        let (record, boards, numbering, references, mut cards) = futures::try_join!(
            table.project(scope, project),
            table.boards(scope, project),
            table.numbering(scope, project),
            References::read(table, scope, project, sent.references()),
            CardCounts::of(table, scope, project, sent.column_id.as_ref()),
        )?;
        // What is wrong with the board or the column is said when the task is created.
        if let Ok(column) = sent.board(&record.value, &boards).and_then(|board| sent.column(board)) {
            cards.count_limited(table, scope, project, &column.value).await?;
        }
        Ok(Self { project: record, boards, numbering, references, cards })
    }
}

impl<S> TaskWriter<'_, S> {
    /// Creates a task. Where a person acts, they are its reporter, and watch it.
    ///
    /// # Errors
    /// [`Error::Invalid`] naming each field that is wrong, [`Error::Conflict`] where the project has no board or has
    /// given all of its numbers.
    pub fn create(&self, creating: &Creating, sent: &NewTask) -> Result<Prepared> {
        let Creating { project, boards, numbering, references, cards } = creating;
        let key = &project.value.key;
        references.check(key, sent.references(), None)?;
        let board = sent.board(&project.value, boards)?;
        let column = sent.column(board)?;
        column.value.check_room(cards.cards(&column.value.id), "column_id")?;
        let last = numbering.value.last.checked_add(1);
        let last = last.ok_or_else(|| Error::conflict("This project has given all of its numbers."))?;
        let rank = match sent.position.unwrap_or_default() {
            EndOfColumn::Top => Rank::top(self.now),
            EndOfColumn::Bottom => Rank::bottom(self.now),
        };
        let mut fields = TaskFields {
            key: TaskKey::new(key, last),
            former: Vec::new(),
            board_id: board.board.value.id.clone(),
            column_id: column.value.id.clone(),
            rank: rank.clone(),
            column_since: self.now,
            title: sent.title.clone(),
            priority: sent.priority.unwrap_or_default(),
            assignees: each_once(sent.assignees.clone()),
            reporter: self.actor.id.clone(),
            labels: each_once(sent.labels.clone()),
            story_points: sent.story_points,
            estimated_hours: sent.estimated_hours,
            start_date: sent.start_date,
            due_date: sent.due_date,
            due_told: None,
            sprint_id: sent.sprint_id.clone(),
            parent: sent.parent.clone(),
            watchers: self.actor.id.iter().cloned().collect(),
            blocks: Vec::new(),
            blocked_by: Vec::new(),
            custom: merged(&Map::new(), &sent.custom),
            metadata: sent.metadata.clone(),
            created_at: self.now,
            updated_at: self.now,
            started_at: None,
            closed_at: None,
            archived_at: None,
        };
        fields.place(&column.value.id, rank, column.value.category, self.now);
        fields.check()?;

        let mut change = self.begin();
        change.update(numbering, &Numbering { last }, None);
        change.check_column(column);
        references.check_sprint(&mut change);
        if fields.parent.is_some() {
            references.check_parent(&mut change);
        }
        let step = Step {
            write: TaskWrite::Create,
            before: None,
            after: fields,
            view: View { board, counts: Counts::default(), definitions: &references.custom_fields },
            description: Texts { before: None, after: sent.description.as_ref().filter(|text| !text.is_empty()) },
            told: Told::As(EventData::TaskCreated),
        };
        let written = self.write(&mut change, step)?;
        Ok(Prepared::of(change, written))
    }
}
