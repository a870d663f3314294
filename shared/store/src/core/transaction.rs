//! A transaction: all or nothing. Every condition maps to the error that it raises.

use crate::core::{
    failure::{cancellation, failed},
    item::{Attributes, Entity, Stored, attributes, key_attributes},
    keys::Key,
    member::Member,
    scope::{Scope, Verified},
    table::{Table, Write},
};
use aws_sdk_dynamodb::types::{
    AttributeValue, ConditionCheck, Delete, Put, TransactWriteItem, Update,
    builders::{ConditionCheckBuilder, DeleteBuilder, UpdateBuilder},
};
use jiff::Timestamp;
use millrace_domain::{Error, Result, token::random_string};

type Refusal = Box<dyn FnOnce() -> Error + Send>;

/// The most items of one `TransactWriteItems` request.
///
/// Source: <https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_TransactWriteItems.html>
pub const MOST_ITEMS: usize = 100;
/// The items that a call's commit may add: the record of the caller's idempotency key.
const ITEMS_OF_AN_ANSWER: usize = 1;

/// A write that is being put together.
#[derive(Default)]
pub struct Transaction {
    items: Vec<TransactWriteItem>,
    refusals: Vec<Option<Refusal>>,
    fault: Option<Error>,
    /// The items that are still to come, and that no other may take the room of.
    reserved: usize,
}

/// Whether an item stands in the index of what falls due.
#[derive(Debug, Clone, Default)]
pub enum Due {
    /// As it did before; a new item does not.
    #[default]
    AsBefore,
    /// At this place.
    At(Key),
    /// Not (any more).
    Never,
}

/// What an item carries beside its content.
#[derive(Debug, Clone, Default)]
pub struct Beside {
    /// Its key in the index; none where the index does not hold it.
    pub index: Option<Key>,
    /// Its place in the index of what falls due.
    pub due: Due,
    /// Its counters, for an item that comes from another place.
    pub numbers: Vec<(&'static str, u32)>,
    /// Its sets of marks, for an item that comes from another place; none of them is empty.
    pub marks: Vec<(&'static str, Vec<String>)>,
    /// When the table may forget it.
    pub expires: Option<Timestamp>,
}

impl Beside {
    /// An item that the index holds at `key`.
    pub fn indexed(key: Key) -> Self {
        Self { index: Some(key), ..Self::default() }
    }
    /// An item that the table may forget at `at`.
    pub fn until(at: Timestamp) -> Self {
        Self { expires: Some(at), ..Self::default() }
    }

    pub(crate) fn add_to(self, item: &mut Attributes) {
        if let Some(index) = self.index {
            item.insert("gsi1pk".to_owned(), AttributeValue::S(index.pk));
            item.insert("gsi1sk".to_owned(), AttributeValue::S(index.sk));
        }
        for (name, number) in self.numbers {
            item.insert(name.to_owned(), AttributeValue::N(number.to_string()));
        }
        for (name, marks) in self.marks {
            item.insert(name.to_owned(), AttributeValue::Ss(marks));
        }
        if let Due::At(due) = self.due {
            item.insert("gsi2pk".to_owned(), AttributeValue::S(due.pk));
            item.insert("gsi2sk".to_owned(), AttributeValue::S(due.sk));
        }
        if let Some(at) = self.expires {
            item.insert("ttl".to_owned(), AttributeValue::N(at.as_second().to_string()));
        }
    }
}

impl Transaction {
    /// A write on behalf of a verified caller: it happens only if the caller's roles are still what was read.
    ///
    /// Room for the record of the call's idempotency key is reserved.
    pub fn by(scope: &Scope<Verified>) -> Self {
        Self::as_member(scope.member())
    }

    /// As [`Transaction::by`], for the membership that was read.
    pub fn as_member(member: &Stored<Member>) -> Self {
        let mut transaction = Self { reserved: ITEMS_OF_AN_ANSWER, ..Self::default() };
        transaction.check_version(&member.key, member.version, || Error::Raced);
        transaction
    }

    /// A write that no workspace's role allows or forbids: to accounts, sign-ins, tickets.
    pub fn outside_workspaces() -> Self {
        Self::default()
    }

    /// Puts new content where nothing may be yet; `taken` says what it is when something is.
    pub fn put_new<T: Entity>(
        &mut self,
        key: &Key,
        value: &T,
        beside: Beside,
        taken: impl FnOnce() -> Error + Send + 'static,
    ) {
        const { assert!(!T::GUARDED, "this entity is written through its own methods") };
        self.push_put(key, 1, value, beside, Some(Box::new(taken)));
    }

    /// Puts content that comes from another place, with the version that it has reached.
    pub(crate) fn put_new_at<T: Entity>(&mut self, key: &Key, version: u64, value: &T, beside: Beside) {
        self.push_put(key, version, value, beside, Some(Box::new(|| Error::Raced)));
    }

    /// Puts content, whatever was there.
    pub fn put<T: Entity>(&mut self, key: &Key, value: &T, beside: Beside) {
        const { assert!(!T::GUARDED, "this entity is written through its own methods") };
        self.push_put(key, 1, value, beside, None);
    }

    /// As [`Transaction::put`], for an entity that is written through its own methods.
    pub(crate) fn put_guarded<T: Entity>(&mut self, key: &Key, value: &T, beside: Beside) {
        self.push_put(key, 1, value, beside, None);
    }

    /// Puts content; with a refusal, only where nothing is yet.
    fn push_put<T: Entity>(&mut self, key: &Key, version: u64, value: &T, beside: Beside, taken: Option<Refusal>) {
        let put = attributes(key, version, value).and_then(|mut item| {
            beside.add_to(&mut item);
            let condition = taken.is_some().then(|| "attribute_not_exists(pk)".to_owned());
            let put = Put::builder().table_name("").set_item(Some(item)).set_condition_expression(condition);
            Ok(TransactWriteItem::builder().put(put.build().map_err(Error::internal)?).build())
        });
        self.push(put, taken);
    }

    /// Replaces content that was read, if nobody wrote it since; what stands beside it and is not named stays.
    pub fn update<T: Entity>(&mut self, stored: &Stored<T>, value: &T, index: Option<Key>) -> u64 {
        const { assert!(!T::GUARDED, "this entity is written through its own methods") };
        self.update_beside(stored, value, Beside { index, ..Beside::default() })
    }

    /// Writes content of which there is at most one at `key`, if nobody wrote it since `before` was read; its version after
    /// the write.
    pub(crate) fn settle<T: Entity>(&mut self, key: &Key, before: Option<&Stored<T>>, value: &T) -> u64 {
        match before {
            Some(stored) => self.update(stored, value, None),
            None => {
                self.put_new(key, value, Beside::default(), || Error::Raced);
                1
            }
        }
    }

    /// As [`Transaction::update`], for content whose end moves too.
    pub(crate) fn update_beside<T: Entity>(&mut self, stored: &Stored<T>, value: &T, beside: Beside) -> u64 {
        self.update_to(stored, value, beside, stored.version + 1)
    }

    /// As [`Transaction::update_beside`], for a change that nobody sees: the version stays.
    pub(crate) fn update_quietly<T: Entity>(&mut self, stored: &Stored<T>, value: &T, beside: Beside) {
        self.update_to(stored, value, beside, stored.version);
    }

    fn update_to<T: Entity>(&mut self, stored: &Stored<T>, value: &T, beside: Beside, version: u64) -> u64 {
        let document = match serde_json::to_string(value) {
            Ok(document) => document,
            Err(error) => {
                self.fault = Some(Error::internal(error));
                return version;
            }
        };
        let mut set = format!("SET {} = :doc, #version = :next, #schema = :schema", T::ATTRIBUTE);
        let mut update = Update::builder()
            .table_name("")
            .set_key(Some(key_attributes(&stored.key)))
            .condition_expression("#version = :now")
            .expression_attribute_names("#version", "version")
            .expression_attribute_names("#schema", "schema")
            .expression_attribute_values(":doc", AttributeValue::S(document))
            .expression_attribute_values(":schema", AttributeValue::N(T::SCHEMA.to_string()))
            .expression_attribute_values(":next", AttributeValue::N(version.to_string()))
            .expression_attribute_values(":now", AttributeValue::N(stored.version.to_string()));
        if let Some(index) = beside.index {
            set.push_str(", gsi1pk = :index_pk, gsi1sk = :index_sk");
            update = update
                .expression_attribute_values(":index_pk", AttributeValue::S(index.pk))
                .expression_attribute_values(":index_sk", AttributeValue::S(index.sk));
        }
        if let Due::At(due) = &beside.due {
            set.push_str(", gsi2pk = :due_pk, gsi2sk = :due_sk");
            update = update
                .expression_attribute_values(":due_pk", AttributeValue::S(due.pk.clone()))
                .expression_attribute_values(":due_sk", AttributeValue::S(due.sk.clone()));
        }
        if let Some(at) = beside.expires {
            set.push_str(", #ttl = :ttl");
            update = update
                .expression_attribute_names("#ttl", "ttl")
                .expression_attribute_values(":ttl", AttributeValue::N(at.as_second().to_string()));
        }
        if let Due::Never = beside.due {
            set.push_str(" REMOVE gsi2pk, gsi2sk");
        }
        self.push_update(update.update_expression(set), || Error::Raced);
        version
    }

    /// Removes content that was read, if nobody wrote it since.
    pub fn delete<T: Entity>(&mut self, stored: &Stored<T>) {
        const { assert!(!T::GUARDED, "this entity is written through its own methods") };
        self.delete_version(&stored.key, stored.version);
    }

    /// Removes what stands at `key`, if it still has this version.
    pub(crate) fn delete_version(&mut self, key: &Key, version: u64) {
        let delete = Delete::builder()
            .table_name("")
            .set_key(Some(key_attributes(key)))
            .condition_expression("#version = :now")
            .expression_attribute_names("#version", "version")
            .expression_attribute_values(":now", AttributeValue::N(version.to_string()));
        self.push_delete(delete, Some(Box::new(|| Error::Raced)));
    }

    /// Removes content that was read, if nobody wrote it or counted beside it since.
    pub(crate) fn delete_counted<T>(&mut self, stored: &Stored<T>, numbers: &[(&'static str, u32)]) {
        let mut condition = "#version = :now".to_owned();
        let mut delete = Delete::builder()
            .table_name("")
            .set_key(Some(key_attributes(&stored.key)))
            .expression_attribute_names("#version", "version")
            .expression_attribute_values(":now", AttributeValue::N(stored.version.to_string()));
        for (name, number) in numbers {
            let missing = if *number == 0 { format!("attribute_not_exists({name}) OR ") } else { String::new() };
            condition.push_str(&format!(" AND ({missing}{name} = :{name})"));
            delete = delete.expression_attribute_values(format!(":{name}"), AttributeValue::N(number.to_string()));
        }
        self.push_delete(delete.condition_expression(condition), Some(Box::new(|| Error::Raced)));
    }

    /// Adds to a number beside the content at `key`, where there is any; its version stays.
    pub(crate) fn add(
        &mut self,
        key: &Key,
        attribute: &str,
        change: i64,
        gone: impl FnOnce() -> Error + Send + 'static,
    ) {
        let update = Update::builder()
            .table_name("")
            .set_key(Some(key_attributes(key)))
            .update_expression("ADD #number :change")
            .condition_expression("attribute_exists(pk)")
            .expression_attribute_names("#number", attribute)
            .expression_attribute_values(":change", AttributeValue::N(change.to_string()));
        self.push_update(update, gone);
    }

    /// Puts a mark into the set `attribute` beside content that was read, where it is not yet, or takes it out, where it
    /// is; the content's version stays.
    pub(crate) fn mark<T>(&mut self, stored: &Stored<T>, attribute: &str, mark: &str, put: bool) {
        let (step, condition) =
            if put { ("ADD", "NOT contains(#set, :mark)") } else { ("DELETE", "contains(#set, :mark)") };
        let update = Update::builder()
            .table_name("")
            .set_key(Some(key_attributes(&stored.key)))
            .update_expression(format!("{step} #set :marks"))
            .condition_expression(format!("#version = :now AND {condition}"))
            .expression_attribute_names("#set", attribute)
            .expression_attribute_names("#version", "version")
            .expression_attribute_values(":now", AttributeValue::N(stored.version.to_string()))
            .expression_attribute_values(":mark", AttributeValue::S(mark.to_owned()))
            .expression_attribute_values(":marks", AttributeValue::Ss(vec![mark.to_owned()]));
        self.push_update(update, || Error::Raced);
    }

    /// Adds to numbers of the item at `key`, which need not be there yet.
    pub(crate) fn add_numbers(&mut self, key: &Key, changes: &[(&'static str, i128)]) {
        let mut update = Update::builder().table_name("").set_key(Some(key_attributes(key)));
        let mut sums = Vec::with_capacity(changes.len());
        for (name, change) in changes {
            sums.push(format!("#{name} :{name}"));
            update = update
                .expression_attribute_names(format!("#{name}"), *name)
                .expression_attribute_values(format!(":{name}"), AttributeValue::N(change.to_string()));
        }
        // Without a condition there is nothing that could refuse it.
        self.push_update(update.update_expression(format!("ADD {}", sums.join(", "))), || Error::Raced);
    }

    /// Puts an update whose expressions are complete into the write.
    pub(crate) fn push_update(&mut self, update: UpdateBuilder, refused: impl FnOnce() -> Error + Send + 'static) {
        let update = update.build().map_err(Error::internal);
        self.push(update.map(|update| TransactWriteItem::builder().update(update).build()), Some(Box::new(refused)));
    }

    /// Removes whatever stands at `key`.
    pub fn remove(&mut self, key: &Key) {
        self.push_delete(Delete::builder().table_name("").set_key(Some(key_attributes(key))), None);
    }

    fn push_delete(&mut self, delete: DeleteBuilder, refusal: Option<Refusal>) {
        let delete = delete.build().map_err(Error::internal);
        self.push(delete.map(|delete| TransactWriteItem::builder().delete(delete).build()), refusal);
    }

    fn push(&mut self, item: Result<TransactWriteItem>, refusal: Option<Refusal>) {
        match item {
            Ok(item) => {
                self.items.push(item);
                self.refusals.push(refusal);
            }
            Err(fault) => self.fault = Some(fault),
        }
    }

    /// Goes through only if something stands at `key`.
    pub fn check_exists(&mut self, key: &Key, gone: impl FnOnce() -> Error + Send + 'static) {
        self.check(ConditionCheck::builder().condition_expression("attribute_exists(pk)"), key, Box::new(gone));
    }

    /// Goes through only if nothing stands at `key`.
    pub fn check_absent(&mut self, key: &Key, there: impl FnOnce() -> Error + Send + 'static) {
        self.check(ConditionCheck::builder().condition_expression("attribute_not_exists(pk)"), key, Box::new(there));
    }

    /// Goes through only if what stands at `key` still has the version that was read.
    pub fn check_version(&mut self, key: &Key, version: u64, changed: impl FnOnce() -> Error + Send + 'static) {
        let check = ConditionCheck::builder()
            .condition_expression("#version = :now")
            .expression_attribute_names("#version", "version")
            .expression_attribute_values(":now", AttributeValue::N(version.to_string()));
        self.check(check, key, Box::new(changed));
    }

    fn check(&mut self, check: ConditionCheckBuilder, key: &Key, refusal: Refusal) {
        let check = check.table_name("").set_key(Some(key_attributes(key))).build().map_err(Error::internal);
        self.push(check.map(|check| TransactWriteItem::builder().condition_check(check).build()), Some(refusal));
    }

    /// How many items it writes or checks.
    pub fn len(&self) -> usize {
        self.items.len()
    }

    /// Keeps room for `items` that are put in at the end.
    pub fn reserve(&mut self, items: usize) {
        self.reserved += items;
    }

    /// Gives up room for `items` that was reserved: they are about to be put in.
    pub fn release(&mut self, items: usize) {
        self.reserved = self.reserved.saturating_sub(items);
    }

    /// Whether AWS takes it, with the items that room is reserved for.
    pub fn fits(&self) -> bool {
        self.items.len() + self.reserved <= MOST_ITEMS
    }

    /// How many more items it takes, beside those that room is reserved for.
    pub fn room(&self) -> usize {
        MOST_ITEMS.saturating_sub(self.items.len() + self.reserved)
    }

    /// Takes over the items of `other`, with their conditions, and the room that it reserves.
    pub fn append(&mut self, other: Self) {
        self.items.extend(other.items);
        self.refusals.extend(other.refusals);
        self.reserved += other.reserved;
        self.fault = self.fault.take().or(other.fault);
    }

    /// Whether there is nothing to do.
    pub fn is_empty(&self) -> bool {
        self.items.is_empty()
    }
}

/// The same item, for the table `name`: a transaction is put together before it is known which table it goes to.
fn addressed(item: TransactWriteItem, name: &str) -> TransactWriteItem {
    let TransactWriteItem { mut put, mut update, mut delete, mut condition_check, .. } = item;
    for put in put.iter_mut() {
        name.clone_into(&mut put.table_name);
    }
    for update in update.iter_mut() {
        name.clone_into(&mut update.table_name);
    }
    for delete in delete.iter_mut() {
        name.clone_into(&mut delete.table_name);
    }
    for check in condition_check.iter_mut() {
        name.clone_into(&mut check.table_name);
    }
    TransactWriteItem::builder()
        .set_put(put)
        .set_update(update)
        .set_delete(delete)
        .set_condition_check(condition_check)
        .build()
}

impl Table<Write> {
    /// Writes all of it, or none.
    ///
    /// A lost answer is safe: the SDK asks again with the same request token, which AWS takes once in ten minutes.
    ///
    /// # Errors
    /// What the first condition that did not hold says; [`Error::Raced`] where another transaction was at the same
    /// items at the same moment.
    pub async fn commit(&self, transaction: Transaction) -> Result<()> {
        if let Some(fault) = transaction.fault {
            return Err(fault);
        }
        if transaction.items.len() > MOST_ITEMS {
            return Err(Error::internal(format!("a transaction of {} items", transaction.items.len())));
        }
        let items = transaction.items.into_iter().map(|item| addressed(item, &self.name)).collect();
        let request =
            self.client.transact_write_items().set_transact_items(Some(items)).client_request_token(random_string(32));
        let Err(error) = request.send().await else { return Ok(()) };
        if let Some(reasons) = cancellation(&error) {
            for (reason, refusal) in reasons.iter().zip(transaction.refusals) {
                match (reason.code(), refusal) {
                    (Some("ConditionalCheckFailed"), Some(refusal)) => return Err(refusal()),
                    (Some("TransactionConflict"), _) => return Err(Error::Raced),
                    (Some("ThrottlingError" | "ProvisionedThroughputExceeded"), _) => {
                        return Err(Error::Busy(Box::new(error)));
                    }
                    _ => {}
                }
            }
        }
        Err(failed(error))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(items: usize) -> Transaction {
        let mut transaction = Transaction::default();
        (0..items).for_each(|item| transaction.remove(&Key { pk: "W#1".to_owned(), sk: item.to_string() }));
        transaction
    }

    #[test]
    fn room_is_what_aws_takes_less_what_is_in_it_and_what_is_reserved() {
        let mut transaction = of(60);
        assert_eq!(transaction.room(), 40);
        transaction.reserve(3);
        assert_eq!(transaction.room(), 37);
        transaction.append(of(37));
        assert_eq!((transaction.len(), transaction.room(), transaction.fits()), (97, 0, true));
        transaction.append(of(1));
        assert_eq!((transaction.room(), transaction.fits()), (0, false));
        transaction.release(3);
        assert_eq!((transaction.room(), transaction.fits()), (2, true));
    }

    #[test]
    fn what_is_taken_over_keeps_its_conditions_and_its_fault() {
        let mut transaction = of(1);
        let mut other = Transaction::default();
        other.check_absent(&Key { pk: "W#1".to_owned(), sk: "TAKEN".to_owned() }, || Error::conflict("taken"));
        other.fault = Some(Error::internal("broken"));
        transaction.append(other);
        assert_eq!(transaction.items.len(), transaction.refusals.len());
        assert!(transaction.refusals[0].is_none() && transaction.refusals[1].is_some());
        assert!(transaction.fault.is_some());
    }
}
