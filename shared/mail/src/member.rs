//! Mails to members of a workspace: notifications, digests and weekly reports. Each has a one-click unsubscribe link.

use crate::layout::Sheet;
use millrace_domain::{
    event::payload::{FinishedWork, Work},
    insight::week::WeeklyReport,
    notification::{Notification, NotificationKind, NotifiedTask},
    task::Status,
    text::{Email, Name},
};
use millrace_endpoint::capability::Letter;

/// The recipient and the sender's context.
pub struct Envelope<'mail> {
    /// The address.
    pub to: &'mail Email,
    /// The recipient's name.
    pub name: &'mail Name,
    /// The name.
    pub workspace: &'mail Name,
    /// The public URL.
    pub public_url: &'mail str,
    /// The token that unsubscribes from mails of this kind.
    pub unsubscribe: String,
}

/// The maximum number of lines in a digest.
pub const LINES: usize = 30;

impl Envelope<'_> {
    /// One notification.
    pub fn notification(&self, notification: &Notification) -> Letter {
        let (sentence, many) = (sentence(notification), notification.task_count > 1);
        let mut before = vec![format!("{sentence}.")];
        before.extend(notification.excerpt.as_ref().map(|excerpt| format!("“{excerpt}”")));
        let action = match (notification.tasks.first(), &notification.finished) {
            (Some(task), _) if !many => ("Open the task", self.task(task)),
            (_, Some(finished)) => ("Open it", self.finished(finished)),
            _ => ("Open the inbox", format!("{}/inbox", self.public_url)),
        };
        let list = if many { notification.tasks.iter().map(|task| self.listed(task)).collect() } else { Vec::new() };
        let named = u32::try_from(notification.tasks.len()).unwrap_or(u32::MAX);
        let more = notification.task_count.saturating_sub(named);
        let after = if more > 0 { vec![format!("And {more} more.")] } else { Vec::new() };
        self.letter(Sheet { subject: sentence, before, list, action: Some(action), after, ..Sheet::default() })
    }

    /// A digest: `count` notifications in all, of which `notifications` are the newest.
    pub fn digest(&self, notifications: &[Notification], count: u32) -> Letter {
        let things = if count == 1 {
            "one thing that you have not read".to_owned()
        } else {
            format!("{count} things that you have not read")
        };
        let line = |notification: &Notification| {
            let link = match (notification.tasks.first(), &notification.finished) {
                (Some(task), _) if notification.task_count == 1 => self.task(task),
                (_, Some(finished)) => self.finished(finished),
                _ => format!("{}/inbox", self.public_url),
            };
            (sentence(notification), link)
        };
        let shown = u32::try_from(notifications.len()).unwrap_or(u32::MAX);
        let more = count.saturating_sub(shown);
        self.letter(Sheet {
            subject: format!("Your day in {}", self.workspace),
            before: vec![format!("since yesterday there are {things} in {}.", self.workspace)],
            list: notifications.iter().map(line).collect(),
            action: Some(("Open the inbox", format!("{}/inbox", self.public_url))),
            after: if more > 0 { vec![format!("And {more} more.")] } else { Vec::new() },
            ..Sheet::default()
        })
    }

    /// The weekly report of a workspace.
    pub fn weekly_report(&self, report: &WeeklyReport) -> Letter {
        let total =
            |count: fn(&millrace_domain::insight::week::ProjectWeek) -> u32| report.projects.iter().map(count).sum();
        let (opened, done): (u32, u32) = (total(|week| week.opened), total(|week| week.done));
        let (overdue, comments): (u32, u32) = (total(|week| week.overdue), total(|week| week.comments));
        let line = |week: &millrace_domain::insight::week::ProjectWeek| {
            let label = format!(
                "{}: {} done, {} opened, {} overdue, {}",
                week.name,
                week.done,
                week.opened,
                week.overdue,
                number_of(week.comments, "comment")
            );
            (label, format!("{}/p/{}", self.public_url, week.project))
        };
        self.letter(Sheet {
            subject: format!("The week in {}", self.workspace),
            before: vec![
                format!("this is what happened in {} from {} to {}.", self.workspace, report.from, report.to),
                format!(
                    "{} done, {opened} opened, {overdue} became overdue, {} written.",
                    number_of(done, "task"),
                    number_of(comments, "comment")
                ),
            ],
            list: report.projects.iter().map(line).collect(),
            action: Some(("Open Millrace", format!("{}/projects", self.public_url))),
            ..Sheet::default()
        })
    }

    fn letter(&self, sheet: Sheet) -> Letter {
        let (url, token) = (self.public_url, &self.unsubscribe);
        let foot = vec![
            ("Choose what is mailed to you", format!("{url}/settings/notifications")),
            ("Stop mails like this", format!("{url}/unsubscribe/{token}")),
        ];
        let mut letter = Sheet { greeting: format!("Hello {},", self.name), foot, ..sheet }.letter(self.to);
        // One click, without signing in (RFC 8058).
        let link = format!("<{url}/api/notifications/unsubscribe/{token}>");
        letter.headers.push(("List-Unsubscribe", link));
        letter.headers.push(("List-Unsubscribe-Post", "List-Unsubscribe=One-Click".to_owned()));
        letter
    }

    fn task(&self, task: &NotifiedTask) -> String {
        let NotifiedTask { key, board_id, .. } = task;
        format!("{}/p/{}/b/{board_id}/t/{key}", self.public_url, key.project())
    }

    fn finished(&self, finished: &FinishedWork) -> String {
        let FinishedWork { id, project, .. } = finished;
        match project {
            Some(project) => format!("{}/p/{project}/data?import={id}", self.public_url),
            None => format!("{}/reports", self.public_url),
        }
    }

    fn listed(&self, task: &NotifiedTask) -> (String, String) {
        (format!("{} {}", task.key, task.title), self.task(task))
    }
}

fn number_of(count: u32, what: &str) -> String {
    if count == 1 { format!("one {what}") } else { format!("{count} {what}s") }
}

/// A notification as a sentence, without its full stop.
fn sentence(notification: &Notification) -> String {
    let actor = &notification.actor.name;
    let what = match notification.tasks.first() {
        Some(task) if notification.task_count == 1 => format!("{} {}", task.key, task.title),
        _ => number_of(notification.task_count, "task"),
    };
    let is = if notification.task_count > 1 { "are" } else { "is" };
    match notification.kind {
        NotificationKind::Assigned => format!("{actor} assigned {what} to you"),
        NotificationKind::Mentioned => format!("{actor} mentioned you in {what}"),
        NotificationKind::Commented => format!("{actor} commented on {what}"),
        NotificationKind::StatusChanged => match notification.status {
            Some(status) if notification.task_count == 1 => format!("{actor} moved {what} to {}", words(status)),
            _ => format!("{actor} moved {what}"),
        },
        NotificationKind::Updated => format!("{actor} changed {what}"),
        NotificationKind::Due => match notification.due_date {
            Some(date) if notification.task_count == 1 => format!("{what} is due on {date}"),
            _ => format!("{what} {is} due"),
        },
        NotificationKind::Overdue => format!("{what} {is} overdue"),
        NotificationKind::Finished => match &notification.finished {
            Some(FinishedWork { work: Work::Report, name, done: true, .. }) => format!("The report {name} is ready"),
            Some(FinishedWork { work: Work::Report, name, .. }) => format!("The report {name} was not made"),
            Some(FinishedWork { work: Work::Import, name, done: true, .. }) => format!("The import of {name} is done"),
            Some(FinishedWork { work: Work::Import, name, .. }) => format!("The import of {name} broke off"),
            None => "What you asked for is done".to_owned(),
        },
        NotificationKind::Added => match &notification.project {
            Some(project) => format!("{actor} added you to the project {project}"),
            None => format!("{actor} added you to a project"),
        },
    }
}

fn words(status: Status) -> &'static str {
    match status {
        Status::Backlog => "Backlog",
        Status::Todo => "To do",
        Status::InProgress => "In progress",
        Status::Review => "Review",
        Status::Done => "Done",
    }
}
