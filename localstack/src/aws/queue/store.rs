use rusqlite::{Connection, OptionalExtension, Result, Row, params};

use super::{Depths, QueueSettings};

/// A queue as it is kept; times are milliseconds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Stored {
    pub(super) name: String,
    pub(super) visibility: i64,
    pub(super) delay: i64,
    pub(super) dead_letters: Option<String>,
    pub(super) max_receives: u32,
}

pub(super) struct Received {
    pub(super) message_id: String,
    pub(super) receipt: String,
    pub(super) body: String,
    pub(super) attributes: String,
    pub(super) sent: i64,
    pub(super) receives: u32,
    pub(super) first_received: i64,
    pub(super) source: Option<String>,
}

pub(super) struct Sent<'a> {
    pub(super) message_id: &'a str,
    pub(super) body: &'a str,
    pub(super) attributes: &'a str,
    pub(super) delay: i64,
}

impl Stored {
    pub(super) fn new(name: &str, settings: &QueueSettings) -> Self {
        let ms = |d: std::time::Duration| i64::try_from(d.as_millis()).unwrap_or(i64::MAX);
        let (dead_letters, max_receives) = settings.dead_letters.clone().unzip();
        Self {
            name: name.into(),
            visibility: ms(settings.visibility),
            delay: ms(settings.delay),
            dead_letters,
            max_receives: max_receives.unwrap_or_default(),
        }
    }

    fn read(row: &Row<'_>) -> Result<Self> {
        Ok(Self {
            name: row.get(0)?,
            visibility: row.get(1)?,
            delay: row.get(2)?,
            dead_letters: row.get(3)?,
            max_receives: row.get(4)?,
        })
    }
}

const QUEUE: &str = "SELECT name, visibility, delay, dead_letters, max_receives FROM queues";

pub(super) fn declare(c: &Connection, queue: &Stored) -> Result<()> {
    let insert = "INSERT INTO queues (name, visibility, delay, dead_letters, max_receives)
        VALUES (?1, ?2, ?3, ?4, ?5) ON CONFLICT (name) DO UPDATE SET visibility = excluded.visibility,
        delay = excluded.delay, dead_letters = excluded.dead_letters, max_receives = excluded.max_receives";
    let Stored { name, visibility, delay, dead_letters, max_receives } = queue;
    c.execute(insert, params![name, visibility, delay, dead_letters, max_receives])?;
    Ok(())
}

pub(super) fn queue(c: &Connection, name: &str) -> Result<Option<Stored>> {
    c.prepare_cached(&format!("{QUEUE} WHERE name = ?1"))?.query_row([name], Stored::read).optional()
}

pub(super) fn queues(c: &Connection) -> Result<Vec<Stored>> {
    c.prepare_cached(&format!("{QUEUE} ORDER BY name"))?.query_map([], Stored::read)?.collect()
}

pub(super) fn send(c: &Connection, queue: &str, message: &Sent<'_>, now: i64) -> Result<()> {
    let insert = "INSERT INTO messages (queue, message_id, body, attributes, sent, visible)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6)";
    let Sent { message_id, body, attributes, delay } = message;
    c.prepare_cached(insert)?.execute(params![queue, message_id, body, attributes, now, now + delay])?;
    Ok(())
}

/// Takes messages, and says whether any was moved to the dead letters instead.
pub(super) fn receive(
    c: &Connection,
    queue: &Stored,
    most: u32,
    visibility: i64,
    now: i64,
) -> Result<(Vec<Received>, bool)> {
    let mut dead = false;
    if let Some(dead_letters) = &queue.dead_letters {
        let bury = "UPDATE messages SET queue = ?1, source = ?2, receives = 0, first_received = NULL,
            receipt = NULL, postponed = 0, visible = ?3
            WHERE queue = ?2 AND visible <= ?3 AND receives >= ?4";
        dead = c.prepare_cached(bury)?.execute(params![dead_letters, queue.name, now, queue.max_receives])? > 0;
    }
    // By arrival, so that what waits longest goes first and little is out of order.
    let take = "UPDATE messages SET visible = ?1, receives = receives + 1, postponed = 0,
        first_received = COALESCE(first_received, ?2), receipt = id || '.' || lower(hex(randomblob(16)))
        WHERE id IN (SELECT id FROM messages WHERE queue = ?3 AND visible <= ?2 ORDER BY id LIMIT ?4)
        RETURNING id, message_id, receipt, body, attributes, sent, receives, first_received, source";
    let mut taken = c
        .prepare_cached(take)?
        .query_map(params![now + visibility, now, queue.name, most], |row| {
            let message = Received {
                message_id: row.get(1)?,
                receipt: row.get(2)?,
                body: row.get(3)?,
                attributes: row.get(4)?,
                sent: row.get(5)?,
                receives: row.get(6)?,
                first_received: row.get(7)?,
                source: row.get(8)?,
            };
            Ok((row.get::<_, i64>(0)?, message))
        })?
        .collect::<Result<Vec<_>>>()?;
    // RETURNING promises no order.
    taken.sort_by_key(|(id, _)| *id);
    Ok((taken.into_iter().map(|(_, message)| message).collect(), dead))
}

pub(super) fn delete(c: &Connection, queue: &str, receipt: &str) -> Result<()> {
    c.prepare_cached("DELETE FROM messages WHERE receipt = ?1 AND queue = ?2")?.execute([receipt, queue])?;
    Ok(())
}

/// Hides a message that is in flight for so long from now; whether there was one.
pub(super) fn hide(c: &Connection, queue: &str, receipt: &str, visibility: i64, now: i64) -> Result<bool> {
    let update = "UPDATE messages SET visible = ?1, postponed = ?2
        WHERE receipt = ?3 AND queue = ?4 AND visible > ?5";
    let values = params![now + visibility, i64::from(visibility > 0), receipt, queue, now];
    Ok(c.prepare_cached(update)?.execute(values)? > 0)
}

pub(super) fn purge(c: &Connection, queue: &str) -> Result<()> {
    c.execute("DELETE FROM messages WHERE queue = ?1", [queue])?;
    Ok(())
}

pub(super) fn redrive(c: &Connection, queue: &Stored, now: i64) -> Result<usize> {
    let update = "UPDATE messages SET queue = source, source = NULL, receives = 0, first_received = NULL,
        receipt = NULL, postponed = 0, visible = ?1
        WHERE source IS NOT NULL AND visible <= ?1
        AND ((?2 IS NOT NULL AND queue = ?2 AND source = ?3) OR (?2 IS NULL AND queue = ?3))";
    c.execute(update, params![now, queue.dead_letters, queue.name])
}

pub(super) fn next_due(c: &Connection, queue: Option<&str>, now: i64) -> Result<Option<i64>> {
    match queue {
        Some(queue) => {
            let select = "SELECT MIN(visible) FROM messages WHERE queue = ?1 AND visible > ?2";
            c.prepare_cached(select)?.query_row(params![queue, now], |row| row.get(0))
        }
        None => c.query_row("SELECT MIN(visible) FROM messages WHERE visible > ?1", [now], |row| row.get(0)),
    }
}

pub(super) fn depths(c: &Connection, now: i64) -> Result<Vec<Depths>> {
    let select = "SELECT q.name, q.dead_letters,
            (SELECT COUNT(*) FROM messages m WHERE m.queue = q.name AND visible <= ?1),
            (SELECT COUNT(*) FROM messages m WHERE m.queue = q.name AND visible > ?1
                AND receives > 0 AND postponed = 0),
            (SELECT COUNT(*) FROM messages m WHERE m.queue = q.name AND visible > ?1
                AND (receives = 0 OR postponed = 1)),
            (SELECT COUNT(*) FROM messages m WHERE m.queue = q.dead_letters AND source = q.name),
            EXISTS (SELECT 1 FROM queues s WHERE s.dead_letters = q.name)
        FROM queues q ORDER BY q.name";
    c.prepare_cached(select)?
        .query_map([now], |row| {
            Ok(Depths {
                name: row.get(0)?,
                dead_letter_queue: row.get(1)?,
                visible: row.get(2)?,
                in_flight: row.get(3)?,
                delayed: row.get(4)?,
                dead_letters: row.get(5)?,
                holds_dead_letters: row.get(6)?,
            })
        })?
        .collect()
}
