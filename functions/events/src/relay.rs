//! `events-relay`: reads the table's stream and delivers each event to the boards that show what it changed, and to the
//! queues of its consumers.

use millrace_domain::{
    event::Event,
    id::{BoardId, EventId},
    live::{Frame, frame::Events},
};
use millrace_endpoint::{
    Result, StreamBatch, StreamConsumer, Table, Write,
    capability::{Posted, Sender, Sockets},
    consumer::StreamRecord,
    queue::Message,
};
use millrace_platform::queue::{Measured, Noticed, PartDone, Progressed, Recorded};
use millrace_store::{Scope, event::event_of, live::Feed, scope::Internal};

/// Delivers each committed event to the open boards, in commit order, and to the queues.
#[derive(Clone)]
pub struct Relay;

/// An event on its way to a board.
struct Passing<'batch> {
    sequence: &'batch str,
    event: &'batch Event,
}

/// The events of a batch for one board.
struct Parcel<'batch> {
    scope: Scope<Internal>,
    board: BoardId,
    passing: Vec<Passing<'batch>>,
}

/// API Gateway accepts frames of up to 128 KB; an event with its card takes about 2 KB.
const EVENTS_A_FRAME: usize = 25;

impl StreamConsumer for Relay {
    const NAME: &'static str = "events-relay";
    const ABOUT: &'static str = "Takes every committed event from the table's stream and sends it to the sockets of the boards that it concerns, in commit order, and to the queues of those who follow what happens.";
    type Uses = (
        Table<Write>,
        Sockets,
        Sender<Recorded>,
        Sender<Noticed>,
        Sender<Measured>,
        Sender<PartDone>,
        Sender<Progressed>,
    );

    async fn handle(batch: StreamBatch<Self>) -> Result<()> {
        let events: Vec<(&StreamRecord, Event)> =
            batch.records.iter().map(|record| Ok((record, event_of(&record.document)?))).collect::<Result<_>>()?;
        for (_, event) in events.iter().filter(|(_, event)| event.data.kind().is_none()) {
            tracing::warn!(event = %event.id, kind = event.data.name(), "an event of an unknown kind is passed on");
        }
        let progressed: Vec<_> = events.iter().filter(|(_, event)| event.begins_or_ends_work()).cloned().collect();
        let parts_done: Vec<_> = events.iter().filter(|(_, event)| event.ends_part_of().is_some()).cloned().collect();
        futures::try_join!(
            to_boards(batch.uses(), batch.uses(), &events),
            to_queue(batch.uses(), &events, Recorded),
            to_queue(batch.uses(), &events, |event| Noticed(event.into())),
            to_queue(batch.uses(), &events, Measured),
            to_queue(batch.uses(), &parts_done, PartDone),
            to_queue(batch.uses(), &progressed, Progressed),
        )?;
        Ok(())
    }
}

/// Puts a batch into a queue. Consumers recognise repeated events by id.
async fn to_queue<M: Message>(
    sender: &Sender<M>,
    events: &[(&StreamRecord, Event)],
    message: fn(Event) -> M,
) -> Result<()> {
    let messages: Vec<M> = events.iter().map(|(_, event)| message(event.clone())).collect();
    sender.send_all(&messages).await
}

async fn to_boards(table: &Table<Write>, sockets: &Sockets, events: &[(&StreamRecord, Event)]) -> Result<()> {
    let parcels = sort(table, events).await?;
    // Boards do not wait for each other; the events of one board stay in order.
    futures::future::try_join_all(parcels.iter().map(|parcel| deliver(table, sockets, parcel))).await?;
    Ok(())
}

/// Groups a batch by board. Events of a whole project go to each of its boards.
async fn sort<'batch>(
    table: &Table<Write>,
    events: &'batch [(&'batch StreamRecord, Event)],
) -> Result<Vec<Parcel<'batch>>> {
    let mut parcels: Vec<Parcel<'batch>> = Vec::new();
    for (record, event) in events {
        let scope = record.scope()?;
        let boards = match (&event.board_id, &event.project) {
            (Some(board), _) => vec![board.clone()],
            (None, Some(project)) => {
                table.boards(&scope, project).await?.into_iter().map(|board| board.board.value.id).collect()
            }
            (None, None) => Vec::new(),
        };
        for board in boards {
            let passing = Passing { sequence: &record.sequence, event };
            let own =
                parcels.iter_mut().find(|parcel| *parcel.scope.workspace() == event.workspace && parcel.board == board);
            match own {
                Some(parcel) => parcel.passing.push(passing),
                None => parcels.push(Parcel { scope: scope.clone(), board, passing: vec![passing] }),
            }
        }
    }
    Ok(parcels)
}

async fn deliver(table: &Table<Write>, sockets: &Sockets, parcel: &Parcel<'_>) -> Result<()> {
    let scope = &parcel.scope;
    let feed = table.feed(scope, &parcel.board).await?.unwrap_or_default();
    let (start, positions) = advance(table, scope, &feed, &parcel.passing).await?;
    let (Some(last), Some(cursor)) = (parcel.passing.last(), positions.last()) else { return Ok(()) };
    // The feed moves before the sockets are looked up: whoever subscribes in between reads the new cursor.
    if feed.precedes(last.sequence) {
        let moved = Feed { cursor: *cursor, previous: start, sequence: last.sequence.to_owned() };
        table.put_feed(scope, &parcel.board, &moved).await?;
    }
    let listening: Vec<String> =
        table.sockets(scope, &parcel.board).await?.into_iter().map(|socket| socket.connection).collect();
    let mut previous = start;
    for (events, positions) in parcel.passing.chunks(EVENTS_A_FRAME).zip(positions.chunks(EVENTS_A_FRAME)) {
        let cursor = positions.last().copied().unwrap_or(previous);
        let events = events.iter().map(|passing| passing.event.clone()).collect();
        let frame = Frame::from(Events { board_id: parcel.board.clone(), prev: previous, cursor, events });
        for (connection, posted) in sockets.post_all(listening.clone(), &frame).await? {
            if posted == Posted::Gone {
                table.remove_socket(scope, &parcel.board, &connection).await?;
            }
        }
        previous = cursor;
    }
    Ok(())
}

/// The feed's position before the first event and after each event.
///
/// An event's id is generated before the commit, so an event may be committed after one with a later id was delivered.
/// It is then added to the feed again behind that one, for clients that continue from there. A redelivered batch starts
/// where it started the first time.
async fn advance(
    table: &Table<Write>,
    scope: &Scope<Internal>,
    feed: &Feed,
    passing: &[Passing<'_>],
) -> Result<(EventId, Vec<EventId>)> {
    let again = passing.first().is_some_and(|first| !feed.precedes(first.sequence));
    let start = if again { feed.previous } else { feed.cursor };
    let mut stands = start;
    let mut positions = Vec::with_capacity(passing.len());
    for Passing { sequence, event } in passing {
        if event.id > stands {
            stands = event.id;
        } else if feed.precedes(sequence) {
            stands = stands.next();
            table.repeat_late(scope, event, stands).await?;
        }
        positions.push(stands);
    }
    if again {
        stands = stands.max(feed.cursor);
        if let Some(last) = positions.last_mut() {
            *last = stands;
        }
    }
    Ok((start, positions))
}
