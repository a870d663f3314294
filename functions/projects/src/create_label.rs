//! projects-create-label

use crate::parts::feed::on_project;
use millrace_domain::{
    Error,
    event::{Changes, payload::ProjectPart},
    id::LabelId,
    resource::{Label, MOST_LABELS},
    text::{Color, Name},
};
use millrace_endpoint::{Call, Created, Endpoint, Json, Nothing, ProjectRole, Result, Route, Table, Write};
use millrace_platform::path::ProjectPath;
use millrace_store::{Transaction, project::LabelRecord};
use schemars::JsonSchema;
use serde::Deserialize;

/// The label to create.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct NewLabel {
    /// The label's name. Unique within the project, case-insensitive.
    pub name: Name,
    /// The colour.
    pub color: Color,
}

/// Creates a label.
#[derive(Clone, JsonSchema)]
pub struct CreateLabel;

impl Endpoint for CreateLabel {
    const ROUTE: Route =
        Route::post("projects-create-label", "/api/projects/{project}/labels").needs(ProjectRole::Manager);
    type Uses = (Table<Write>,);
    type Path = ProjectPath;
    type Query = Nothing;
    type Body = Json<NewLabel>;
    type Output = Created<Label>;

    async fn handle(call: Call<Self>) -> Result<Self::Output> {
        let (table, project, sent) = (call.table(), &call.path.project, &call.body.0);
        let (scope, labels) = call.authorize(|scope| async move { table.labels(&scope, project).await }).await?;
        if labels.len() >= MOST_LABELS {
            return Err(Error::conflict(format!("A project has at most {MOST_LABELS} labels.")));
        }
        let label = LabelRecord { id: LabelId::random(), name: sent.name.clone(), color: sent.color.clone() };
        let answer = label.resource(1);
        let mut change = Transaction::by(&scope);
        change.add_label(&scope, project, &label);
        let what = ProjectPart::Label(answer.clone());
        change.event(&on_project(&call, &scope, project, Changes::default(), what));
        call.commit(change, Created(answer)).await
    }
}
