//! `edit`: a person edits a task.

use crate::parts::broadcast::{listening, tell};
use jiff::Timestamp;
use millrace_domain::{
    id::{BoardId, ProjectKey, TaskKey},
    live::{
        Frame,
        frame::{self, Editing},
    },
    reply,
    task::lock::{Holder, Lock, LockedField},
};
use millrace_endpoint::{
    Error, Incoming, Need, ProjectRole, Result, SocketRoute, Table, Write, capability::Sockets, racing::again,
};
use millrace_store::{Scope, Stored, Transaction, lock::LocksRecord};
use schemars::JsonSchema;
use serde::Deserialize;

/// Starts or stops editing a task.
#[derive(Clone)]
pub struct Edit;

/// Takes, renews or releases the edit lock on a field of a task.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
pub struct EditAction {
    /// The task, on a board that the socket is subscribed to.
    pub task: TaskKey,
    /// The field. Defaults to the whole task.
    pub field: Option<LockedField>,
    /// Whether the person is editing.
    pub editing: bool,
}

reply! {
    /// The current lock, as sent to the others on the board.
    EditReply { Edit }
}

impl SocketRoute for Edit {
    const NAME: &'static str = "live-edit";
    const ABOUT: &'static str = "Says who edits what: `{action: edit, task, field?, editing: true/false}` takes and renews the lock on a field of a task, or on all of it, for 30 seconds, or lets go of it. The socket and everybody else on the task's board get an `edit` frame. Where somebody else holds the lock the answer is an `error` frame with the status 423, whose `current` says who. The lock ends with the socket.";
    const ROUTE: &'static str = "edit";
    type Uses = (Table<Write>, Sockets);
    type Body = EditAction;
    type Output = EditReply;

    async fn handle(incoming: Incoming<Self>) -> Result<Vec<Self::Output>> {
        let (table, body, now): (&Table<Write>, _, _) = (incoming.table(), &incoming.body, incoming.now);
        let (task, field) = (&body.task, body.field.as_ref());
        let connection = incoming.connection().await?.value;
        let need = Need::Project(ProjectRole::Developer);
        let read =
            |scope| async move { futures::try_join!(table.task_fields(&scope, task, now), table.locks(&scope, task)) };
        let (scope, (fields, stored)) = incoming.authorize(&connection, task.project(), need, read).await?;
        let fields = fields.value.fields;
        let board = &fields.board_id;
        let mut locks = stored.as_ref().map(|stored| stored.value.locks.clone()).unwrap_or_default();
        let member = &scope.member().value;
        let holder = Holder { id: member.user.clone(), name: member.name.clone() };
        let (until, over) = if body.editing {
            fields.check_live()?;
            if !connection.boards.contains(board) {
                return Err(Error::conflict("Subscribe to the task's board first: its people are told who edits."));
            }
            let taken = locks.take(holder.clone(), field.cloned(), Some(&incoming.connection), now);
            (Some(taken.map_err(|refused| naming(refused, task))?.until), false)
        } else {
            (None, locks.release(&holder.id, field, Some(&incoming.connection), now).is_some())
        };
        let news = told(board, task, field, &holder, until);
        if body.editing || stored.as_ref().is_some_and(|stored| stored.value.locks != locks) {
            let mut change = Transaction::by(&scope);
            change.put_locks(&scope, task, stored.as_ref(), locks, now);
            // Whoever subscribes between the two hears of it when the lock is renewed.
            let ((), sockets) = futures::try_join!(table.commit(change), table.sockets(&scope, board))?;
            if body.editing || over {
                let others = listening(&sockets, Some(&incoming.connection), now);
                tell(table, incoming.uses(), &scope, board, others, &Frame::from(news.clone())).await?;
            }
        }
        Ok(vec![EditReply::Edit(news)])
    }
}

/// The frame about a lock. `until` is its expiry; none if it was released.
fn told(
    board: &BoardId,
    task: &TaskKey,
    field: Option<&LockedField>,
    person: &Holder,
    until: Option<Timestamp>,
) -> frame::Edit {
    frame::Edit {
        board_id: board.clone(),
        task: task.clone(),
        field: field.cloned(),
        person: person.clone(),
        editing: until.is_some(),
        until,
    }
}

/// The same error, with the task added, since a socket's answers are not correlated with its requests.
fn naming(refused: Error, task: &TaskKey) -> Error {
    match refused {
        Error::Locked { detail, mut current } => {
            current["task"] = task.to_string().into();
            Error::Locked { detail, current }
        }
        other => other,
    }
}

/// The edit locks in a project, for a new subscription.
pub(crate) fn editing(locks: &[(TaskKey, Stored<LocksRecord>)], now: Timestamp) -> Vec<Editing> {
    let of_task = |(task, locks): &(TaskKey, Stored<LocksRecord>)| {
        let standing = locks.value.locks.standing(now).into_iter();
        let shown = |lock: &Lock| Editing {
            task: task.clone(),
            field: lock.field.clone(),
            person: lock.person.clone(),
            until: lock.until,
        };
        standing.map(shown).collect::<Vec<_>>()
    };
    locks.iter().flat_map(of_task).collect()
}

/// Releases all locks of a socket in a project; returns the released ones.
///
/// # Errors
/// As every write.
pub(crate) async fn let_go<S>(
    table: &Table<Write>,
    scope: &Scope<S>,
    project: &ProjectKey,
    socket: &str,
    now: Timestamp,
) -> Result<Vec<(TaskKey, Lock)>> {
    again(|| async {
        let mut over = Vec::new();
        for (task, stored) in table.locks_in(scope, project).await? {
            let mut locks = stored.value.locks.clone();
            let gone = locks.release_socket(socket, now);
            if stored.value.locks.held.iter().any(|held| held.socket.as_deref() == Some(socket)) {
                let mut change = Transaction::outside_workspaces();
                change.put_locks(scope, &task, Some(&stored), locks, now);
                table.commit(change).await?;
            }
            over.extend(gone.into_iter().map(|lock| (task.clone(), lock)));
        }
        Ok(over)
    })
    .await
}

/// The frames that announce released locks to a board.
pub(crate) fn over<'locks>(
    board: &'locks BoardId,
    locks: &'locks [(TaskKey, Lock)],
) -> impl Iterator<Item = Frame> + 'locks {
    let own = locks.iter().filter(|(task, _)| task.project() == board.project());
    own.map(move |(task, lock)| told(board, task, lock.field.as_ref(), &lock.person, None).into())
}
