//! Request bodies: strict parsing with precise errors.

use crate::answer::Json;
use axum::http::{HeaderMap, header};
use millrace_domain::{Error, FieldError, Result};
use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde::{Deserialize, de::DeserializeOwned};

/// No parameters, or no body. Unknown query parameters are nobody's business.
#[derive(Debug, Clone, Copy, Default, Deserialize, JsonSchema)]
pub struct Nothing {}

/// What an endpoint takes as its body.
pub trait Body: Clone + Send + Sync + Sized + 'static {
    /// Reads it.
    ///
    /// # Errors
    /// [`Error::UnsupportedType`], [`Error::Malformed`] or [`Error::Invalid`] naming the field.
    fn read(headers: &HeaderMap, bytes: &[u8]) -> Result<Self>;

    /// Its schema; none where there is no body.
    fn schema(generator: &mut SchemaGenerator) -> Option<Schema>;

    /// Whether it has to be sent.
    const REQUIRED: bool = true;
}

impl Body for Nothing {
    fn read(_: &HeaderMap, _: &[u8]) -> Result<Self> {
        Ok(Self {})
    }
    fn schema(_: &mut SchemaGenerator) -> Option<Schema> {
        None
    }
}

impl<T: DeserializeOwned + JsonSchema + Clone + Send + Sync + 'static> Body for Json<T> {
    fn read(headers: &HeaderMap, bytes: &[u8]) -> Result<Self> {
        let sent = headers.get(header::CONTENT_TYPE).map(|value| value.to_str().unwrap_or("").to_ascii_lowercase());
        let essence = sent.as_deref().map(|sent| sent.split(';').next().unwrap_or("").trim());
        if essence.is_some_and(|essence| essence != "application/json" && !essence.ends_with("+json")) {
            return Err(Error::UnsupportedType("This takes a body of the type application/json.".to_owned()));
        }
        let text = std::str::from_utf8(bytes).map_err(|_| Error::Malformed("The body is not UTF-8.".to_owned()))?;
        if text.trim().is_empty() {
            return Err(Error::Malformed("This takes a JSON body, and none was sent.".to_owned()));
        }
        let mut deserializer = serde_json::Deserializer::from_str(text);
        let value = serde_path_to_error::deserialize(&mut deserializer).map_err(|error| {
            // Where one of several words is wanted, the parser calls a number or a null broken JSON.
            let broken = error.inner().is_syntax() && serde_json::from_str::<serde::de::IgnoredAny>(text).is_err();
            if error.inner().is_syntax() && !broken {
                return invalid(&error.path().to_string(), "is not one of the words that this field takes");
            }
            refused(error)
        })?;
        deserializer.end().map_err(|_| Error::Malformed("Something follows the end of the JSON body.".to_owned()))?;
        Ok(Self(value))
    }
    fn schema(generator: &mut SchemaGenerator) -> Option<Schema> {
        Some(generator.subschema_for::<T>())
    }
}

/// A body that may be left out.
impl<T: DeserializeOwned + JsonSchema + Clone + Send + Sync + 'static> Body for Option<Json<T>> {
    const REQUIRED: bool = false;
    fn read(headers: &HeaderMap, bytes: &[u8]) -> Result<Self> {
        if bytes.is_empty() { Ok(None) } else { Json::read(headers, bytes).map(Some) }
    }
    fn schema(generator: &mut SchemaGenerator) -> Option<Schema> {
        <Json<T> as Body>::schema(generator)
    }
}

pub(crate) fn refused(error: serde_path_to_error::Error<serde_json::Error>) -> Error {
    let path = error.path().to_string();
    let cause = error.into_inner();
    if cause.classify() == serde_json::error::Category::Data {
        invalid(&path, &cause.to_string())
    } else {
        Error::Malformed(format!("The body is not JSON: {cause}."))
    }
}

/// The error for a value that does not fit: names the field, says why in words.
pub(crate) fn invalid(path: &str, cause: &str) -> Error {
    let path = if path == "." { "" } else { path };
    let cause = cause.split(" at line ").next().unwrap_or(cause);
    let named = |prefix: &str| cause.strip_prefix(prefix).and_then(|rest| rest.split('`').next());
    let join = |name: &str| if path.is_empty() { name.to_owned() } else { format!("{path}.{name}") };
    let (field, message) = if let Some(name) = named("unknown field `") {
        // serde names the unknown field itself as the end of the path.
        let known = path == name || path.ends_with(&format!(".{name}"));
        (if known { path.to_owned() } else { join(name) }, "is not a field of this request".to_owned())
    } else if let Some(name) = named("missing field `") {
        (join(name), "is missing".to_owned())
    } else {
        (if path.is_empty() { "body".to_owned() } else { path.to_owned() }, cause.to_owned())
    };
    Error::Invalid(vec![FieldError { field, message }])
}

/// Reads the query of a request.
///
/// # Errors
/// [`Error::Invalid`] naming the parameter.
pub(crate) fn read_query<Q: DeserializeOwned>(query: &str) -> Result<Q> {
    let pairs: Vec<(std::borrow::Cow<'_, str>, std::borrow::Cow<'_, str>)> =
        serde_urlencoded::from_str(query).map_err(|_| Error::Malformed("The query cannot be read.".to_owned()))?;
    // An empty parameter is one that was left out: forms send them so.
    let pairs = pairs.into_iter().filter(|(_, value)| !value.is_empty());
    let deserializer = serde::de::value::MapDeserializer::<_, serde::de::value::Error>::new(
        pairs.map(|(name, value)| (name.into_owned(), Parameter(value.into_owned()))),
    );
    serde_path_to_error::deserialize(deserializer)
        .map_err(|error| invalid(&error.path().to_string(), &error.inner().to_string()))
}

/// A query parameter, which may be asked for as text, number or truth value.
struct Parameter(String);

impl<'de> serde::de::IntoDeserializer<'de, serde::de::value::Error> for Parameter {
    type Deserializer = Self;
    fn into_deserializer(self) -> Self {
        self
    }
}

macro_rules! parsed {
    ($($method:ident $visit:ident $type:ty, $what:literal;)+) => {
        $(fn $method<V: serde::de::Visitor<'de>>(self, visitor: V) -> Result<V::Value, Self::Error> {
            let value = self.0.parse::<$type>().map_err(|_| serde::de::Error::custom(concat!("is not ", $what)))?;
            visitor.$visit(value)
        })+
    };
}

impl<'de> serde::Deserializer<'de> for Parameter {
    type Error = serde::de::value::Error;

    fn deserialize_any<V: serde::de::Visitor<'de>>(self, visitor: V) -> Result<V::Value, Self::Error> {
        visitor.visit_string(self.0)
    }
    fn deserialize_option<V: serde::de::Visitor<'de>>(self, visitor: V) -> Result<V::Value, Self::Error> {
        visitor.visit_some(self)
    }
    fn deserialize_newtype_struct<V: serde::de::Visitor<'de>>(
        self,
        _: &'static str,
        visitor: V,
    ) -> Result<V::Value, Self::Error> {
        visitor.visit_newtype_struct(self)
    }
    fn deserialize_enum<V: serde::de::Visitor<'de>>(
        self,
        name: &'static str,
        variants: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Self::Error> {
        serde::de::IntoDeserializer::<Self::Error>::into_deserializer(self.0).deserialize_enum(name, variants, visitor)
    }
    parsed! {
        deserialize_bool visit_bool bool, "true or false";
        deserialize_u8 visit_u8 u8, "a whole number in range";
        deserialize_u16 visit_u16 u16, "a whole number in range";
        deserialize_u32 visit_u32 u32, "a whole number in range";
        deserialize_u64 visit_u64 u64, "a whole number in range";
        deserialize_i64 visit_i64 i64, "a whole number in range";
        deserialize_f64 visit_f64 f64, "a number";
    }
    serde::forward_to_deserialize_any! {
        i8 i16 i32 f32 char str string bytes byte_buf unit unit_struct seq tuple tuple_struct map struct identifier ignored_any
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use millrace_domain::{id::TaskKey, task::Priority, text::Name};

    #[derive(Debug, Clone, Deserialize, JsonSchema)]
    #[serde(deny_unknown_fields)]
    #[allow(dead_code)]
    struct Inner {
        name: Name,
    }
    #[derive(Debug, Clone, Deserialize, JsonSchema)]
    #[serde(deny_unknown_fields)]
    #[allow(dead_code)]
    struct Outer {
        list: Vec<Inner>,
        count: Option<u32>,
    }

    fn field_of(body: &[u8]) -> (u16, String) {
        match Json::<Outer>::read(&HeaderMap::new(), body).expect_err("is refused") {
            Error::Invalid(errors) => (422, errors[0].field.clone()),
            other => (other.status(), String::new()),
        }
    }

    #[test]
    fn a_deserialisation_error_names_the_field() {
        assert_eq!(field_of(br#"{"list": [{"name": ""}]}"#), (422, "list[0].name".to_owned()));
        assert_eq!(field_of(br#"{"list": [{"name": "a", "x": 1}]}"#), (422, "list[0].x".to_owned()));
        assert_eq!(field_of(br#"{"list": [{}]}"#), (422, "list[0].name".to_owned()));
        assert_eq!(field_of(br#"{"count": 1}"#), (422, "list".to_owned()));
        assert_eq!(field_of(br#"{"list": [], "count": -1}"#), (422, "count".to_owned()));
        assert_eq!(field_of(br#"{"list": [], "x": -1}"#), (422, "x".to_owned()));
        assert_eq!(field_of(br#"[]"#).0, 422);
    }

    #[test]
    fn a_wrong_type_is_422_and_not_400() {
        #[derive(Debug, Clone, Deserialize, JsonSchema)]
        #[allow(dead_code)]
        struct Urgent {
            priority: Priority,
        }
        for body in [&br#"{"priority": 1}"#[..], br#"{"priority": null}"#, br#"{"priority": "huge"}"#] {
            match Json::<Urgent>::read(&HeaderMap::new(), body) {
                Err(Error::Invalid(errors)) => assert_eq!(errors[0].field, "priority"),
                other => panic!("{other:?}"),
            }
        }
    }

    #[test]
    fn invalid_json_is_400() {
        for body in [&b"{"[..], b"", b"\xff\xfe", b"{}{}", b"{\"list\": }"] {
            assert_eq!(field_of(body).0, if body == b"{}{}" { 422 } else { 400 }, "{body:?}");
        }
        assert_eq!(field_of("[".repeat(100_000).as_bytes()).0, 422);
    }

    #[derive(Debug, Deserialize)]
    struct Query {
        limit: Option<u8>,
        task: Option<TaskKey>,
        priority: Option<Priority>,
        archived: Option<bool>,
    }

    #[test]
    fn a_query_is_typed_and_its_strangers_are_ignored() {
        let query: Query = read_query("limit=5&task=web-1&priority=high&archived=true&utm_source=x").expect("reads");
        assert_eq!((query.limit, query.priority, query.archived), (Some(5), Some(Priority::High), Some(true)));
        assert_eq!(query.task.expect("a task").to_string(), "WEB-1");
        assert!(read_query::<Query>("limit=").expect("reads").limit.is_none());
        for (wrong, field) in
            [("limit=x", "limit"), ("priority=huge", "priority"), ("task=1", "task"), ("archived=2", "archived")]
        {
            match read_query::<Query>(wrong) {
                Err(Error::Invalid(errors)) => assert_eq!(errors[0].field, field),
                other => panic!("{wrong}: {other:?}"),
            }
        }
    }
}
