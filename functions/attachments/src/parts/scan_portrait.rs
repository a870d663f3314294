//! Making an avatar from an uploaded picture.

use crate::parts::picture::{Shape, shrink};
use jiff::Timestamp;
use millrace_domain::{
    Error, Result,
    event::{Changes, EventData},
    file::{
        attachment::LARGEST_PORTRAIT,
        media::{self, MediaType, TELLING},
    },
    id::UserId,
    token::random_string,
};
use millrace_endpoint::{
    Table, Write,
    blobs::{BlobKey, Blobs},
};
use millrace_platform::blobs::{Scan, key};
use millrace_store::{
    Transaction,
    account::Account,
    membership::Membership,
    workspace::{Member, avatar_url},
};

/// Makes an avatar from an upload and sets it in all of the person's workspaces. Uploads that are not images are
/// dropped.
pub(crate) async fn scan_portrait(
    table: &Table<Write>,
    blobs: &Blobs<Scan>,
    person: &UserId,
    key: &BlobKey,
    now: Timestamp,
) -> Result<()> {
    let Some(found) = blobs.head(key).await? else { return Ok(()) };
    let identity = table.identity(person).await?;
    let picture = if found.size <= LARGEST_PORTRAIT { picture(blobs, key, found.size).await? } else { None };
    if let (Some(webp), Some(stored)) = (picture, identity.account) {
        let id = random_string(32);
        blobs.put_for_good(&key::avatar(&id), "image/webp", webp).await?;
        let former = stored.value.avatar.clone();
        let account = Account { avatar: Some(id.clone()), ..stored.value.clone() };
        let mut change = Transaction::outside_workspaces();
        change.update(&stored, &account, None);
        table.commit(change).await?;
        for membership in table.memberships_in(person, &identity.joined).await? {
            show(table, &membership, &id, now).await?;
        }
        if let Some(former) = former {
            blobs.remove(&key::avatar(&former)).await?;
        }
    }
    blobs.remove(key).await
}

async fn picture(blobs: &Blobs<Scan>, key: &BlobKey, size: u64) -> Result<Option<Vec<u8>>> {
    let bytes = blobs.beginning(key, size).await?;
    let beginning = &bytes[..bytes.len().min(TELLING as usize)];
    match media::settle(&MediaType::BYTES, beginning) {
        Ok(settled) if settled.has_thumbnail() => {
            Ok(shrink(bytes, &settled, Shape::Square).await?.map(|small| small.webp))
        }
        Ok(_) | Err(Error::Invalid(_)) => Ok(None),
        Err(error) => Err(error),
    }
}

/// Sets an avatar in one of the person's workspaces.
async fn show(table: &Table<Write>, membership: &Membership, id: &str, now: Timestamp) -> Result<()> {
    let former = &membership.member.value;
    let member = Member { avatar: Some(id.to_owned()), ..former.clone() };
    let event = member.event(&membership.workspace.value.id, now, EventData::UserUpdated(member.in_event()));
    let former = former.avatar.as_deref().map(avatar_url);
    let event = event.changing(Changes::of_field("avatar_url", &former, &Some(avatar_url(id)))?);
    let mut change = Transaction::outside_workspaces();
    change.update(&membership.member, &member, None);
    change.event(&event);
    table.commit(change).await
}
