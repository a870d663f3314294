//! A call of an endpoint: the caller, the request, and the steps that every handler takes.

use crate::{
    answer::Answer,
    capability::Holds,
    endpoint::{Endpoint, subdomain},
    path::PathParameters,
    platform::{Platform, Settings},
};
use jiff::Timestamp;
use millrace_domain::{
    Error, Result,
    event::{Event, EventData},
    id::{ProjectKey, UserId, WorkspaceId},
    task::transfer::TaskKeys,
};
use millrace_store::{
    Claim, Scope, Table, Transaction, Write, idempotency,
    scope::{Pending, Verified},
    table::{Mode, Part},
};
use serde::Serialize;
use serde_json::Value;
use std::sync::Arc;

/// Where a call comes from.
#[derive(Debug, Clone, Default)]
pub struct Origin {
    /// The address of whoever calls.
    pub address: String,
    /// What their client calls itself.
    pub user_agent: String,
    /// The host that they asked, without its port.
    pub host: String,
    /// The refresh token that their browser keeps.
    pub refresh_token: Option<String>,
    /// What they want to read: the `Accept` header.
    pub accept: String,
}

/// One call of the endpoint `E`.
#[derive(Clone)]
pub struct Call<E: Endpoint> {
    /// What the path names.
    pub path: E::Path,
    /// What the query asks.
    pub query: E::Query,
    /// What was sent.
    pub body: E::Body,
    /// When the call began. One call has one time.
    pub now: Timestamp,
    /// Where it comes from.
    pub origin: Origin,
    pub(crate) uses: E::Uses,
    pub(crate) claim: Option<Claim>,
    pub(crate) idempotency: Option<idempotency::Key>,
    pub(crate) if_match: Option<u64>,
    pub(crate) moved: Option<TaskKeys>,
    pub(crate) platform: Arc<Platform>,
}

/// How many items a list answers with if nobody says.
const DEFAULT_LIMIT: u8 = 50;

impl<E: Endpoint> Call<E> {
    /// The table, with what was declared that may be done with it.
    pub fn table<M: Mode, P>(&self) -> &Table<M>
    where
        E::Uses: Holds<Table<M>, P>,
    {
        self.uses.held()
    }

    /// Another capability that was declared.
    pub fn uses<C, P>(&self) -> &C
    where
        E::Uses: Holds<C, P>,
    {
        self.uses.held()
    }

    /// The deployment's settings.
    pub fn settings(&self) -> &Settings {
        &self.platform.settings
    }

    /// The slug of the workspace that the host names, where it names one.
    pub fn subdomain(&self) -> Option<&str> {
        subdomain(&self.platform, &self.origin.host)
    }

    /// What the caller's token says.
    ///
    /// # Errors
    /// [`Error::Unauthorized`] on a public endpoint that was called without a token.
    pub fn claim(&self) -> Result<&Claim> {
        self.claim.as_ref().ok_or_else(|| Error::Unauthorized("Sign in first.".to_owned()))
    }

    /// The caller.
    ///
    /// # Errors
    /// As [`Call::claim`].
    pub fn person(&self) -> Result<&UserId> {
        self.claim().map(|claim| &claim.person)
    }

    /// The same call for a task that was moved: its path names the task as it is called now.
    pub(crate) fn follow(&mut self, moved: TaskKeys) {
        self.path.lead_to(&moved.key);
        self.moved = Some(moved);
    }

    /// Looks up the caller's roles and, at the same time, reads what the handler needs. What was read is handed out
    /// only if the roles cover what the endpoint declares.
    ///
    /// # Errors
    /// What the roles lack, before what the read failed with: nobody learns more than they may.
    pub async fn authorize<M, P, T, F>(&self, read: impl FnOnce(Scope<Pending>) -> F) -> Result<(Scope<Verified>, T)>
    where
        M: Mode,
        E::Uses: Holds<Table<M>, P>,
        F: Future<Output = Result<T>>,
    {
        self.authorize_in(E::project(self), read).await
    }

    /// As [`Call::authorize`], for an endpoint whose body names the project.
    ///
    /// # Errors
    /// As [`Call::authorize`].
    pub async fn authorize_in<M, P, T, F>(
        &self,
        project: Option<ProjectKey>,
        read: impl FnOnce(Scope<Pending>) -> F,
    ) -> Result<(Scope<Verified>, T)>
    where
        M: Mode,
        E::Uses: Holds<Table<M>, P>,
        F: Future<Output = Result<T>>,
    {
        let mut pending = Scope::pending(self.claim()?, project)?;
        if let Some(moved) = &self.moved {
            pending = pending.following(moved.clone());
        }
        let (need, task) = (E::ROUTE.need, self.path.task());
        let table = self.table::<M, P>();
        let verify = table.verify(pending.clone(), need, task, self.idempotency.as_ref());
        let (scope, result) = futures::join!(verify, read(pending));
        let scope = scope?;
        // Both read at the same time: what is not there for the one may have been moved since the other looked.
        if let (Err(Error::NotFound(_)), Some(task)) = (&result, task)
            && let Some(moved) =
                table.transferred(&scope, task).await?.filter(|moved| self.moved.as_ref() != Some(moved))
        {
            return Err(Error::Transferred(Box::new(moved)));
        }
        Ok((scope, result?))
    }

    /// Looks up the caller's roles alone.
    ///
    /// # Errors
    /// As [`Call::authorize`].
    pub async fn scope<M, P>(&self) -> Result<Scope<Verified>>
    where
        M: Mode,
        E::Uses: Holds<Table<M>, P>,
    {
        Ok(self.authorize(|_| async { Ok(()) }).await?.0)
    }

    /// Refuses a write that names another version than the current one in `If-Match`.
    ///
    /// # Errors
    /// [`Error::Stale`] with the current state.
    pub fn expect_version(&self, version: u64, current: impl FnOnce() -> Result<Value>) -> Result<()> {
        match self.if_match {
            Some(expected) if expected != version => Err(Error::Stale { current: Box::new(current()?) }),
            _ => Ok(()),
        }
    }

    /// Commits, and answers. Where the caller sent an idempotency key, the answer is kept in the same write.
    ///
    /// # Errors
    /// What the transaction's conditions say.
    pub async fn commit<P, A: Answer>(&self, mut transaction: Transaction, answer: A) -> Result<A>
    where
        E::Uses: Holds<Table<Write>, P>,
    {
        if let Some(key) = &self.idempotency {
            transaction.keep_answer(key, A::STATUS, &answer.kept(), self.now)?;
        }
        self.table::<Write, P>().commit(transaction).await?;
        Ok(answer)
    }

    /// Takes the kept answer back, in the write that takes back what it tells of: the caller's next try is a new one.
    pub fn take_back_answer(&self, transaction: &mut Transaction) {
        if let Some(key) = &self.idempotency {
            transaction.forget_answer(key);
        }
    }

    /// Finds the answer to the caller's idempotency key, for an endpoint that looks up no roles.
    ///
    /// # Errors
    /// [`Error::Replayed`] where the key was answered before.
    pub async fn replay<M, P>(&self) -> Result<()>
    where
        M: Mode,
        E::Uses: Holds<Table<M>, P>,
    {
        match &self.idempotency {
            Some(key) => self.table::<M, P>().replay(key).await,
            None => Ok(()),
        }
    }

    /// An event of this call, which happened in the workspace; [`Event`] says where more precisely.
    pub fn event(&self, scope: &Scope<Verified>, data: EventData) -> Event {
        Event::new(scope.workspace().clone(), scope.actor(), self.now, data)
    }

    /// The part of a list that the query asks for.
    ///
    /// # Errors
    /// [`Error::Invalid`] for a limit outside 1 to 100.
    pub fn part(&self, limit: Option<u8>, cursor: Option<&String>) -> Result<Part> {
        match limit.unwrap_or(DEFAULT_LIMIT) {
            limit @ 1..=100 => Ok(Part { limit, cursor: cursor.cloned(), newest_first: false }),
            _ => Err(Error::field("limit", "takes 1 to 100")),
        }
    }

    /// Whether the caller asks for this type rather than for JSON: `text/csv`.
    pub fn wants(&self, content_type: &str) -> bool {
        let first = self.origin.accept.split(',').next().unwrap_or("");
        first.split(';').next().unwrap_or("").trim().eq_ignore_ascii_case(content_type)
    }

    /// The workspace of the caller's token.
    ///
    /// # Errors
    /// [`Error::Forbidden`] for a token without one.
    pub fn workspace(&self) -> Result<&WorkspaceId> {
        let workspace = self.claim()?.workspace.as_ref();
        workspace.ok_or_else(|| Error::Forbidden("Choose a workspace first.".to_owned()))
    }
}

/// A resource as JSON, for an event or a problem.
///
/// # Errors
/// [`Error::Internal`] where it cannot be written as JSON.
pub fn to_value(resource: &impl Serialize) -> Result<Value> {
    serde_json::to_value(resource).map_err(Error::internal)
}
