//! Mail: asked for by one function, put into a queue, and sent by another.

use crate::{
    deployed::Deployed,
    person::{Person, mailed_token},
};
use anyhow::Result;

/// Whoever registers is sent a link.
pub async fn a_mail_goes_through_its_queue(deployed: &Deployed) -> Result<()> {
    let person = Person::register(deployed, "mira").await?;
    mailed_token(deployed, &person.email, "token=").await.map(drop)
}
