//! The table as code accesses it: reads and, if declared, writes.

use crate::core::{
    cursor::{Cursors, Page},
    failure::failed,
    item::{Attributes, Entity, Stored, key_attributes, key_of, text},
    keys::{INDEX, Key, Prefix},
    scope::Scope,
};
use aws_sdk_dynamodb::{
    Client,
    operation::query::builders::QueryFluentBuilder,
    types::{AttributeValue, KeysAndAttributes, Select},
};
use millrace_domain::{Error, Result};
use serde::{Serialize, de::DeserializeOwned};
use std::{collections::HashMap, marker::PhantomData, sync::Arc};

/// What an item is read from: its key, its content, and the counters beside it.
const CONTENT: &str = "pk, sk, #schema, #version, doc, comments, attachments, logged_minutes";

/// The table may be read.
#[derive(Debug, Clone, Copy)]
pub struct Read;
/// The table may be read and written.
#[derive(Debug, Clone, Copy)]
pub struct Write;

/// What a function may do with the table.
pub trait Mode: Clone + Send + Sync + 'static {}
impl Mode for Read {}
impl Mode for Write {}

/// The table, with what was declared that may be done with it.
#[derive(Clone)]
pub struct Table<M = Read> {
    pub(crate) client: Client,
    pub(crate) name: Arc<str>,
    pub(crate) cursors: Cursors,
    mode: PhantomData<M>,
}

/// Items read by their keys, in one round trip.
pub struct Batch(HashMap<Key, Attributes>);

impl Batch {
    /// The item at `key`, where there is one.
    ///
    /// # Errors
    /// [`Error::Internal`] where it does not hold what this type expects.
    pub fn get<T: Entity>(&self, key: &Key) -> Result<Option<Stored<T>>> {
        self.0.get(key).map(Stored::read).transpose()
    }

    /// The attributes of the item at `key`, where there is one.
    pub(crate) fn item(&self, key: &Key) -> Option<&Attributes> {
        self.0.get(key)
    }
}

impl<M: Mode> Table<M> {
    /// The table `name`, whose lists sign their cursors with `cursors`.
    pub fn new(client: Client, name: impl Into<Arc<str>>, cursors: Cursors) -> Self {
        Self { client, name: name.into(), cursors, mode: PhantomData }
    }

    /// One item, as it is now.
    pub(crate) async fn get<T: Entity>(&self, key: &Key) -> Result<Option<Stored<T>>> {
        let answer = self
            .client
            .get_item()
            .table_name(&*self.name)
            .set_key(Some(key_attributes(key)))
            .consistent_read(true)
            .send()
            .await
            .map_err(failed)?;
        answer.item().map(Stored::read).transpose()
    }

    /// Up to 100 items, as they are now, in one round trip.
    pub(crate) async fn batch(&self, mut keys: Vec<Key>) -> Result<Batch> {
        keys.sort();
        keys.dedup();
        let mut found = HashMap::with_capacity(keys.len());
        let mut wanted: Vec<Attributes> = keys.iter().map(key_attributes).collect();
        while !wanted.is_empty() {
            let later = wanted.split_off(wanted.len().min(100));
            let request = KeysAndAttributes::builder().set_keys(Some(wanted)).consistent_read(true).build();
            let answer = self
                .client
                .batch_get_item()
                .request_items(&*self.name, request.map_err(Error::internal)?)
                .send()
                .await
                .map_err(failed)?;
            for item in answer.responses().and_then(|tables| tables.get(&*self.name)).into_iter().flatten() {
                found.insert(key_of(item)?, item.clone());
            }
            let unprocessed = answer.unprocessed_keys().and_then(|tables| tables.get(&*self.name));
            wanted = unprocessed.map(|rest| rest.keys().to_vec()).unwrap_or_default();
            wanted.extend(later);
        }
        Ok(Batch(found))
    }

    /// Every item of a run, as they are now, in the order of their keys.
    pub(crate) async fn all(&self, run: &Prefix) -> Result<Vec<Attributes>> {
        self.every(run, |query| query).await
    }

    /// As [`Table::all`], without the items' places in the indexes: for runs of many items, of which reading an attribute
    /// is most of the work.
    pub(crate) async fn all_content(&self, run: &Prefix) -> Result<Vec<Attributes>> {
        let content = |query: QueryFluentBuilder| {
            let query = query.projection_expression(CONTENT);
            query.expression_attribute_names("#schema", "schema").expression_attribute_names("#version", "version")
        };
        self.every(run, content).await
    }

    /// The keys of every item of a run.
    pub(crate) async fn all_keys(&self, run: &Prefix) -> Result<Vec<Key>> {
        self.every(run, |query| query.projection_expression("pk, sk")).await?.iter().map(key_of).collect()
    }

    async fn every(
        &self,
        run: &Prefix,
        shape: impl Fn(QueryFluentBuilder) -> QueryFluentBuilder,
    ) -> Result<Vec<Attributes>> {
        let mut items = Vec::new();
        self.each(run, shape, |item| {
            items.push(item);
            Ok(())
        })
        .await?;
        Ok(items)
    }

    /// Goes through the items of a partition that stand from `from` up to `to`, page by page, as they are now.
    pub(crate) async fn each_between(
        &self,
        run: &Prefix,
        (from, to): (&str, &str),
        take: impl FnMut(Attributes) -> Result<()>,
    ) -> Result<()> {
        let between = |query: QueryFluentBuilder| {
            query
                .key_condition_expression("pk = :pk AND sk BETWEEN :from AND :to")
                .expression_attribute_values(":from", AttributeValue::S(from.to_owned()))
                .expression_attribute_values(":to", AttributeValue::S(to.to_owned()))
        };
        self.each(run, between, take).await
    }

    /// The items of a partition that stand from `first` up to `last`, as they are now.
    pub(crate) async fn between(&self, pk: &str, first: &str, last: &str) -> Result<Vec<Attributes>> {
        let run = Prefix { pk: pk.to_owned(), sk: String::new() };
        let mut items = Vec::new();
        self.each_between(&run, (first, last), |item| {
            items.push(item);
            Ok(())
        })
        .await?;
        Ok(items)
    }

    async fn each(
        &self,
        run: &Prefix,
        shape: impl Fn(QueryFluentBuilder) -> QueryFluentBuilder,
        mut take: impl FnMut(Attributes) -> Result<()>,
    ) -> Result<()> {
        let mut start = None;
        loop {
            let answer = shape(self.query(run, start).consistent_read(true)).send().await.map_err(failed)?;
            answer.items.unwrap_or_default().into_iter().try_for_each(&mut take)?;
            start = answer.last_evaluated_key;
            if start.is_none() {
                return Ok(());
            }
        }
    }

    /// Every item of a run of the index, with the attributes that the index holds. May lag behind by a moment.
    pub(crate) async fn all_of_index(&self, run: &Prefix) -> Result<Vec<Attributes>> {
        let mut items = Vec::new();
        let mut start = None;
        loop {
            let answer = self.query_index(&run.pk, start).send().await.map_err(failed)?;
            items.extend(answer.items.unwrap_or_default());
            start = answer.last_evaluated_key;
            if start.is_none() {
                return Ok(items);
            }
        }
    }

    /// Up to `limit` items of a partition of the index from its end on, after the item whose own key and whose key in the
    /// index are `after`; and the key of the last one where there are more. May lag behind by a moment.
    pub(crate) async fn newest_of_index(
        &self,
        partition: &str,
        after: Option<(Key, Key)>,
        limit: i32,
    ) -> Result<(Vec<Attributes>, Option<Attributes>)> {
        let start = after.map(|(own, index)| {
            let mut key = key_attributes(&own);
            key.insert("gsi1pk".to_owned(), AttributeValue::S(index.pk));
            key.insert("gsi1sk".to_owned(), AttributeValue::S(index.sk));
            key
        });
        let query = self.query_index(partition, start).scan_index_forward(false).limit(limit);
        let answer = query.send().await.map_err(failed)?;
        Ok((answer.items.unwrap_or_default(), answer.last_evaluated_key))
    }

    /// How many items a run of the index has whose places come after `after`. May lag behind by a moment.
    pub(crate) async fn count_of_index(&self, run: &Prefix, after: &str) -> Result<u64> {
        let (mut count, mut start) = (0, None);
        loop {
            let query = self
                .query_index(&run.pk, start)
                .key_condition_expression("gsi1pk = :pk AND gsi1sk > :after")
                .expression_attribute_values(":after", AttributeValue::S(after.to_owned()))
                .select(Select::Count);
            let answer = query.send().await.map_err(failed)?;
            count += u64::from(answer.count().unsigned_abs());
            start = answer.last_evaluated_key;
            if start.is_none() {
                return Ok(count);
            }
        }
    }

    /// A part of a run, as it is now.
    pub(crate) async fn page<T: Entity>(&self, run: &Prefix, part: &Part) -> Result<Page<Stored<T>>> {
        let list = format!("{}/{}", run.pk, run.sk);
        let start = part.start(&self.cursors, &list)?.map(|sk: String| key_attributes(&Key { pk: run.pk.clone(), sk }));
        let answer = self
            .query(run, start)
            .consistent_read(true)
            .scan_index_forward(!part.newest_first)
            .limit(part.limit.into())
            .send()
            .await
            .map_err(failed)?;
        let items = answer.items().iter().map(Stored::read).collect::<Result<_>>()?;
        let next = answer.last_evaluated_key().map(|last| self.cursors.seal(&list, &text(last, "sk")?)).transpose()?;
        Ok(Page { items, next })
    }

    /// The cursor that says `position` in the list `list` of the scope's workspace, for a list that its endpoint sorts
    /// itself.
    ///
    /// # Errors
    /// [`Error::Internal`] where the position cannot be written.
    pub fn seal_position<S>(&self, scope: &Scope<S>, list: &str, position: &impl Serialize) -> Result<String> {
        self.cursors.seal(&format!("{}/{list}", scope.workspace()), position)
    }

    /// The position that a cursor of such a list says; none from the beginning.
    ///
    /// # Errors
    /// [`Error::Invalid`] for a cursor that is not of this list.
    pub fn open_position<S, T: DeserializeOwned>(
        &self,
        scope: &Scope<S>,
        list: &str,
        part: &Part,
    ) -> Result<Option<T>> {
        part.start(&self.cursors, &format!("{}/{list}", scope.workspace()))
    }

    fn query_index(&self, partition: &str, start: Option<Attributes>) -> QueryFluentBuilder {
        self.client
            .query()
            .table_name(&*self.name)
            .index_name(INDEX)
            .key_condition_expression("gsi1pk = :pk")
            .expression_attribute_values(":pk", AttributeValue::S(partition.to_owned()))
            .set_exclusive_start_key(start)
    }

    pub(crate) fn query(&self, run: &Prefix, start: Option<Attributes>) -> QueryFluentBuilder {
        let query = self
            .client
            .query()
            .table_name(&*self.name)
            .expression_attribute_values(":pk", AttributeValue::S(run.pk.clone()))
            .set_exclusive_start_key(start);
        if run.sk.is_empty() {
            query.key_condition_expression("pk = :pk")
        } else {
            query
                .key_condition_expression("pk = :pk AND begins_with(sk, :sk)")
                .expression_attribute_values(":sk", AttributeValue::S(run.sk.clone()))
        }
    }
}

/// Which part of a list is asked for.
#[derive(Debug, Clone, Default)]
pub struct Part {
    /// How many items at the most.
    pub limit: u8,
    /// Where to go on; none from the beginning.
    pub cursor: Option<String>,
    /// From the end of the list.
    pub newest_first: bool,
}

impl Part {
    /// Where the part begins.
    pub(crate) fn start<T: serde::de::DeserializeOwned>(&self, cursors: &Cursors, list: &str) -> Result<Option<T>> {
        self.cursor.as_deref().map(|cursor| cursors.open(list, cursor)).transpose()
    }
}

/// Reads every item of `items` as one type.
pub(crate) fn read_all<T: Entity>(items: &[Attributes]) -> Result<Vec<Stored<T>>> {
    items.iter().map(Stored::read).collect()
}
