//! Boards and their columns.

use crate::{
    core::{
        item::{Attributes, Entity, Stored, text},
        keys,
        scope::Scope,
        table::{Mode, Table},
        transaction::{Beside, Transaction},
    },
    live::Feed,
};
use jiff::Timestamp;
use millrace_domain::{
    Error, Result,
    board::{rank::Rank, template::BoardTemplate, workflow::Workflow},
    id::{BoardId, ColumnId, EventId, ProjectKey, TaskKey},
    resource::{Board, Column},
    task::{Status, TaskFields},
    text::Name,
};
use serde::{Deserialize, Serialize};

/// A board.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct BoardRecord {
    /// The id.
    pub id: BoardId,
    /// The name.
    pub name: Name,
    /// Which steps it allows.
    #[serde(default)]
    pub workflow: Workflow,
    /// When it was created.
    pub created_at: Timestamp,
    /// When it last changed.
    pub updated_at: Timestamp,
}

impl Entity for BoardRecord {
    const WHAT: &'static str = "board";
}

impl BoardRecord {
    /// The board as clients see it.
    pub fn resource(&self, version: u64) -> Board {
        Board {
            id: self.id.clone(),
            project: self.id.project().clone(),
            name: self.name.clone(),
            version,
            created_at: self.created_at,
            updated_at: self.updated_at,
        }
    }
}

/// A column.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ColumnRecord {
    /// The id.
    pub id: ColumnId,
    /// The name.
    pub name: Name,
    /// The status of its tasks.
    pub category: Status,
    /// Its place among the columns.
    pub rank: Rank,
    /// The WIP limit.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub wip_limit: Option<u32>,
    /// Whether it is being removed: it takes no more cards, so that none is left behind.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub closing: bool,
}

impl Entity for ColumnRecord {
    const WHAT: &'static str = "column";
}

impl ColumnRecord {
    /// The column as clients see it.
    pub fn resource(&self, version: u64) -> Column {
        Column {
            id: self.id.clone(),
            name: self.name.clone(),
            category: self.category,
            position: self.rank.as_str().to_owned(),
            wip_limit: self.wip_limit,
            version,
        }
    }

    /// Whether one more card may come in beside the `cards` that are there.
    ///
    /// # Errors
    /// [`Error::Invalid`] naming `field` where its limit is reached.
    pub fn check_room(&self, cards: usize, field: &str) -> Result<()> {
        match self.wip_limit {
            Some(limit) if cards >= limit as usize => {
                Err(Error::field(field, format!("“{}” takes at most {limit} cards, and holds {cards}.", self.name)))
            }
            _ => Ok(()),
        }
    }
}

/// A board with its columns from left to right.
#[derive(Debug, Clone)]
pub struct BoardWithColumns {
    /// The board.
    pub board: Stored<BoardRecord>,
    /// The columns, from left to right.
    pub columns: Vec<Stored<ColumnRecord>>,
    /// Where its feed stood when this was read.
    pub cursor: EventId,
}

impl BoardWithColumns {
    /// One of its columns.
    ///
    /// # Errors
    /// [`Error::Invalid`] naming `field` where the board has no such column.
    pub fn column(&self, column: &ColumnId, field: &str) -> Result<&Stored<ColumnRecord>> {
        let found = self.columns.iter().find(|other| other.value.id == *column);
        found.ok_or_else(|| Error::field(field, "is not a column of this board"))
    }

    /// One of its columns that cards may come into.
    ///
    /// # Errors
    /// As [`BoardWithColumns::column`], and [`Error::Conflict`] where the column is being removed.
    pub fn open_column(&self, column: &ColumnId, field: &str) -> Result<&Stored<ColumnRecord>> {
        let found = self.column(column, field)?;
        let closing = || Error::conflict(format!("“{}” is being removed and takes no more cards.", found.value.name));
        if found.value.closing { Err(closing()) } else { Ok(found) }
    }

    /// The column that tasks come into when nobody says which.
    ///
    /// # Errors
    /// [`Error::Conflict`] where every column is being removed.
    pub fn first_column(&self) -> Result<&Stored<ColumnRecord>> {
        let open = self.columns.iter().find(|column| !column.value.closing);
        open.ok_or_else(|| Error::conflict("This board is being deleted."))
    }

    /// The first of its columns whose tasks have this status, of those that cards may come into.
    pub fn first_of(&self, status: Status) -> Option<&Stored<ColumnRecord>> {
        self.columns.iter().find(|column| column.value.category == status && !column.value.closing)
    }

    /// The status of one of its tasks: its column's category.
    ///
    /// An archived task may outlive its column; what it was last then decides.
    ///
    /// # Errors
    /// [`Error::Raced`] for a live task in a column that is not there: one of the two was read before a write that
    /// the other was read after.
    pub fn status(&self, task: &TaskFields) -> Result<Status> {
        let found = self.columns.iter().find(|other| other.value.id == task.column_id);
        match found {
            Some(column) => Ok(column.value.category),
            None if task.archived_at.is_none() => Err(Error::Raced),
            None if task.closed_at.is_some() => Ok(Status::Done),
            None => Ok(Status::Backlog),
        }
    }
}

/// A card's place in its column's order.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    /// Its rank.
    pub rank: Rank,
    /// Its task's number.
    pub number: u32,
}

impl<M: Mode> Table<M> {
    /// The boards of a project, by their ids, each with its columns.
    ///
    /// # Errors
    /// As every read.
    pub async fn boards<S>(&self, scope: &Scope<S>, project: &ProjectKey) -> Result<Vec<BoardWithColumns>> {
        let items = self.all(&keys::boards(scope.workspace(), project)).await?;
        let mut boards: Vec<Vec<Attributes>> = Vec::new();
        for item in items {
            match boards.last_mut() {
                Some(parts) if text(&item, "sk")?.starts_with(&format!("{}#", text(&parts[0], "sk")?)) => {
                    parts.push(item)
                }
                _ => boards.push(vec![item]),
            }
        }
        boards.iter().map(|parts| assemble(parts)).collect()
    }

    /// A board with its columns, in one Query.
    ///
    /// # Errors
    /// [`Error::NotFound`] where there is none.
    pub async fn board<S>(&self, scope: &Scope<S>, board: &BoardId) -> Result<BoardWithColumns> {
        let items = self.all(&keys::board_with_columns(scope.workspace(), board)).await?;
        if items.is_empty() { Err(Error::not_found("board")) } else { assemble(&items) }
    }

    /// The order of a column, from the index: keys alone, so it costs little however much the cards hold.
    ///
    /// # Errors
    /// As every read.
    pub async fn column_order<S>(
        &self,
        scope: &Scope<S>,
        project: &ProjectKey,
        column: &ColumnId,
    ) -> Result<Vec<Place>> {
        let items = self.all_of_index(&keys::column_order(scope.workspace(), project, column)).await?;
        items.iter().map(place).collect()
    }
}

fn place(item: &Attributes) -> Result<Place> {
    let broken = || Error::internal("a place in a column cannot be read");
    let (rank, number) = text(item, "gsi1sk")?.rsplit_once('#').ok_or_else(broken)?;
    let rank = serde_json::from_value(serde_json::Value::from(rank)).map_err(Error::internal)?;
    Ok(Place { rank, number: number.parse().map_err(|_| broken())? })
}

/// Puts a board together from its items, of which the first is the board itself.
pub(crate) fn assemble(items: &[Attributes]) -> Result<BoardWithColumns> {
    let (mut board, mut columns, mut cursor) = (None, Vec::new(), EventId::nil());
    for item in items {
        let sk = text(item, "sk")?;
        if sk.contains("#COLUMN#") {
            columns.push(Stored::<ColumnRecord>::read(item)?);
        } else if sk.ends_with("#FEED") {
            cursor = Stored::<Feed>::read(item)?.value.cursor;
        } else {
            board = Some(Stored::read(item)?);
        }
    }
    columns.sort_by(|one, other| (&one.value.rank, &one.value.id).cmp(&(&other.value.rank, &other.value.id)));
    Ok(BoardWithColumns { board: board.ok_or_else(|| Error::not_found("board"))?, columns, cursor })
}

impl Transaction {
    /// The board to create.
    pub fn open_board<S>(&mut self, scope: &Scope<S>, board: &BoardRecord) {
        self.put_new(&keys::board(scope.workspace(), &board.id), board, Beside::default(), || Error::Raced);
        self.put_new(&keys::feed(scope.workspace(), &board.id), &Feed::new(), Beside::default(), || Error::Raced);
    }

    /// A new board with the columns of `template`.
    ///
    /// # Errors
    /// None that a caller can cause: the template's names are names.
    pub fn open_board_from<S>(&mut self, scope: &Scope<S>, board: &BoardRecord, template: BoardTemplate) -> Result<()> {
        self.open_board(scope, board);
        for (place, (name, category)) in template.columns().into_iter().enumerate() {
            let column = ColumnRecord {
                id: ColumnId::random(),
                name: Name::new(name).map_err(Error::internal)?,
                category,
                rank: Rank::bottom_of_many(board.created_at, place),
                wip_limit: None,
                closing: false,
            };
            self.add_column(scope, &board.id, &column);
        }
        Ok(())
    }

    /// The column to add.
    pub fn add_column<S>(&mut self, scope: &Scope<S>, board: &BoardId, column: &ColumnRecord) {
        self.put_new(&keys::column(scope.workspace(), board, &column.id), column, Beside::default(), || Error::Raced);
    }

    /// Goes through only if the column that a card comes into is still what was read: there, and open.
    pub fn check_column(&mut self, column: &Stored<ColumnRecord>) {
        self.check_version(&column.key, column.version, || Error::Raced);
    }

    /// Where a board's feed stands is forgotten with the board.
    pub fn forget_feed<S>(&mut self, scope: &Scope<S>, board: &BoardId) {
        self.remove(&keys::feed(scope.workspace(), board));
    }
}

/// The task `number` of the board's project.
pub fn task_at(board: &BoardId, place: &Place) -> TaskKey {
    TaskKey::new(board.project(), place.number)
}
