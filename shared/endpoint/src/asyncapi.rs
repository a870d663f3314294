//! The AsyncAPI 3.0 document (<https://www.asyncapi.com/docs/reference/specification/v3.0.0>) of the live side, from the
//! declarations: the actions that a client sends, the frames that it gets, and the events that frames carry.

use crate::{
    declared::{Declared, Trigger},
    openapi::generator,
    socket::SocketOperation,
};
use schemars::{JsonSchema, generate::SchemaSettings};
use serde_json::{Map, Value, json};

/// One form of a tagged type: a frame, or a kind of event.
struct Form {
    /// The tag's value.
    name: String,
    about: String,
    schema: Value,
}

impl Form {
    /// Puts the fields that a reference leads to beside the tag: a form is then described in one place.
    /// The name of what it led to.
    fn take_in(&mut self, definitions: &mut Map<String, Value>) -> Option<String> {
        let name = self.schema["$ref"].as_str()?.rsplit('/').next()?.to_owned();
        let whole = definitions.remove(&name)?;
        let joined = |key: &str| -> Value {
            match (self.schema[key].clone(), whole[key].clone()) {
                (Value::Object(mut own), Value::Object(more)) => {
                    own.extend(more);
                    own.into()
                }
                (Value::Array(own), Value::Array(more)) => own.into_iter().chain(more).collect(),
                (own, Value::Null) => own,
                (_, more) => more,
            }
        };
        let (properties, required) = (joined("properties"), joined("required"));
        self.schema =
            json!({"type": "object", "description": self.about, "properties": properties, "required": required});
        Some(name)
    }
}

/// The whole document. `Frame` is the type of all frames, `Event` that of events; both are tagged by `type`. `pushed` names
/// the frames that come without an action of the client.
///
/// # Panics
/// Where two types have one name, where one type is sent and answered in different forms, or where a frame neither
/// answers an action nor is `pushed`: all are mistakes in the declarations, and a test finds them.
pub fn document<Frame: JsonSchema, Event: JsonSchema>(functions: &[Declared], pushed: &[&str]) -> Value {
    let mut sent = generator(SchemaSettings::draft2020_12().for_deserialize());
    let mut answered = generator(SchemaSettings::draft2020_12().for_serialize());
    let mut frames = forms(&Frame::json_schema(&mut answered).to_value());
    let mut fields = answered.take_definitions(true);
    let taken: Vec<String> = frames.iter_mut().filter_map(|frame| frame.take_in(&mut fields)).collect();
    answered.definitions_mut().extend(fields);
    let events = forms(&Event::json_schema(&mut answered).to_value());
    let (mut messages, mut schemas, mut operations) = (Map::new(), Map::new(), Map::new());
    let mut actions = Vec::new();
    for declared in functions {
        let (Some(describe), Trigger::Socket(action)) = (declared.describe_socket, declared.trigger) else { continue };
        if action.starts_with('$') {
            continue;
        }
        let operation = describe(&mut sent, &mut answered);
        let schema = format!("{}Action", camel(action));
        schemas.insert(schema.clone(), payload(action, &operation));
        messages.insert(format!("action.{action}"), message(action, declared.about, &reference("schemas", &schema)));
        operations.insert(action.to_owned(), received(declared, action, &operation));
        actions.push(reference("schemas", &schema));
    }
    let answers: Vec<&str> = operations.values().flat_map(names_of_replies).collect();
    let mut all = Vec::new();
    for Form { name, about, schema } in &frames {
        let schema_name = format!("{}Frame", camel(name));
        schemas.insert(schema_name.clone(), schema.clone());
        messages.insert(format!("frame.{name}"), message(name, about, &reference("schemas", &schema_name)));
        all.push(reference("schemas", &schema_name));
        let sent = answers.contains(&name.as_str()) || pushed.contains(&name.as_str());
        assert!(sent, "nobody sends the frame {name}");
    }
    let event = reference("schemas", &Event::schema_name());
    for Form { name, about, .. } in &events {
        let kind = json!({"type": "object", "properties": {"type": {"const": name}}});
        let whole = json!({"allOf": [event, kind]});
        messages.insert(format!("event.{name}"), message(name, about, &whole));
    }
    answered.subschema_for::<Event>();
    operations.insert("push".to_owned(), pushes(pushed));
    schemas.insert("Action".to_owned(), either("An action that a client sends.", actions));
    schemas.insert("Frame".to_owned(), either(&about(&Frame::json_schema(&mut answered).to_value()), all));
    let defined = sent.take_definitions(true).into_iter().chain(answered.take_definitions(true));
    for (name, schema) in defined.filter(|(name, _)| !taken.contains(name)) {
        let before = schemas.insert(name.clone(), schema.clone());
        assert!(before.is_none_or(|before| before == schema), "{name} is sent and answered in different forms");
    }
    assemble(messages, schemas, operations)
}

fn assemble(
    mut messages: Map<String, Value>,
    mut schemas: Map<String, Value>,
    mut operations: Map<String, Value>,
) -> Value {
    messages.sort_keys();
    schemas.sort_keys();
    operations.sort_keys();
    let on = |prefixes: &[&str]| -> Map<String, Value> {
        let own = messages.keys().filter(|name| prefixes.iter().any(|prefix| name.starts_with(prefix)));
        own.map(|name| (name.clone(), reference("messages", name))).collect()
    };
    let (socket, events) = (on(&["action.", "frame."]), on(&["event."]));
    json!({
        "asyncapi": "3.0.0",
        "info": {
            "title": "Millrace live",
            "version": "1",
            "description": "Live boards over a WebSocket. A client sends actions, and gets frames: JSON objects, one in each message. A frame of the type `events` carries events. Each `events` frame has the cursor before and after it: a client whose cursor is not `prev` missed a frame, and asks `GET /api/boards/{board_id}/events?after=` for what happened since. A client sends `ping` every ten seconds; a socket that is silent for 25 seconds leaves its boards. Types may be added: pass over a frame or an event that you do not know.",
            "license": {"name": "Apache-2.0", "url": "https://www.apache.org/licenses/LICENSE-2.0"}
        },
        "defaultContentType": "application/json",
        "servers": {
            "live": {
                "host": "{host}",
                "protocol": "wss",
                "description": "The address is `url` in the answer of `POST /api/auth/live-ticket`.",
                "variables": {"host": {"description": "The host and path of the deployment's socket."}},
                "security": [{"$ref": "#/components/securitySchemes/ticket"}]
            }
        },
        "channels": {
            "socket": {
                "address": "/",
                "title": "Socket",
                "description": "One socket serves all boards of a workspace.",
                "messages": socket,
                "bindings": {
                    "ws": {
                        "method": "GET",
                        "query": {
                            "type": "object",
                            "properties": {"ticket": {"type": "string", "description": "A ticket, which is good once and for seconds."}},
                            "required": ["ticket"]
                        }
                    }
                }
            },
            "events": {
                "address": null,
                "title": "Events",
                "description": "The events that `events` frames carry. The feed (boards-events), the history (tasks-history) and the audit trail (workspaces-audit) answer with the same.",
                "messages": events
            }
        },
        "operations": operations,
        "components": {
            "messages": messages,
            "schemas": schemas,
            "securitySchemes": {
                "ticket": {"type": "httpApiKey", "name": "ticket", "in": "query", "description": "A ticket from auth-live-ticket."}
            }
        }
    })
}

/// An action that the server receives, with the frames that it answers.
fn received(declared: &Declared, action: &str, operation: &SocketOperation) -> Value {
    let replies = forms(operation.output.as_value());
    let messages: Vec<Value> =
        replies.iter().map(|form| json!({"$ref": format!("#/channels/socket/messages/frame.{}", form.name)})).collect();
    json!({
        "action": "receive",
        "channel": {"$ref": "#/channels/socket"},
        "title": declared.name,
        "summary": summary(declared.about),
        "description": declared.about,
        "messages": [{"$ref": format!("#/channels/socket/messages/action.{action}")}],
        "reply": {"channel": {"$ref": "#/channels/socket"}, "messages": messages}
    })
}

fn names_of_replies(operation: &Value) -> Vec<&str> {
    let messages = operation["reply"]["messages"].as_array();
    let names = messages.into_iter().flatten().filter_map(|message| message["$ref"].as_str()?.rsplit('.').next());
    names.collect()
}

fn pushes(frames: &[&str]) -> Value {
    let messages = frames.iter().map(|frame| json!({"$ref": format!("#/channels/socket/messages/frame.{frame}")}));
    json!({
        "action": "send",
        "channel": {"$ref": "#/channels/socket"},
        "title": "push",
        "summary": "Frames that come without an action of the client",
        "description": "Sent as things happen: events, presence, edits and pointers to the sockets that listen to the board, notifications to all sockets of the person.",
        "messages": messages.collect::<Vec<_>>()
    })
}

fn message(name: &str, about: &str, payload: &Value) -> Value {
    json!({"name": name, "title": name, "summary": summary(about), "description": about, "payload": payload})
}

/// An action as it is sent: its fields and `action` itself.
fn payload(action: &str, operation: &SocketOperation) -> Value {
    let mut schema = operation.body.clone().to_value();
    let constant = json!({"type": "string", "const": action, "description": "The action."});
    let mut properties = Map::from_iter([("action".to_owned(), constant)]);
    properties.extend(schema["properties"].as_object().cloned().unwrap_or_default());
    let mut required = vec![json!("action")];
    required.extend(schema["required"].as_array().cloned().unwrap_or_default());
    schema["properties"] = properties.into();
    schema["required"] = required.into();
    schema
}

/// The forms of a type that is tagged by `type`.
fn forms(schema: &Value) -> Vec<Form> {
    let form = |schema: &Value| {
        let name = schema["properties"]["type"]["const"].as_str()?.to_owned();
        Some(Form { name, about: about(schema), schema: schema.clone() })
    };
    match schema["oneOf"].as_array() {
        Some(forms) => forms.iter().filter_map(form).collect(),
        None => form(schema).into_iter().collect(),
    }
}

fn about(schema: &Value) -> String {
    schema["description"].as_str().unwrap_or_default().to_owned()
}

fn summary(about: &str) -> &str {
    about.split([':', '.']).next().unwrap_or_default()
}

fn either(about: &str, of: Vec<Value>) -> Value {
    json!({"description": about, "oneOf": of})
}

fn reference(place: &str, name: &str) -> Value {
    json!({"$ref": format!("#/components/{place}/{name}")})
}

/// `status_changed` as `StatusChanged`.
fn camel(name: &str) -> String {
    let capital = |part: &str| {
        let mut letters = part.chars();
        letters.next().map(|first| first.to_uppercase().chain(letters).collect::<String>()).unwrap_or_default()
    };
    name.split('_').map(capital).collect()
}
