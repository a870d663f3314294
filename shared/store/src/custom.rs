//! A project's custom fields.

use crate::core::{
    item::{Entity, Stored},
    keys,
    scope::Scope,
    table::{Mode, Table},
    transaction::{Beside, Transaction},
};
use millrace_domain::{Error, Result, id::ProjectKey, task::custom::FieldDefinition};
use serde::{Deserialize, Serialize};

/// A project's own fields, in the order in which they are shown.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct FieldsRecord {
    /// The fields.
    pub fields: Vec<FieldDefinition>,
}

impl Entity for FieldsRecord {
    const WHAT: &'static str = "fields of a project";
}

impl<M: Mode> Table<M> {
    /// A project's own fields; none where nobody made any yet.
    ///
    /// # Errors
    /// As every read.
    pub async fn custom_fields<S>(
        &self,
        scope: &Scope<S>,
        project: &ProjectKey,
    ) -> Result<Option<Stored<FieldsRecord>>> {
        self.get(&keys::custom_fields(scope.workspace(), project)).await
    }

    /// The definitions of a project's own fields.
    ///
    /// # Errors
    /// As every read.
    pub async fn field_definitions<S>(&self, scope: &Scope<S>, project: &ProjectKey) -> Result<Vec<FieldDefinition>> {
        let stored = self.custom_fields(scope, project).await?;
        Ok(stored.map(|stored| stored.value.fields).unwrap_or_default())
    }
}

impl Transaction {
    /// New fields for a project, if nobody wrote them since they were read; their version after the write.
    pub fn put_custom_fields<S>(
        &mut self,
        scope: &Scope<S>,
        project: &ProjectKey,
        stored: Option<&Stored<FieldsRecord>>,
        fields: &FieldsRecord,
    ) -> u64 {
        match stored {
            Some(stored) => self.update(stored, fields, None),
            None => {
                let key = keys::custom_fields(scope.workspace(), project);
                self.put_new(&key, fields, Beside::default(), || Error::Raced);
                1
            }
        }
    }
}
