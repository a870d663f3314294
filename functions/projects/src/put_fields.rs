//! projects-put-fields

use crate::{get_fields::ProjectFields, parts::feed::on_project};
use millrace_domain::{
    Error, FieldError,
    event::{Changes, payload::ProjectPart},
    id::FieldId,
    task::{
        custom::{FieldDefinition, FieldKind, MOST_FIELDS, MOST_ON_CARDS, MOST_OPTIONS},
        each_once,
    },
    text::Name,
};
use millrace_endpoint::{
    Call, Endpoint, Json, Nothing, ProjectRole, Result, Route, Table, Tagged, Write, call::to_value,
};
use millrace_platform::path::ProjectPath;
use millrace_store::{Transaction, custom::FieldsRecord};
use schemars::JsonSchema;
use serde::Deserialize;

/// A custom field to create or keep.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct WantedField {
    /// The id of an existing field; omit it for a new one.
    #[serde(default)]
    pub id: Option<FieldId>,
    /// The field's name. Unique within the project, case-insensitive.
    pub name: Name,
    /// The type of value. The kind of an existing field cannot change.
    pub kind: FieldKind,
    /// The options of a `select` field: 1 to 50.
    #[serde(default)]
    pub options: Vec<Name>,
    /// Whether new tasks must set a value and existing values cannot be cleared.
    #[serde(default)]
    pub required: bool,
    /// Whether cards show the value: at most 3 fields.
    #[serde(default)]
    pub on_card: bool,
}

/// All custom fields of a project.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct FieldsReplacement {
    /// The fields in display order: at most 30.
    pub fields: Vec<WantedField>,
}

impl FieldsReplacement {
    /// The definitions, if they are consistent with each other and with the existing ones.
    fn definitions(&self, there: &[FieldDefinition]) -> Result<Vec<FieldDefinition>> {
        if self.fields.len() > MOST_FIELDS {
            return Err(Error::field("fields", format!("takes at most {MOST_FIELDS}")));
        }
        let mut errors = Vec::new();
        let mut definitions: Vec<FieldDefinition> = Vec::new();
        for (index, sent) in self.fields.iter().enumerate() {
            let mut wrong = |field: &str, message: &str| {
                errors.push(FieldError { field: format!("fields[{index}].{field}"), message: message.to_owned() });
            };
            let same_name = |other: &&FieldDefinition| other.name.to_lowercase() == sent.name.to_lowercase();
            if definitions.iter().find(same_name).is_some() {
                wrong("name", "is the name of another field of this project");
            }
            let known = sent.id.as_ref().map(|id| there.iter().find(|field| field.id == *id));
            match known {
                Some(None) => wrong("id", "is not a field of this project; leave it out for a new one"),
                Some(Some(_)) if definitions.iter().any(|other| Some(&other.id) == sent.id.as_ref()) => {
                    wrong("id", "is named twice");
                }
                Some(Some(field)) if field.kind != sent.kind => {
                    wrong("kind", "stays as it is; make a new field for another kind");
                }
                _ => {}
            }
            if sent.on_card && definitions.iter().filter(|other| other.on_card).count() >= MOST_ON_CARDS {
                wrong("on_card", "is one too many: cards show at most 3 fields");
            }
            let options = each_once(sent.options.clone());
            match sent.kind {
                FieldKind::Select if !(1..=MOST_OPTIONS).contains(&options.len()) => {
                    wrong("options", "takes 1 to 50 options");
                }
                FieldKind::Select => {}
                _ if !options.is_empty() => wrong("options", "is for fields of the kind select alone"),
                _ => {}
            }
            definitions.push(FieldDefinition {
                id: sent.id.clone().unwrap_or_else(FieldId::random),
                name: sent.name.clone(),
                kind: sent.kind,
                options,
                required: sent.required,
                on_card: sent.on_card,
            });
        }
        if errors.is_empty() { Ok(definitions) } else { Err(Error::Invalid(errors)) }
    }
}

/// Replaces all custom fields of a project. Values of a field that is left out stay stored with the tasks but are no
/// longer shown.
#[derive(Clone, JsonSchema)]
pub struct PutFields;

impl Endpoint for PutFields {
    const ROUTE: Route = Route::put("projects-put-fields", "/api/projects/{project}/fields").needs(ProjectRole::Admin);
    type Uses = (Table<Write>,);
    type Path = ProjectPath;
    type Query = Nothing;
    type Body = Json<FieldsReplacement>;
    type Output = Tagged<ProjectFields>;

    async fn handle(call: Call<Self>) -> Result<Self::Output> {
        let (table, project, sent) = (call.table(), &call.path.project, &call.body.0);
        let (scope, stored) = call.authorize(|scope| async move { table.custom_fields(&scope, project).await }).await?;
        let before = ProjectFields::of(stored.as_ref());
        call.expect_version(before.version, || to_value(&before))?;
        let fields = sent.definitions(&before.fields)?;
        if fields == before.fields {
            return Ok(Tagged(before));
        }
        let mut change = Transaction::by(&scope);
        let record = FieldsRecord { fields };
        let version = change.put_custom_fields(&scope, project, stored.as_ref(), &record);
        let after = ProjectFields { fields: record.fields, version };
        let changes = Changes::of_field("fields", &before.fields, &after.fields)?;
        let what = ProjectPart::Fields(after.fields.clone());
        change.event(&on_project(&call, &scope, project, changes, what));
        call.commit(change, Tagged(after)).await
    }
}
