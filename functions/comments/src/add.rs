//! comments-add

use crate::parts::{lookup::on_comment, mentions::Mentioned};
use millrace_domain::{
    Error,
    comment::{Comment, CommentBody, CommentFields, Reactions},
    event::{EventData, payload::CommentMentions},
    id::CommentId,
};
use millrace_endpoint::{Call, Created, Endpoint, Json, Nothing, ProjectRole, Result, Route, Table, Write};
use millrace_platform::path::TaskPath;
use millrace_store::{Transaction, task::Counter};
use schemars::JsonSchema;
use serde::Deserialize;

/// The comment to add.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct NewComment {
    /// The text as Markdown. `@[Alex](usr_4fJq8sNcX0aZ7LtVw2Rb)` mentions a person, who must be able to see the
    /// project; at most 50 people.
    pub body: CommentBody,
    /// The comment to reply to. Threads have one level: a reply to a reply joins the same thread.
    #[serde(default)]
    pub reply_to: Option<CommentId>,
}

/// Adds a comment to a task.
///
/// Mentions are written `@[Name](user_id)`. Returns 422 naming `body` if a mentioned person cannot see the project, and
/// 409 if the task is archived.
#[derive(Clone, JsonSchema)]
pub struct AddComment;

impl Endpoint for AddComment {
    const ROUTE: Route = Route::post("comments-add", "/api/tasks/{task}/comments").needs(ProjectRole::Developer);
    type Uses = (Table<Write>,);
    type Path = TaskPath;
    type Query = Nothing;
    type Body = Json<NewComment>;
    type Output = Created<Comment>;

    async fn handle(call: Call<Self>) -> Result<Self::Output> {
        let (table, key, sent, now): (&Table<Write>, _, _, _) = (call.table(), &call.path.task, &call.body.0, call.now);
        let mentioned = Mentioned::of(&sent.body);
        let people = &mentioned;
        let (scope, (task, members, answered)) = call
            .authorize(|scope| async move {
                let answered = async {
                    match &sent.reply_to {
                        Some(comment) => table.comment(&scope, key, comment).await,
                        None => Ok(None),
                    }
                };
                futures::try_join!(table.task_fields(&scope, key, now), people.read(table, &scope), answered)
            })
            .await?;
        let task = &task.value.fields;
        task.check_live()?;
        let answered = answered.map(|comment| comment.value.fields);
        if sent.reply_to.is_some() && answered.is_none() {
            return Err(Error::field("reply_to", "is not a comment on this task"));
        }
        let fields = CommentFields {
            id: CommentId::at(now),
            task: task.key.clone(),
            author: scope.person().clone(),
            body: Some(sent.body.clone()),
            reply_to: answered.map(|comment| comment.thread().clone()),
            mentions: mentioned.check(key.project(), &members, &[])?,
            earlier: Vec::new(),
            created_at: now,
            edited_at: None,
        };
        let comment = fields.resource(1, 0, &Reactions::default());

        let mut change = Transaction::by(&scope);
        change.add_comment(&scope, &fields);
        change.count(&scope, key, Counter::Comments, 1);
        let data = EventData::CommentAdded(CommentMentions::new(&comment, comment.mentions.clone()));
        change.event(&on_comment(&call, &scope, task, data));
        call.commit(change, Created(comment)).await
    }
}
