//! The people that a comment mentions: they have to see the project.

use millrace_domain::{
    Error, Result,
    comment::mention,
    id::{ProjectKey, UserId},
};
use millrace_store::{Scope, Stored, Table, table::Mode, workspace::Member};

/// Whom a body mentions, as far as it can be read.
pub(crate) struct Mentioned(Result<Vec<UserId>>);

impl Mentioned {
    /// Reads them out of a body. What is wrong with it is told once it is known who asks.
    pub(crate) fn of(body: &str) -> Self {
        Self(mention::mentions(body, "body"))
    }

    /// Reads who of them is in the workspace.
    pub(crate) async fn read<M: Mode, S>(&self, table: &Table<M>, scope: &Scope<S>) -> Result<Vec<Stored<Member>>> {
        table.members_among(scope, self.0.as_deref().unwrap_or_default()).await
    }

    /// The people, once it is checked that all of them see the project. Whom the comment mentioned before may stay,
    /// though they are gone.
    pub(crate) fn check(
        self,
        project: &ProjectKey,
        members: &[Stored<Member>],
        before: &[UserId],
    ) -> Result<Vec<UserId>> {
        let people = self.0?;
        let sees = |person: &UserId| {
            let found = members.iter().find(|member| member.value.user == *person);
            before.contains(person) || found.is_some_and(|member| member.value.role_in(project).is_some())
        };
        match people.iter().find(|person| !sees(person)) {
            Some(person) => Err(Error::field("body", format!("mentions {person}, who does not see this project"))),
            None => Ok(people),
        }
    }
}
