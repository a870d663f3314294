//! What endpoints answer with.

use axum::{
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use millrace_domain::{Error, Result, resource::Versioned};
use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde::Serialize;

/// JSON, as a body and as an answer with the status 200.
#[derive(Debug, Clone)]
pub struct Json<T>(pub T);

/// JSON of a resource with a version, which goes out as its `ETag`; status 200.
#[derive(Debug, Clone)]
pub struct Tagged<T>(pub T);

/// JSON of something new; status 201.
#[derive(Debug, Clone)]
pub struct Created<T>(pub T);

/// Nothing to say; status 204.
#[derive(Debug, Clone, Copy)]
pub struct NoContent;

/// It will happen, or there was nothing to do: nobody learns which; status 202.
#[derive(Debug, Clone, Copy)]
pub struct Accepted;

/// An answer with a cookie.
#[derive(Debug, Clone)]
pub struct WithCookie<A> {
    /// The whole value of `Set-Cookie`; none where the browser's cookies stay as they are.
    pub cookie: Option<String>,
    /// The answer.
    pub answer: A,
}

/// What an endpoint can answer with.
pub trait Answer: Send + Sized + 'static {
    /// The status.
    const STATUS: u16;
    /// Turns it into a response.
    ///
    /// # Errors
    /// [`Error::Internal`] where it cannot be written as JSON.
    fn respond(self) -> Result<Response>;
    /// Its schema; none where there is no body.
    fn schema(generator: &mut SchemaGenerator) -> Option<Schema>;
    /// What `Idempotency-Key` keeps of it.
    fn kept(&self) -> impl Serialize;
    /// Whether it carries an `ETag`.
    const TAGGED: bool = false;
    /// The type of its body.
    const CONTENT_TYPE: &'static str = "application/json";
}

fn json<T: Serialize>(status: u16, value: &T) -> Result<Response> {
    let bytes = serde_json::to_vec(value).map_err(Error::internal)?;
    let status = StatusCode::from_u16(status).map_err(Error::internal)?;
    Ok((status, [(header::CONTENT_TYPE, HeaderValue::from_static("application/json"))], bytes).into_response())
}

fn tagged<T: Serialize + Versioned>(status: u16, value: &T) -> Result<Response> {
    let mut response = json(status, value)?;
    let tag = HeaderValue::from_str(&format!("\"{}\"", value.version())).map_err(Error::internal)?;
    response.headers_mut().insert(header::ETAG, tag);
    Ok(response)
}

impl<T: Serialize + JsonSchema + Send + 'static> Answer for Json<T> {
    const STATUS: u16 = 200;
    fn respond(self) -> Result<Response> {
        json(Self::STATUS, &self.0)
    }
    fn schema(generator: &mut SchemaGenerator) -> Option<Schema> {
        Some(generator.subschema_for::<T>())
    }
    fn kept(&self) -> impl Serialize {
        &self.0
    }
}

impl<T: Serialize + JsonSchema + Versioned + Send + 'static> Answer for Tagged<T> {
    const STATUS: u16 = 200;
    const TAGGED: bool = true;
    fn respond(self) -> Result<Response> {
        tagged(Self::STATUS, &self.0)
    }
    fn schema(generator: &mut SchemaGenerator) -> Option<Schema> {
        Some(generator.subschema_for::<T>())
    }
    fn kept(&self) -> impl Serialize {
        &self.0
    }
}

impl<T: Serialize + JsonSchema + Send + 'static> Answer for Created<T> {
    const STATUS: u16 = 201;
    fn respond(self) -> Result<Response> {
        let value = serde_json::to_value(&self.0).map_err(Error::internal)?;
        created(&value)
    }
    fn schema(generator: &mut SchemaGenerator) -> Option<Schema> {
        Some(generator.subschema_for::<T>())
    }
    fn kept(&self) -> impl Serialize {
        &self.0
    }
}

/// Something new, now or when it was made: the same answer either way.
fn created(value: &serde_json::Value) -> Result<Response> {
    let mut response = json(201, value)?;
    if let Some(version) = value.get("version").and_then(serde_json::Value::as_u64) {
        let tag = HeaderValue::from_str(&format!("\"{version}\"")).map_err(Error::internal)?;
        response.headers_mut().insert(header::ETAG, tag);
    }
    Ok(response)
}

/// An answer that was given before to the same `Idempotency-Key`.
pub(crate) fn replayed(status: u16, body: &serde_json::Value) -> Result<Response> {
    match status {
        201 => created(body),
        204 => NoContent.respond(),
        status => json(status, body),
    }
}

impl Answer for NoContent {
    const STATUS: u16 = 204;
    fn respond(self) -> Result<Response> {
        Ok(StatusCode::NO_CONTENT.into_response())
    }
    fn schema(_: &mut SchemaGenerator) -> Option<Schema> {
        None
    }
    fn kept(&self) -> impl Serialize {}
}

impl Answer for Accepted {
    const STATUS: u16 = 202;
    fn respond(self) -> Result<Response> {
        Ok(StatusCode::ACCEPTED.into_response())
    }
    fn schema(_: &mut SchemaGenerator) -> Option<Schema> {
        None
    }
    fn kept(&self) -> impl Serialize {}
}

impl<A: Answer> Answer for WithCookie<A> {
    const STATUS: u16 = A::STATUS;
    const TAGGED: bool = A::TAGGED;
    fn respond(self) -> Result<Response> {
        let mut response = self.answer.respond()?;
        if let Some(cookie) = self.cookie {
            let cookie = HeaderValue::from_str(&cookie).map_err(Error::internal)?;
            response.headers_mut().append(header::SET_COOKIE, cookie);
        }
        Ok(response)
    }
    fn schema(generator: &mut SchemaGenerator) -> Option<Schema> {
        A::schema(generator)
    }
    fn kept(&self) -> impl Serialize {
        self.answer.kept()
    }
}

/// Where something is to be had.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct Address {
    /// A signed address, which is good for some minutes.
    pub url: String,
}

/// Leads to another address, by the status 302; a caller who asked for it is told in a body, with the status 200.
#[derive(Debug, Clone)]
pub struct Redirect {
    /// The address.
    pub url: String,
    /// Whether it is told in a body.
    pub told: bool,
}

impl Answer for Redirect {
    const STATUS: u16 = 200;
    fn respond(self) -> Result<Response> {
        if self.told {
            return json(Self::STATUS, &Address { url: self.url });
        }
        let location = HeaderValue::from_str(&self.url).map_err(Error::internal)?;
        Ok((StatusCode::FOUND, [(header::LOCATION, location)]).into_response())
    }
    fn schema(generator: &mut SchemaGenerator) -> Option<Schema> {
        Some(generator.subschema_for::<Address>())
    }
    fn kept(&self) -> impl Serialize {
        Address { url: self.url.clone() }
    }
}

/// A page, or another text, as it is.
#[derive(Debug, Clone)]
pub struct Html(pub String);

impl Answer for Html {
    const STATUS: u16 = 200;
    const CONTENT_TYPE: &'static str = "text/html";
    fn respond(self) -> Result<Response> {
        Ok(([(header::CONTENT_TYPE, HeaderValue::from_static("text/html; charset=utf-8"))], self.0).into_response())
    }
    fn schema(generator: &mut SchemaGenerator) -> Option<Schema> {
        Some(generator.subschema_for::<String>())
    }
    fn kept(&self) -> impl Serialize {
        &self.0
    }
}

/// JSON, or the same as CSV for a spreadsheet where the caller asks for that.
#[derive(Debug, Clone)]
pub enum JsonOrCsv<T> {
    /// JSON.
    Json(T),
    /// CSV (RFC 4180) in UTF-8.
    Csv {
        /// What a browser calls the file.
        file: String,
        /// What is in it.
        text: String,
    },
}

impl<T: Serialize + JsonSchema + Send + 'static> Answer for JsonOrCsv<T> {
    const STATUS: u16 = 200;
    fn respond(self) -> Result<Response> {
        match self {
            Self::Json(value) => json(Self::STATUS, &value),
            Self::Csv { file, text } => {
                let named = HeaderValue::from_str(&format!("attachment; filename=\"{file}\""));
                let headers = [
                    (header::CONTENT_TYPE, HeaderValue::from_static("text/csv; charset=utf-8")),
                    (header::CONTENT_DISPOSITION, named.map_err(Error::internal)?),
                ];
                Ok((headers, text).into_response())
            }
        }
    }
    fn schema(generator: &mut SchemaGenerator) -> Option<Schema> {
        Some(generator.subschema_for::<T>())
    }
    fn kept(&self) -> impl Serialize {
        match self {
            Self::Json(value) => Some(value),
            Self::Csv { .. } => None,
        }
    }
}

/// A part of a list.
#[derive(Debug, Clone, Serialize)]
pub struct List<T> {
    /// This part.
    pub items: Vec<T>,
    /// The cursor of the next part; null at the end.
    pub next: Option<String>,
}

impl<T: JsonSchema> JsonSchema for List<T> {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        format!("{}List", T::schema_name()).into()
    }
    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let items = generator.subschema_for::<Vec<T>>();
        schemars::json_schema!({
            "type": "object",
            "description": "A part of a list.",
            "properties": {
                "items": {"description": "This part.", "allOf": [items]},
                "next": {"type": ["string", "null"], "description": "The cursor of the next part; null at the end."}
            },
            "required": ["items", "next"]
        })
    }
}

impl<T> From<millrace_store::cursor::Page<T>> for List<T> {
    fn from(page: millrace_store::cursor::Page<T>) -> Self {
        Self { items: page.items, next: page.next }
    }
}

impl<T> List<T> {
    /// A list that is whole in one part.
    pub fn whole(items: Vec<T>) -> Self {
        Self { items, next: None }
    }
}

/// JSON that was written when the function was built.
#[derive(Debug, Clone, Copy)]
pub struct JsonText(pub &'static str);

impl Answer for JsonText {
    const STATUS: u16 = 200;
    fn respond(self) -> Result<Response> {
        Ok(([(header::CONTENT_TYPE, HeaderValue::from_static("application/json"))], self.0).into_response())
    }
    fn schema(_: &mut SchemaGenerator) -> Option<Schema> {
        Some(schemars::json_schema!({"type": "object"}))
    }
    fn kept(&self) -> impl Serialize {
        self.0
    }
}
