//! One delivery's share of an import.

use crate::parts::{
    batch::Batch,
    delivery::Run,
    existing::{Known, known},
    scaffold::{make, names},
};
use jiff::Timestamp;
use millrace_domain::{
    Error,
    event::payload::{self, FinishedWork},
    import::{
        mapping::{DetectedColumn, Mapping, Target},
        progress::{ImportState, PREVIEWED, Position, UnreadColumn},
    },
    time::calendar::Zone,
};
use millrace_endpoint::Result;
use millrace_import::{
    Asked, MOST_PROBLEMS, Problems, Reading,
    draft::{Drafting, Terms},
    files::{FilePlace, ImportedFile},
    jira::own_name,
    matching::Matching,
    notes,
    relations::Relations,
    sprints::strangers,
};
use millrace_platform::{blobs::key, queue::ImportStep};
use millrace_store::{
    Stored, Transaction,
    carried::NamedFile,
    import::{FoundRecord, ImportRecord},
    project::Numbering,
};
use millrace_task_changes::import_blocks;
use std::{collections::HashMap, time::Instant};

/// How many tasks one delivery makes before it goes on with another message.
const TASKS_A_DELIVERY: u32 = 2_000;
/// How many columns of a table are shown.
const MOST_SHOWN: usize = 200;
/// How many bytes the problems take that are kept: an item of the table takes 400 KB.
const BYTES_OF_PROBLEMS: usize = 200_000;

impl Run<'_> {
    /// Takes the import as far as the time allows; whether nothing is left to do.
    pub(crate) async fn go(&self, step: &ImportStep) -> Result<bool> {
        let Some((stored, found)) = self.current(step).await? else { return Ok(true) };
        let (file, zone) = futures::try_join!(self.file(&stored.value), self.zone(&stored.value))?;
        let (etag, bytes) = match file {
            Ok(file) => file,
            Err(message) => return self.end(step, ImportState::Failed, Some(message)).await,
        };
        let (format, asked) = (stored.value.format, asked(&stored.value, &zone));
        let read = tokio::task::spawn_blocking(move || millrace_import::read(format, &bytes, &asked));
        let mut reading = match read.await.map_err(Error::internal)? {
            Ok(reading) => reading,
            Err(Error::Invalid(errors)) => {
                let message = errors.into_iter().map(|error| error.message).collect::<Vec<_>>().join(" ");
                return self.end(step, ImportState::Failed, Some(message)).await;
            }
            Err(error) => return Err(error),
        };
        reading.look_in(self.scope.workspace());
        let mut problems = std::mem::take(&mut reading.problems);
        let relations = Relations::of(&reading.tasks, &mut problems);
        let work = Work { reading: &reading, relations, problems, etag, zone };
        match stored.value.state {
            ImportState::Checking => self.check(stored, work).await,
            _ => self.write(stored, found, work).await,
        }
    }

    /// The import, where it waits for this step.
    async fn current(&self, step: &ImportStep) -> Result<Option<(Stored<ImportRecord>, Option<Stored<FoundRecord>>)>> {
        let (stored, found) = match self.table.import(&self.scope, &step.import).await {
            Ok(found) => found,
            // It expired, or its project is gone with all that it had.
            Err(Error::NotFound(_)) => return Ok(None),
            Err(error) => return Err(error),
        };
        let waits = matches!(stored.value.state, ImportState::Checking | ImportState::Running);
        Ok((waits && stored.value.run == step.run).then_some((stored, found)))
    }

    /// The workspace's time zone: the one in which the file was looked at, so that what was shown is what is made.
    async fn zone(&self, import: &ImportRecord) -> Result<Zone> {
        match &import.zone {
            Some(zone) => Ok(zone.clone()),
            None => Ok(self.table.calendar(&self.scope).await?.time_zone),
        }
    }

    /// The file, and what its content is told by; or why there is none.
    async fn file(&self, import: &ImportRecord) -> Result<Result<(String, Vec<u8>), String>> {
        let key = key::import(&self.scope, &import.id);
        let gone = || Ok(Err("The file is not there any more. Begin a new import.".to_owned()));
        let Some(arrived) = self.blobs.head(&key).await? else { return gone() };
        if import.etag.as_ref().is_some_and(|etag| *etag != arrived.etag) {
            return Ok(Err("Another file was sent in the place of this one. Begin a new import.".to_owned()));
        }
        match self.blobs.whole(&key, &arrived).await? {
            Some(bytes) => Ok(Ok((arrived.etag, bytes))),
            None => Err(Error::Raced),
        }
    }

    /// Ends the import in `state`, where it still waits for this step.
    pub(crate) async fn end(&self, step: &ImportStep, state: ImportState, failure: Option<String>) -> Result<bool> {
        if let Some((stored, _)) = self.current(step).await? {
            let ended = ImportRecord { state, failure, updated_at: self.now(), ..stored.value.clone() };
            let mut change = Transaction::internal(&self.scope);
            change.update_import(&stored, &ended);
            self.tell_end(&mut change, &ended);
            self.table.commit(change).await?;
        }
        Ok(true)
    }

    /// Tells whoever imports, where the import came to an end with this write.
    fn tell_end(&self, change: &mut Transaction, import: &ImportRecord) {
        if !matches!(import.state, ImportState::Done | ImportState::Failed) {
            return;
        }
        let finished = FinishedWork {
            work: payload::Work::Import,
            id: import.id.to_string(),
            name: import.name.as_str().to_owned(),
            project: Some(import.id.project().clone()),
            done: import.state == ImportState::Done,
        };
        change.event(&finished.event(self.scope.workspace().clone(), &import.by, self.now()));
    }

    async fn known(&self, import: &ImportRecord) -> Result<Option<Known>> {
        match known(self.table, &self.scope, import.id.project(), import.board_id.as_ref()).await {
            Err(Error::NotFound(_)) => Ok(None),
            other => other,
        }
    }

    /// Says what would be made and what is wrong, and makes nothing.
    async fn check(&self, stored: Stored<ImportRecord>, work: Work<'_>) -> Result<bool> {
        let import = &stored.value;
        let Some(known) = self.known(import).await? else { return self.homeless(&stored).await };
        let (matching, making) = Matching::new(known.project, work.reading, &import.id, import.make_columns);
        let terms = Terms { importer: import.by.clone(), first: 1, keyed: false, begun_at: self.now() };
        let files = self.look_for(import, &work.files()).await?;
        let (mut checked, mut found, problems) = work.survey(matching, &files, terms, import, self.now());
        found.made = names(&making);
        self.list_problems(&checked, &found, &problems).await?;
        checked.state = ImportState::Checked;
        let mut change = Transaction::internal(&self.scope);
        change.update_import(&stored, &checked);
        change.put_found(&self.scope, &checked, &found);
        self.table.commit(change).await?;
        Ok(true)
    }

    /// Writes down all that is wrong and left out, of which the import itself keeps the first part.
    async fn list_problems(&self, import: &ImportRecord, found: &FoundRecord, problems: &Problems) -> Result<()> {
        if problems.count == 0 && found.unread.is_empty() {
            return Ok(());
        }
        let key = key::import_problems(&self.scope, &import.id);
        let table = notes::table(problems, &found.unread).into_bytes();
        self.listing.put(&key, "text/csv; charset=utf-8", table).await
    }

    /// The project has no board that tasks could go to.
    async fn homeless(&self, stored: &Stored<ImportRecord>) -> Result<bool> {
        let message = "The project has no such board any more.".to_owned();
        let failed = ImportRecord {
            state: ImportState::Failed,
            failure: Some(message),
            updated_at: self.now(),
            ..stored.value.clone()
        };
        let mut change = Transaction::internal(&self.scope);
        change.update_import(stored, &failed);
        self.tell_end(&mut change, &failed);
        self.table.commit(change).await?;
        Ok(true)
    }

    /// Makes what the project lacks, sets numbers aside, and makes tasks.
    async fn write(
        &self,
        mut stored: Stored<ImportRecord>,
        found: Option<Stored<FoundRecord>>,
        work: Work<'_>,
    ) -> Result<bool> {
        // What a dry run found is another thing than what this run made so far.
        let mut found = found.map(|found| found.value).filter(|_| stored.value.etag.is_some()).unwrap_or_default();
        let (known, matching) = loop {
            let Some(known) = self.known(&stored.value).await? else { return self.homeless(&stored).await };
            let project = known.project.clone();
            let (matching, making) = Matching::new(project, work.reading, &stored.value.id, stored.value.make_columns);
            // Once numbers are set aside nothing more is made: what went meanwhile is left out.
            if making.is_empty() || stored.value.first.is_some() {
                break (known, matching);
            }
            let next = ImportRecord { etag: Some(work.etag.clone()), updated_at: self.now(), ..stored.value.clone() };
            let mut change = Transaction::internal(&self.scope);
            found.made.add(make(self, &mut change, &known, making, &next)?);
            change.put_found(&self.scope, &next, &found);
            stored = self.keep(change, stored, next).await?;
        };
        if stored.value.first.is_none() {
            stored = self.set_numbers_aside(stored, &found, &matching, &work).await?;
        }
        let (Some(first), Some(begun_at)) = (stored.value.first, stored.value.begun_at) else {
            return Err(Error::Raced);
        };
        let terms = Terms { importer: stored.value.by.clone(), first, keyed: true, begun_at };
        let drafting = Drafting::new(work.reading, work.relations, matching, terms, &mut Problems::default());
        let limit = stored.value.position.task.saturating_add(TASKS_A_DELIVERY);
        while stored.value.state == ImportState::Running {
            if stored.value.position.task >= limit || Instant::now() >= self.ends {
                return Ok(false);
            }
            let batch = Batch::read(self, &known, &stored.value, &drafting).await?;
            let (change, next, files) = batch.fill(&drafting)?;
            self.carry(&stored, &files).await?;
            stored = self.keep(change, stored, next).await?;
        }
        Ok(true)
    }

    /// Writes `change` together with how far the import is after it.
    async fn keep(
        &self,
        mut change: Transaction,
        stored: Stored<ImportRecord>,
        next: ImportRecord,
    ) -> Result<Stored<ImportRecord>> {
        let version = change.update_import(&stored, &next);
        self.tell_end(&mut change, &next);
        self.table.commit(change).await.map_err(|error| match error {
            // A name that somebody else took meanwhile is found when the project is read again.
            Error::Conflict { .. } => Error::Raced,
            other => other,
        })?;
        Ok(Stored { key: stored.key, version, value: next })
    }

    /// Sets a number aside for each task at once, and for those that only sprints tell of, and says which tasks will block which.
    async fn set_numbers_aside(
        &self,
        stored: Stored<ImportRecord>,
        found: &FoundRecord,
        matching: &Matching,
        work: &Work<'_>,
    ) -> Result<Stored<ImportRecord>> {
        let (import, project) = (&stored.value, stored.value.id.project().clone());
        let (numbering, graph) = futures::try_join!(
            self.table.numbering(&self.scope, &project),
            self.table.block_graph(&self.scope, &project),
        )?;
        let now = self.now();
        let count = u32::try_from(work.reading.tasks.len()).map_err(Error::internal)?;
        let gone = u32::try_from(strangers(work.reading).len()).map_err(Error::internal)?;
        let last = numbering.value.last.checked_add(count).and_then(|last| last.checked_add(gone));
        let last = last.ok_or_else(|| Error::conflict("This project has given all of its numbers."))?;
        let first = numbering.value.last + 1;
        let terms = Terms { importer: import.by.clone(), first, keyed: true, begun_at: now };
        let files = self.look_for(import, &work.files()).await?;
        let (mut next, mut surveyed, problems) = work.survey(matching.clone(), &files, terms, import, now);
        self.list_problems(&next, &surveyed, &problems).await?;
        surveyed.made.clone_from(&found.made);
        next.first = Some(first);
        next.begun_at = Some(now);
        next.position = Position::default();
        next.state = ImportState::Running;
        let mut change = Transaction::internal(&self.scope);
        change.update(&numbering, &Numbering { last }, None);
        change.put_found(&self.scope, &next, &surveyed);
        let mut blocks = work.relations.blocks().peekable();
        if blocks.peek().is_some() {
            let mut after = graph.as_ref().map(|graph| graph.value.graph.clone()).unwrap_or_default();
            // There is no circle among the file's tasks, and none of the others is linked with one of them.
            for (blocker, blocked) in blocks {
                after.add_known(first + blocker as u32, first + blocked as u32);
            }
            import_blocks(&mut change, &self.scope, &project, graph.as_ref(), after);
        }
        self.keep(change, stored, next).await
    }
}

/// A file that was read.
struct Work<'reading> {
    reading: &'reading Reading,
    relations: Relations,
    problems: Problems,
    etag: String,
    zone: Zone,
}

/// What was said of the file, and what is known of where it goes.
fn asked(import: &ImportRecord, zone: &Zone) -> Asked {
    Asked {
        mapping: import.mapping.clone(),
        choices: import.choices.clone(),
        archived: import.archived,
        zone: zone.time_zone().clone(),
        today: import.created_at.to_zoned(zone.time_zone().clone()).date(),
    }
}

impl Work<'_> {
    /// The files that are looked for.
    fn files(&self) -> Vec<(FilePlace, &ImportedFile)> {
        self.reading.wanted_files(0).collect()
    }

    /// What comes of the whole file, with those of its tasks' files that were found, without writing any of it.
    fn survey(
        &self,
        matching: Matching,
        files: &HashMap<FilePlace, NamedFile>,
        terms: Terms,
        import: &ImportRecord,
        now: Timestamp,
    ) -> (ImportRecord, FoundRecord, Problems) {
        let mut problems = self.problems.clone();
        let columns = shown(self.reading, &matching, import.mapping.as_ref());
        let choices = self.reading.choices(|column| {
            let own = match &column.target {
                Target::Own(id) => matching.field(id.as_str()),
                Target::Ignored => matching.field(own_name(&column.name)),
                Target::Field(_) => None,
            };
            own.map(|field| field.kind)
        });
        let unread = unread(self.reading, &columns);
        let drafting = Drafting::new(self.reading, self.relations.clone(), matching, terms, &mut problems);
        let (mut preview, mut homeless, mut come) = (Vec::new(), 0u64, 0);
        for (index, task) in self.reading.tasks.iter().enumerate() {
            let Some(draft) = drafting.draft(index, now, &mut problems) else {
                homeless += 1;
                continue;
            };
            if preview.len() < PREVIEWED {
                preview.extend(drafting.preview(index, &draft));
            }
            let comes = |place: usize| files.contains_key(&(index, place));
            come += (0..task.files.wanted.len()).filter(|place| comes(*place)).count() as u32;
            if let Some(message) = task.files.left_behind(comes) {
                problems.field(task.line, "attachments", message);
            }
        }
        let problems = problems.sorted();
        let count = problems.count;
        let mut bytes = 0;
        let kept = problems.first.iter().take(MOST_PROBLEMS).take_while(|problem| {
            bytes += problem.message.len() + problem.field.len() + 60;
            bytes <= BYTES_OF_PROBLEMS
        });
        let kept = kept.cloned().collect();
        let after = ImportRecord {
            etag: Some(self.etag.clone()),
            total: self.reading.tasks.len() as u32,
            left_out: self.reading.left_out + homeless,
            problem_count: count,
            files: come,
            zone: Some(self.zone.clone()),
            updated_at: now,
            ..import.clone()
        };
        let archived = self.reading.archived;
        let found =
            FoundRecord { columns, preview, problems: kept, choices, unread, archived, ..FoundRecord::default() };
        (after, found, problems)
    }
}

/// The columns of a table of which nothing is taken, as they are shown.
fn unread(reading: &Reading, columns: &[DetectedColumn]) -> Vec<UnreadColumn> {
    let all = columns.iter().zip(&reading.filled);
    let unread = all.filter(|(column, filled)| column.target == Target::Ignored && **filled > 0);
    unread.map(|(column, filled)| UnreadColumn { name: column.name.clone(), values: *filled }).collect()
}

/// The columns of a table as they are shown: one that is called like an own field holds that.
fn shown(reading: &Reading, matching: &Matching, mapping: Option<&Mapping>) -> Vec<DetectedColumn> {
    let columns = reading.columns.iter().take(MOST_SHOWN).cloned().map(|mut column| {
        let said = mapping.is_some_and(|mapping| mapping.contains_key(&column.name));
        if let Some(own) = matching.field(own_name(&column.name)).filter(|_| column.target == Target::Ignored && !said)
        {
            column.target = Target::Own(own.id.clone());
        }
        column
    });
    columns.collect()
}
