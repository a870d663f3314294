//! Jobs on a day on which nothing is due: what they cost whatever exists.

use crate::functions::Round;
use serde_json::json;

impl Round {
    pub(crate) async fn jobs(&mut self) {
        for job in ["jobs-digest", "jobs-weekly-report", "jobs-overdue", "jobs-reminders", "jobs-cleanup"] {
            self.invoke(job, json!({})).await;
        }
    }
}
