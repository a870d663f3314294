//! One transaction of an import: as many tasks as fit, with their data and the import's progress.

use crate::parts::{
    delivery::Run,
    existing::Known,
    file_copies::{Carried, FILES_AT_ONCE, Source},
};
use jiff::civil::Date;
use millrace_domain::{
    Error,
    file::export::ExportedClosing,
    id::{CommentId, EventId, TaskKey, UserId},
    import::progress::{ImportState, Position},
};
use millrace_endpoint::Result;
use millrace_import::{
    Problems,
    draft::{Draft, Drafting},
    files::{FilePlace, ImportedFile, carried},
    sprints::{Happened, Histories},
};
use millrace_store::{
    Stored, Transaction,
    comment::Around,
    import::ImportRecord,
    sprint::ReportRecord,
    task::{Counter, TaskRecord},
    time::TimeLogRecord,
    transaction::MOST_ITEMS,
};
use millrace_task_changes::{Imported, Importing, TaskWriter, View, import_link};
use std::{
    collections::{BTreeMap, HashMap, HashSet},
    ops::Range,
};

/// The import itself, and that it came to an end.
const ITEMS_OF_AN_IMPORT: usize = 2;
/// AWS takes 4 MB in a transaction; what stands around the texts, and JSON's way of writing them, needs room too.
const MOST_BYTES: usize = 1_200_000;
/// A file that comes along is an upload that ends, what is attached, and at the most one more sum of what is stored.
const ITEMS_A_FILE: usize = 3;

/// A transaction that is being filled.
pub(crate) struct Batch<'run> {
    run: &'run Run<'run>,
    known: &'run Known,
    change: Transaction,
    import: ImportRecord,
    bytes: usize,
    checked: HashSet<String>,
    /// What people logged on each day, by task: a transaction takes an item once.
    days: BTreeMap<(UserId, Date), BTreeMap<TaskKey, u32>>,
    /// Those tasks of the import that were made before and moved to another project since, with their keys of now.
    moved: HashMap<TaskKey, TaskKey>,
    /// The numbers of those that are not made yet.
    unmade: Range<u32>,
    /// The others that something is tied to already: an item stands in a transaction once.
    tied: HashSet<TaskKey>,
    /// The files that were looked for, and those of them that come along.
    looked_for: HashMap<FilePlace, Option<Source>>,
    /// The card of the task that is made already, where files of it were looked for.
    begun: Option<Stored<TaskRecord>>,
    /// The files that it takes along.
    carried: Vec<Carried>,
}

impl<'run> Batch<'run> {
    /// An empty one that goes on where `import` stands. What its tasks hang on may have been moved since it was made.
    pub(crate) async fn read(
        run: &'run Run<'run>,
        known: &'run Known,
        import: &ImportRecord,
        drafting: &Drafting<'_>,
    ) -> Result<Self> {
        let mut change = Transaction::internal(&run.scope);
        change.reserve(ITEMS_OF_AN_IMPORT);
        let Position { task, parts, .. } = import.position;
        let mut hung_on = drafting.hung_on(task as usize, MOST_ITEMS);
        // What is left of a task that is made already hangs on that one.
        hung_on.extend((parts > 0).then(|| drafting.key(task as usize)));
        let moved = run.table.transferred_among(&run.scope, hung_on).await?;
        let through = parts.saturating_sub(1) as usize;
        let names =
            drafting.wanted_files(task as usize).take_while(|((index, _), _)| *index < task as usize + MOST_ITEMS);
        let names = names.filter(|((index, place), _)| *index > task as usize || *place >= through);
        let names: Vec<(FilePlace, &ImportedFile)> = names.take(FILES_AT_ONCE).collect();
        let mut looked_for = run.sources(import, &names).await?;
        let mut begun = None;
        if parts > 0 && looked_for.keys().any(|(index, _)| *index == task as usize) {
            let key = drafting.key(task as usize);
            match run.table.task_fields(&run.scope, moved.get(&key).unwrap_or(&key), run.now()).await {
                Ok(card) => begun = Some(card),
                // Nobody has the task any more: nothing comes to it.
                Err(Error::NotFound(_)) => {
                    let own = looked_for.iter_mut().filter(|((index, _), _)| *index == task as usize);
                    own.for_each(|(_, source)| *source = None);
                }
                Err(error) => return Err(error),
            }
        }
        Ok(Self {
            run,
            known,
            change,
            import: import.clone(),
            bytes: 0,
            checked: HashSet::new(),
            days: BTreeMap::new(),
            moved,
            unmade: 0..0,
            tied: HashSet::new(),
            looked_for,
            begun,
            carried: Vec::new(),
        })
    }

    /// Fills it with what is next; where the import stands once it is written, and the files that have to be where it says
    /// before it is.
    pub(crate) fn fill(mut self, drafting: &Drafting<'_>) -> Result<(Transaction, ImportRecord, Vec<Carried>)> {
        let now = self.run.now();
        if !self.happened(&drafting.histories)? {
            self.import.updated_at = now;
            return Ok((self.change, self.import, self.carried));
        }
        let Position { task, parts, .. } = self.import.position;
        let number = |index: u32| drafting.key(index as usize).number();
        self.unmade = number(task) + u32::from(parts > 0)..number(self.import.total);
        while self.import.position.task < self.import.total {
            let index = self.import.position.task as usize;
            if let Some(mut draft) = drafting.draft(index, now, &mut Problems::default()) {
                draft.follow(&self.moved);
                if !self.put(index, drafting.wanted_count(index), draft)? {
                    break;
                }
            }
            let Position { task, happened, .. } = self.import.position;
            self.import.position = Position { task: task + 1, parts: 0, happened };
        }
        if self.import.position.task == self.import.total {
            self.import.state = ImportState::Done;
        }
        for ((person, day), tasks) in &self.days {
            self.change.import_day(&self.run.scope, person, *day, tasks);
        }
        let carried: Vec<_> = self.carried.iter().map(|file| file.fields.clone()).collect();
        self.change.carry(&self.run.scope, &carried);
        self.import.updated_at = now;
        Ok((self.change, self.import, self.carried))
    }

    /// Puts in what happened in sprints; false where not all of it fits.
    fn happened(&mut self, histories: &Histories) -> Result<bool> {
        let scope = &self.run.scope;
        for (sprint, happened) in histories.items.iter().skip(self.import.position.happened as usize) {
            let bytes = match happened {
                Happened::Transition(_) | Happened::Count(_) => 1_500,
                Happened::Closing(closing) => serde_json::to_vec(closing).map_err(Error::internal)?.len() + 500,
            };
            if !self.has_room(1, bytes) {
                return Ok(false);
            }
            self.bytes += bytes;
            match happened {
                Happened::Transition(transition) => self.change.put_transition(scope, sprint, transition.clone()),
                Happened::Count(count) => self.change.put_day_count(scope, sprint, count),
                Happened::Closing(closing) => {
                    let ExportedClosing { report, calendar, seen } = (**closing).clone();
                    self.change.keep_report(scope, &ReportRecord { report, calendar, seen });
                }
            }
            self.import.position.happened += 1;
        }
        Ok(true)
    }

    /// Whether there is room for so many items more, and so many bytes; something always goes into an empty one.
    fn has_room(&self, items: usize, bytes: usize) -> bool {
        self.days.len() + self.carried.len() * ITEMS_A_FILE + items <= self.change.room()
            && (self.change.is_empty() || self.bytes + bytes <= MOST_BYTES)
    }

    /// Puts a task in, with what belongs to it, of which `wanted` are files that are looked for; false where not all of it
    /// fits.
    fn put(&mut self, index: usize, wanted: usize, mut draft: Draft) -> Result<bool> {
        let scope = &self.run.scope;
        if self.import.position.parts == 0 {
            // The card, its two events, its text, its place among its parent's parts and its tie to it, a column and a
            // sprint.
            let (items, bytes) = (8 + draft.transitions.len(), draft.description.len() + 5_000);
            if !self.has_room(items, bytes) {
                return Ok(false);
            }
            let (through, come) = self.next_files(index, 0..wanted, items, &draft.fields.key);
            // One that waits for the next transaction has all of its files in it, where that holds them.
            if through < wanted && !self.change.is_empty() {
                return Ok(false);
            }
            self.bytes += bytes;
            draft.counts.counters.attachments = come.len() as u32;
            self.task(&draft)?;
            self.take(through, come);
        } else {
            let through = self.import.position.parts as usize - 1;
            let (more, come) = self.next_files(index, through.min(wanted)..wanted, 1, &draft.fields.key);
            if let Some(card) = self.begun.as_ref().filter(|_| !come.is_empty()) {
                self.change.count_beside(card, Counter::Attachments, come.len() as i64);
            }
            self.take(more, come);
        }
        let through = self.import.position.parts as usize - 1;
        if through < wanted {
            return Ok(false);
        }
        let written = through - wanted;
        for (link, opens) in draft.links.iter().skip(written) {
            if !self.has_room(4, 500) {
                return Ok(false);
            }
            self.bytes += 500;
            self.tie(&link.task);
            self.tie(&link.other);
            import_link(&mut self.change, scope, link, *opens);
            self.import.position.parts += 1;
        }
        let replies = |id: &CommentId| {
            let answers = draft.comments.iter().filter(|(comment, _)| comment.reply_to.as_ref() == Some(id));
            answers.count() as u32
        };
        let rest = written.saturating_sub(draft.links.len());
        for (comment, reactions) in draft.comments.iter().skip(rest) {
            let said = comment.body.iter().chain(comment.earlier.iter().map(|earlier| &earlier.body));
            let reacted: usize = reactions.resource().iter().map(|reaction| reaction.people.len()).sum();
            let bytes = said.map(|body| body.len() + 100).sum::<usize>() + reacted * 60 + 1_000;
            if !self.has_room(1, bytes) {
                return Ok(false);
            }
            self.bytes += bytes;
            let around = Around { replies: replies(&comment.id), reactions: reactions.clone() };
            self.change.import_comment(scope, comment, &around);
            self.import.position.parts += 1;
        }
        for (place, (person, log)) in draft.time.iter().enumerate().skip(rest.saturating_sub(draft.comments.len())) {
            // The log, and its day.
            if !self.has_room(2, 4_000) {
                return Ok(false);
            }
            self.bytes += 4_000;
            let task = draft.fields.key.clone();
            let record = TimeLogRecord {
                id: EventId::placed(log.created_at, place as u32),
                task: task.clone(),
                person: person.clone(),
                date: log.date,
                minutes: log.minutes,
                note: log.note.clone(),
                timed: log.timed,
                created_at: log.created_at,
                updated_at: log.updated_at,
            };
            self.change.import_time(scope, &record);
            *self.days.entry((person.clone(), log.date)).or_default().entry(task).or_default() += log.minutes;
            self.import.position.parts += 1;
        }
        Ok(true)
    }

    /// The next ones among a task's files, as far as they were looked for and fit beside `items` more: how many they are,
    /// and those of them that come along to `task`.
    fn next_files(&self, index: usize, places: Range<usize>, items: usize, task: &TaskKey) -> (usize, Vec<Carried>) {
        let (mut through, mut come) = (0, Vec::new());
        for place in places {
            match self.looked_for.get(&(index, place)) {
                Some(Some(source)) if self.has_room(items + (come.len() + 1) * ITEMS_A_FILE, 0) => {
                    let fields = carried(source.fields(), task);
                    come.push(Carried { source: source.clone(), fields });
                }
                Some(None) => {}
                Some(Some(_)) | None => break,
            }
            through += 1;
        }
        (through, come)
    }

    /// Takes files along: `through` of them are, of which these come.
    fn take(&mut self, through: usize, come: Vec<Carried>) {
        self.import.position.parts += through as u32;
        self.import.files_done += come.len() as u32;
        self.bytes += come.len() * 2_000;
        self.carried.extend(come);
    }

    fn task(&mut self, draft: &Draft) -> Result<()> {
        let (scope, fields) = (&self.run.scope, &draft.fields);
        self.check(draft)?;
        if let Some(parent) = fields.parent.as_ref().filter(|_| fields.archived_at.is_none()) {
            self.tie(parent);
        }
        let board = self.known.boards.iter().find(|board| board.board.value.id == fields.board_id);
        let view =
            View { board: board.ok_or(Error::Raced)?, counts: draft.counts, definitions: &self.known.project.fields };
        let next_id = || self.run.next_event();
        let importing = Importing { import: &self.import.id, next_id: &next_id };
        let (actor, batch) = (self.import.actor.clone(), self.import.batch);
        let writer = TaskWriter::importing(scope, actor, batch, importing, self.run.now());
        let imported = Imported {
            fields,
            version: draft.version,
            description: &draft.description,
            counts: draft.counts,
            transitions: &draft.transitions,
        };
        writer.import(&mut self.change, imported, view)?;
        self.import.position.parts = 1;
        self.import.done += 1;
        Ok(())
    }

    /// Ties something to a task that is there already, and may be moved while this is written.
    fn tie(&mut self, task: &TaskKey) {
        let unmade = task.project() == self.import.id.project() && self.unmade.contains(&task.number());
        if !unmade && self.tied.insert(task.clone()) {
            self.change.tie(&self.run.scope, task);
        }
    }

    /// The column and the sprint that a task goes to have to be what was read: there, and open.
    fn check(&mut self, draft: &Draft) -> Result<()> {
        let fields = &draft.fields;
        let mut columns = self.known.boards.iter().flat_map(|board| &board.columns);
        let column = columns.find(|column| column.value.id == fields.column_id).ok_or(Error::Raced)?;
        if self.checked.insert(fields.column_id.to_string()) {
            self.change.check_column(column);
        }
        if let Some(id) = &fields.sprint_id {
            let sprint = self.known.sprints.iter().find(|sprint| sprint.value.id == *id).ok_or(Error::Raced)?;
            if self.checked.insert(id.to_string()) {
                self.change.check_sprint(sprint);
            }
        }
        Ok(())
    }
}
