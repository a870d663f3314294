//! projects-update-label

use crate::parts::feed::on_project;
use millrace_domain::{
    event::{Changes, payload::ProjectPart},
    patch::Change,
    resource::Label,
    text::{Color, Name},
};
use millrace_endpoint::{
    Call, Endpoint, Json, Nothing, ProjectRole, Result, Route, Table, Tagged, Write, call::to_value,
};
use millrace_platform::path::LabelPath;
use millrace_store::Transaction;
use schemars::JsonSchema;
use serde::Deserialize;

/// The fields to change.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct LabelChange {
    /// The label's name. Unique within the project, case-insensitive.
    #[serde(default)]
    pub name: Change<Name>,
    /// The colour.
    #[serde(default)]
    pub color: Change<Color>,
}

/// Changes a label's name or colour.
#[derive(Clone, JsonSchema)]
pub struct UpdateLabel;

impl Endpoint for UpdateLabel {
    const ROUTE: Route =
        Route::patch("projects-update-label", "/api/projects/{project}/labels/{label_id}").needs(ProjectRole::Manager);
    type Uses = (Table<Write>,);
    type Path = LabelPath;
    type Query = Nothing;
    type Body = Json<LabelChange>;
    type Output = Tagged<Label>;

    async fn handle(call: Call<Self>) -> Result<Self::Output> {
        let (table, path, sent) = (call.table(), &call.path, &call.body.0);
        let (scope, label) =
            call.authorize(|scope| async move { table.label(&scope, &path.project, &path.label_id).await }).await?;
        let before = label.value.resource(label.version);
        call.expect_version(label.version, || to_value(&before))?;
        let mut changed = label.value.clone();
        sent.name.clone().apply(&mut changed.name);
        sent.color.clone().apply(&mut changed.color);
        if changed == label.value {
            return Ok(Tagged(before));
        }
        let mut change = Transaction::by(&scope);
        let version = change.update_label(&scope, &path.project, &label, &changed);
        let answer = changed.resource(version);
        let (changes, what) = (Changes::between(&before, &answer)?, ProjectPart::Label(answer.clone()));
        change.event(&on_project(&call, &scope, &path.project, changes, what));
        call.commit(change, Tagged(answer)).await
    }
}
