//! `POST /api/auth/register`

use jiff::{SignedDuration, Timestamp};
use millrace_domain::{
    event::EventData,
    id::{UserId, WorkspaceId},
    text::{Email, Name, Password, Slug},
};
use millrace_endpoint::{
    Call, Created, Endpoint, Json, Nothing, Result, Route, Table, WithCookie, WorkspaceRole, Write,
    capability::{Sender, Signer},
    sealed_token,
};
use millrace_mail::{Mail, MailRequest};
use millrace_sign_in::{OwnWorkspace, SignIn, password, session, sign_in};
use millrace_store::{
    Transaction,
    account::{Account, Mailed, Purpose},
    workspace::{Member, WorkspaceRecord},
};
use schemars::JsonSchema;
use serde::Deserialize;

/// The lifetime of the verification link.
const VERIFY_WITHIN: SignedDuration = SignedDuration::from_hours(3 * 24);

/// Creates an account and signs in. With `workspace`, also creates that workspace, owned by the new account. Sends a
/// mail to verify the address.
#[derive(Clone, JsonSchema)]
pub struct Register;

/// A new person.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RegisterBody {
    /// The address to sign in with. Unique across all accounts.
    pub email: Email,
    /// The password.
    pub password: Password,
    /// The name shown to others.
    pub name: Name,
    /// A workspace to create.
    pub workspace: Option<FirstWorkspace>,
}

/// The workspace of a new account.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct FirstWorkspace {
    /// The name.
    pub name: Name,
    /// The short name used in URLs. Unique across all workspaces.
    pub slug: Slug,
}

impl Endpoint for Register {
    const ROUTE: Route = Route::post("auth-register", "/api/auth/register").public().memory(password::MEMORY);
    type Uses = (Table<Write>, Signer, Sender<MailRequest>);
    type Path = Nothing;
    type Query = Nothing;
    type Body = Json<RegisterBody>;
    type Output = WithCookie<Created<SignIn>>;

    async fn handle(call: Call<Self>) -> Result<Self::Output> {
        let Json(body) = call.body.clone();
        if let Some(first) = &body.workspace {
            WorkspaceRecord::check_slug(&first.slug, "workspace.slug")?;
        }
        let account = Account {
            id: UserId::random(),
            email: body.email,
            name: body.name,
            password_hash: password::hash(&body.password).await?,
            email_verified: false,
            avatar: None,
            last_workspace: None,
            created_at: call.now,
        };
        let founded = body.workspace.map(|first| found(first, &account, call.now));
        let account = Account { last_workspace: founded.as_ref().map(|(record, _)| record.id.clone()), ..account };

        let mut change = Transaction::outside_workspaces();
        change.open_account(&account);
        if let Some((record, owner)) = &founded {
            change.found_workspace(record, owner);
            change.event(&owner.event(&record.id, call.now, EventData::UserCreated(owner.in_event())));
        }
        let (session, cookie) = session::open(&account.id, account.last_workspace.clone(), &call.origin, call.now);
        change.open_session(&session);
        let secret = sealed_token::new_secret();
        let expires_at = call.now + VERIFY_WITHIN;
        let mailed = Mailed { purpose: Purpose::VerifyEmail, email: account.email.clone(), expires_at };
        change.mail_token(&account.id, &sealed_token::hash(&secret), &mailed);
        call.table().commit(change).await?;

        let (to, name) = (account.email.clone(), account.name.clone());
        let mail = Mail::VerifyEmail { to, name, token: format!("{}.{secret}", account.id) };
        call.uses::<Sender<MailRequest>, _>().send(&mail.into()).await?;

        let workspace = founded.map(|(record, owner)| OwnWorkspace::new(&record, &owner));
        let workspaces = workspace.iter().cloned().collect();
        let answer = sign_in(call.uses(), &account, &session.id, workspace, workspaces, call.now).await?;
        Ok(WithCookie { cookie: Some(cookie), answer: Created(answer) })
    }
}

fn found(first: FirstWorkspace, founder: &Account, now: Timestamp) -> (WorkspaceRecord, Member) {
    let record = WorkspaceRecord {
        id: WorkspaceId::random(),
        slug: first.slug,
        name: first.name,
        logo_url: None,
        created_at: now,
        updated_at: now,
        deleted_at: None,
    };
    (record, Member::of(founder, WorkspaceRole::Owner, now))
}
