//! The status changes of a board's tasks, read from the keys of their events.

use crate::{
    core::{
        failure::failed,
        item::text,
        keys::{self, DUE_INDEX},
        scope::Scope,
    },
    due::DueIndex,
};
use aws_sdk_dynamodb::types::AttributeValue;
use jiff::Timestamp;
use millrace_domain::{Error, Result, id::BoardId, insight::flow::Step, task::Status};

/// A step as the index holds it: the event's id, which says when, and what `keys::step` wrote.
fn step(board: &BoardId, sk: &str) -> Result<Option<Step>> {
    let broken = || Error::internal("a step in the index cannot be read");
    let mut parts = sk.split('#');
    let mut next = || parts.next().ok_or_else(broken);
    let (at, on, task) = (next()?, next()?, next()?);
    let mut status = || -> Result<Option<Status>> {
        match next()? {
            "" => Ok(None),
            word => serde_json::from_value(word.into()).map(Some).map_err(|_| broken()),
        }
    };
    let (from, to) = (status()?, status()?);
    let at = at.parse().map_err(|_| broken())?;
    let at = Timestamp::from_millisecond(at).map_err(|_| broken())?;
    let task = task.parse().map_err(|_| broken())?;
    Ok((on == board.suffix()).then_some(Step { at, task, from, to }))
}

impl DueIndex {
    /// The steps of a board's tasks since a moment, in their order: keys alone, so it costs little however much
    /// happened. May lag behind by a moment.
    ///
    /// # Errors
    /// As every read.
    pub async fn steps<S>(&self, scope: &Scope<S>, board: &BoardId, since: Timestamp) -> Result<Vec<Step>> {
        let table = self.table();
        let (mut steps, mut start) = (Vec::new(), None);
        loop {
            let answer = table
                .client
                .query()
                .table_name(&*table.name)
                .index_name(DUE_INDEX)
                .key_condition_expression("gsi2pk = :pk AND gsi2sk >= :since")
                .expression_attribute_values(":pk", AttributeValue::S(keys::steps(scope.workspace(), board.project())))
                .expression_attribute_values(":since", AttributeValue::S(keys::sortable_moment(since)))
                .set_exclusive_start_key(start)
                .send()
                .await
                .map_err(failed)?;
            for item in answer.items() {
                steps.extend(step(board, text(item, "gsi2sk")?)?);
            }
            start = answer.last_evaluated_key;
            if start.is_none() {
                return Ok(steps);
            }
        }
    }
}
