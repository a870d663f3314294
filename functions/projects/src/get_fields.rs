//! projects-get-fields

use millrace_domain::{resource::Versioned, task::custom::FieldDefinition};
use millrace_endpoint::{Call, Endpoint, Nothing, ProjectRole, Read, Result, Route, Table, Tagged};
use millrace_platform::path::ProjectPath;
use millrace_store::{Stored, custom::FieldsRecord};
use schemars::JsonSchema;
use serde::Serialize;

/// A project's custom fields.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct ProjectFields {
    /// The fields in display order.
    pub fields: Vec<FieldDefinition>,
    /// Incremented by each write.
    pub version: u64,
}

impl Versioned for ProjectFields {
    fn version(&self) -> u64 {
        self.version
    }
}

impl ProjectFields {
    /// The stored definitions; empty with version 0 before the first write.
    pub(crate) fn of(stored: Option<&Stored<FieldsRecord>>) -> Self {
        match stored {
            Some(stored) => Self { fields: stored.value.fields.clone(), version: stored.version },
            None => Self { fields: Vec::new(), version: 0 },
        }
    }
}

/// Returns a project's custom fields.
#[derive(Clone, JsonSchema)]
pub struct GetFields;

impl Endpoint for GetFields {
    const ROUTE: Route = Route::get("projects-get-fields", "/api/projects/{project}/fields").needs(ProjectRole::Viewer);
    type Uses = (Table<Read>,);
    type Path = ProjectPath;
    type Query = Nothing;
    type Body = Nothing;
    type Output = Tagged<ProjectFields>;

    async fn handle(call: Call<Self>) -> Result<Self::Output> {
        let (table, project) = (call.table(), &call.path.project);
        let (_, stored) = call.authorize(|scope| async move { table.custom_fields(&scope, project).await }).await?;
        Ok(Tagged(ProjectFields::of(stored.as_ref())))
    }
}
