use millrace_domain::{
    id::WorkspaceId,
    text::{Name, Slug},
    workspace::role::WorkspaceRole,
};
use millrace_store::{
    membership::Membership,
    workspace::{Member, WorkspaceRecord},
};
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Deserialize, Deserializer, Serialize};
use std::borrow::Cow;

/// A workspace that a person is a member of.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct OwnWorkspace {
    /// The id.
    pub id: WorkspaceId,
    /// The short name used in URLs.
    pub slug: Slug,
    /// The name.
    pub name: Name,
    /// The person's role in it.
    pub role: WorkspaceRole,
}

impl OwnWorkspace {
    /// The workspace from the view of `member`.
    pub fn new(workspace: &WorkspaceRecord, member: &Member) -> Self {
        Self { id: workspace.id.clone(), slug: workspace.slug.clone(), name: workspace.name.clone(), role: member.role }
    }

    /// All of `memberships`.
    pub fn all(memberships: &[Membership]) -> Vec<Self> {
        memberships.iter().map(|one| Self::new(&one.workspace.value, &one.member.value)).collect()
    }
}

/// A workspace by id or slug.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum WorkspaceChoice {
    /// By its id.
    Id(WorkspaceId),
    /// By its slug.
    Slug(Slug),
}

impl WorkspaceChoice {
    /// The matching one of `own`.
    pub fn find<'own>(&self, own: &'own [OwnWorkspace]) -> Option<&'own OwnWorkspace> {
        own.iter().find(|workspace| match self {
            Self::Id(id) => workspace.id == *id,
            Self::Slug(slug) => workspace.slug == *slug,
        })
    }
}

impl<'de> Deserialize<'de> for WorkspaceChoice {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = Cow::<'de, str>::deserialize(deserializer)?;
        // No slug holds an underscore, and every id does.
        if let Ok(id) = text.parse() {
            return Ok(Self::Id(id));
        }
        Slug::new(&text)
            .map(Self::Slug)
            .map_err(|_| serde::de::Error::custom("is neither a workspace's id nor its slug"))
    }
}

impl JsonSchema for WorkspaceChoice {
    fn inline_schema() -> bool {
        true
    }
    fn schema_name() -> Cow<'static, str> {
        "WorkspaceChoice".into()
    }
    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({"type": "string", "examples": ["acme", "ws_4fJq8sNcX0aZ7LtVw2Rb"]})
    }
}

/// The default workspace of a sign-in: the one that the host names, and no other; else the first of `wishes` that the
/// person is a member of; else the first by name.
pub fn choose<'own>(
    own: &'own [OwnWorkspace],
    subdomain: Option<&str>,
    wishes: impl IntoIterator<Item = &'own WorkspaceId>,
) -> Option<&'own OwnWorkspace> {
    match subdomain {
        Some(slug) => own.iter().find(|workspace| workspace.slug.as_str() == slug),
        None => {
            let wished = wishes.into_iter().find_map(|wish| own.iter().find(|workspace| workspace.id == *wish));
            wished.or_else(|| own.first())
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn own(slug: &str) -> OwnWorkspace {
        OwnWorkspace {
            id: WorkspaceId::random(),
            slug: Slug::new(slug).expect("a slug"),
            name: Name::new(slug).expect("a name"),
            role: WorkspaceRole::Member,
        }
    }

    #[test]
    fn the_host_precedes_requested_workspaces_and_names() {
        let own = [own("acme"), own("birch"), own("cedar")];
        let gone = WorkspaceId::random();
        let slug = |chosen: Option<&OwnWorkspace>| chosen.map(|workspace| workspace.slug.to_string());
        assert_eq!(slug(choose(&own, Some("cedar"), [&own[1].id])).as_deref(), Some("cedar"));
        assert_eq!(slug(choose(&own, Some("elsewhere"), [&own[1].id])), None);
        assert_eq!(slug(choose(&own, None, [&gone, &own[1].id])).as_deref(), Some("birch"));
        assert_eq!(slug(choose(&own, None, [&gone])).as_deref(), Some("acme"));
        assert_eq!(slug(choose(&[], None, [&gone])), None);
    }

    #[test]
    fn workspaces_are_found_by_id_or_slug() {
        let own = [own("acme"), own("birch")];
        let find = |text: &str| {
            let choice: WorkspaceChoice = serde_json::from_value(text.into()).expect("a choice");
            choice.find(&own).map(|workspace| workspace.slug.to_string())
        };
        assert_eq!(find("birch").as_deref(), Some("birch"));
        assert_eq!(find(own[0].id.as_str()).as_deref(), Some("acme"));
        assert_eq!(find("cedar"), None);
        assert!(serde_json::from_value::<WorkspaceChoice>("Not A Slug".into()).is_err());
    }
}
