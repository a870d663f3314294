//! The people named in a request.

use millrace_domain::{Error, FieldError, Result, id::UserId, task::each_once};
use millrace_store::{
    Stored,
    team::{MOST_PEOPLE, TeamRecord},
    workspace::Member,
};

/// The resulting members of a team: those named, and the lead.
pub(crate) fn with_lead(members: &[UserId], lead: Option<&UserId>) -> Vec<UserId> {
    each_once(members.iter().chain(lead).cloned().collect())
}

/// Refuses more people than a team can have, before any is looked up.
pub(crate) fn expect_few(people: &[UserId]) -> Result<()> {
    if people.len() > MOST_PEOPLE {
        return Err(Error::field("members", format!("takes at most {MOST_PEOPLE} people")));
    }
    Ok(())
}

/// Refuses people who are not members of the workspace. Current members of the team may stay.
pub(crate) fn expect_members(
    sent: &[UserId],
    lead: Option<&UserId>,
    found: &[Stored<Member>],
    before: Option<&TeamRecord>,
) -> Result<()> {
    let known = |person: &UserId| {
        found.iter().any(|member| member.value.user == *person)
            || before.is_some_and(|team| team.members.contains(person))
    };
    let wrong = |field: String| FieldError { field, message: "is nobody of this workspace".to_owned() };
    let unknown = sent.iter().enumerate().filter(|(_, person)| !known(person));
    let mut errors: Vec<FieldError> = unknown.map(|(index, _)| wrong(format!("members[{index}]"))).collect();
    errors.extend(lead.filter(|lead| !known(lead)).map(|_| wrong("lead".to_owned())));
    if errors.is_empty() { Ok(()) } else { Err(Error::Invalid(errors)) }
}
