//! Properties of the templates of all areas and of all kinds of functions.

use millrace_endpoint::{Capabilities, Declared, Read, Resource, Route, Table, Write, declared::Trigger, queue::TRIES};
use millrace_infra::{AREAS, Area, Templates, functions, synth, template::logical};
use millrace_platform::queue;
use serde_json::Value;
use std::{collections::BTreeSet, path::Path};

const READING: Route = Route::get("fake-read", "/api/fakes/{fake_id}");
const WRITING: Route = Route::post("fake-write", "/api/fakes").memory(512).timeout(60);

const fn fake(name: &'static str, trigger: Trigger, grants: fn() -> Vec<millrace_endpoint::Grant>) -> Declared {
    Declared {
        name,
        about: "",
        trigger,
        memory: 256,
        timeout: 20,
        grants,
        mount: None,
        describe: None,
        describe_socket: None,
        invoke: None,
    }
}

const FAKES: &[Declared] = &[
    fake("fake-read", Trigger::Http(&READING), <(Table<Read>,)>::grants),
    fake("fake-write", Trigger::Http(&WRITING), <(Table<Write>,)>::grants),
    fake("fake-ping", Trigger::Socket("ping"), <(Table<Read>, millrace_endpoint::capability::Sockets)>::grants),
    fake("fake-nightly", Trigger::Schedule("rate(1 day)"), <()>::grants),
    fake("fake-mail", Trigger::Queue(queue::MAIL), <(millrace_endpoint::capability::Mailer,)>::grants),
    fake("fake-relay", Trigger::Stream, <(Table<Read>, millrace_endpoint::capability::Sockets)>::grants),
    fake("fake-sign", Trigger::Schedule("rate(1 hour)"), <(millrace_endpoint::capability::Signer,)>::grants),
];

fn fakes() -> Templates {
    synth(&[Area { name: "fake", functions: FAKES }])
}

/// The templates of what is declared, and of the fakes.
fn both() -> [(Templates, Vec<Declared>); 2] {
    [(synth(AREAS), functions(AREAS)), (fakes(), FAKES.to_vec())]
}

fn resources(template: &Value) -> impl Iterator<Item = (&String, &Value)> {
    template["Resources"].as_object().into_iter().flatten()
}

fn of_kind<'a>(template: &'a Value, kind: &str) -> Vec<(&'a String, &'a Value)> {
    resources(template).filter(|(_, resource)| resource["Type"] == kind).collect()
}

fn stacks(templates: &Templates) -> Vec<&Value> {
    std::iter::once(&templates.root).chain(templates.areas.values()).collect()
}

fn statements(template: &Value) -> Vec<(String, Value)> {
    fn collect(value: &Value, id: &str, into: &mut Vec<(String, Value)>) {
        match value {
            Value::Object(map) if map.contains_key("Effect") => into.push((id.to_owned(), value.clone())),
            Value::Object(map) => map.values().for_each(|inner| collect(inner, id, into)),
            Value::Array(list) => list.iter().for_each(|inner| collect(inner, id, into)),
            _ => {}
        }
    }
    let mut all = Vec::new();
    resources(template).for_each(|(id, resource)| collect(resource, id, &mut all));
    all
}

fn actions(statement: &Value) -> Vec<&str> {
    match &statement["Action"] {
        Value::Array(list) => list.iter().filter_map(Value::as_str).collect(),
        one => one.as_str().into_iter().collect(),
    }
}

fn function<'a>(templates: &'a Templates, name: &str, kind: &str) -> &'a Value {
    let id = format!("{}{kind}", logical(name));
    let found = templates.areas.values().find_map(|area| area["Resources"].get(&id));
    found.unwrap_or_else(|| panic!("{id} is missing"))
}

fn role_actions(templates: &Templates, name: &str) -> BTreeSet<String> {
    let policy = &function(templates, name, "Role")["Properties"]["Policies"][0]["PolicyDocument"]["Statement"];
    policy.as_array().into_iter().flatten().flat_map(actions).map(str::to_owned).collect()
}

#[test]
fn the_committed_templates_are_up_to_date() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("templates");
    let files = synth(AREAS).files();
    for (name, text) in &files {
        let committed = std::fs::read_to_string(folder.join(name)).unwrap_or_default();
        assert!(committed == *text, "infra/templates/{name} is stale: run `cargo xtask synth`");
    }
    let made: BTreeSet<&str> = files.iter().map(|(name, _)| name.as_str()).collect();
    for entry in std::fs::read_dir(&folder).expect("infra/templates").flatten() {
        let name = entry.file_name().to_string_lossy().into_owned();
        assert!(made.contains(name.as_str()), "infra/templates/{name} belongs to no area: run `cargo xtask synth`");
    }
}

#[test]
fn synthesis_is_deterministic() {
    assert_eq!(synth(AREAS).files(), synth(AREAS).files());
}

#[test]
fn every_declared_function_has_one_function_one_role_and_one_trigger() {
    for (templates, declared) in both() {
        let all = templates.areas.values();
        let count = |kind: &str| all.clone().map(|area| of_kind(area, kind).len()).sum::<usize>();
        assert_eq!(count("AWS::Lambda::Function"), declared.len());
        let schedules = declared.iter().filter(|declared| matches!(declared.trigger, Trigger::Schedule(_))).count();
        assert_eq!(count("AWS::IAM::Role"), declared.len() + schedules, "a schedule has a role of its own");
        for declared in &declared {
            let properties = &function(&templates, declared.name, "Function")["Properties"];
            assert_eq!(properties["Handler"], declared.name);
            assert_eq!(properties["FunctionName"]["Fn::Sub"], format!("${{Prefix}}-{}", declared.name));
            assert_eq!(properties["Role"]["Fn::GetAtt"][0], format!("{}Role", logical(declared.name)));
            let (kind, key, value) = match declared.trigger {
                Trigger::Http(route) => ("Route", "RouteKey", format!("{} {}", route.method.as_str(), route.path)),
                Trigger::Socket(route) => ("Route", "RouteKey", route.to_owned()),
                Trigger::Schedule(expression) => ("Schedule", "ScheduleExpression", expression.to_owned()),
                Trigger::Queue(_) | Trigger::Stream => ("Source", "", String::new()),
            };
            let caller = &function(&templates, declared.name, kind)["Properties"];
            if key.is_empty() {
                assert_eq!(caller["FunctionResponseTypes"][0], "ReportBatchItemFailures");
            } else {
                assert_eq!(caller[key], value);
            }
        }
    }
}

#[test]
fn function_names_and_routes_are_unique() {
    for (_, declared) in both() {
        let mut names = BTreeSet::new();
        let mut routes = BTreeSet::new();
        for declared in &declared {
            assert!(names.insert(declared.name), "two functions are called {}", declared.name);
            assert!(declared.name.len() <= 38, "{} leaves no place for the stage in 64 letters", declared.name);
            match declared.trigger {
                Trigger::Http(route) => {
                    assert!(routes.insert(format!("{} {}", route.method.as_str(), route.path)), "{route:?}")
                }
                Trigger::Socket(route) => assert!(routes.insert(route.to_owned()), "{route}"),
                Trigger::Schedule(_) | Trigger::Queue(_) | Trigger::Stream => {}
            }
        }
    }
}

#[test]
fn no_statement_allows_every_action_or_every_resource() {
    for (templates, _) in both() {
        for (id, statement) in stacks(&templates).into_iter().flat_map(statements) {
            for action in actions(&statement) {
                assert!(!action.contains('*'), "{id} allows {action}");
            }
            let resource = &statement["Resource"];
            assert!(
                *resource != "*" && !resource.as_array().is_some_and(|list| list.contains(&"*".into())),
                "{id}: {statement}"
            );
        }
    }
}

#[test]
fn read_only_functions_have_no_write_permission() {
    const WRITES: [&str; 6] = ["Put", "Update", "Delete", "BatchWrite", "PartiQL", "ConditionCheck"];
    for (templates, declared) in both() {
        for declared in &declared {
            let granted: BTreeSet<&str> = (declared.grants)()
                .iter()
                .filter(|grant| grant.resource == Resource::Table)
                .flat_map(|grant| grant.actions.iter().copied())
                .collect();
            let writes = |action: &str| WRITES.iter().any(|write| action.starts_with(&format!("dynamodb:{write}")));
            let allowed = role_actions(&templates, declared.name);
            let may_write = allowed.iter().any(|action| writes(action));
            assert_eq!(may_write, granted.iter().any(|action| writes(action)), "{}", declared.name);
        }
    }
    assert!(!role_actions(&fakes(), "fake-read").contains("dynamodb:PutItem"));
    assert!(role_actions(&fakes(), "fake-write").contains("dynamodb:PutItem"));
}

#[test]
fn only_signing_functions_can_read_the_signing_key() {
    for (templates, declared) in both() {
        for declared in &declared {
            let signs = (declared.grants)().iter().any(|grant| grant.resource == Resource::SigningKey);
            let variables = &function(&templates, declared.name, "Function")["Properties"]["Environment"]["Variables"];
            assert_eq!(variables.get("MILLRACE_SIGNING_KEY_PARAMETER").is_some(), signs, "{}", declared.name);
            assert_eq!(
                role_actions(&templates, declared.name).contains("ssm:GetParameter"),
                signs,
                "{}",
                declared.name
            );
        }
    }
}

#[test]
fn only_a_queues_consumer_can_read_the_queue() {
    let templates = fakes();
    assert!(role_actions(&templates, "fake-mail").contains("sqs:ReceiveMessage"));
    assert!(role_actions(&templates, "fake-relay").contains("dynamodb:GetRecords"));
    assert!(!role_actions(&templates, "fake-ping").contains("dynamodb:GetRecords"));
    let filter = &function(&templates, "fake-relay", "Source")["Properties"]["FilterCriteria"]["Filters"][0]["Pattern"];
    assert_eq!(filter, r#"{"dynamodb":{"NewImage":{"event":{"S":[{"exists":true}]}}},"eventName":["INSERT"]}"#);
}

#[test]
fn every_stack_is_within_the_resource_limit() {
    for (templates, declared) in both() {
        for stack in stacks(&templates) {
            assert!(resources(stack).count() < 500);
            assert!(stack["Parameters"].as_object().is_some_and(|parameters| parameters.len() <= 200));
        }
        let routes = |http: bool| {
            declared
                .iter()
                .filter(|declared| {
                    matches!(declared.trigger, Trigger::Http(_)) == http
                        && matches!(declared.trigger, Trigger::Http(_) | Trigger::Socket(_))
                })
                .count()
        };
        assert!(routes(true) <= 300 && routes(false) <= 300, "an API takes 300 integrations");
    }
}

#[test]
fn every_queue_has_a_dead_letter_queue_with_an_alarm() {
    let root = fakes().root;
    for queue in queue::ALL {
        let id = format!("{}Queue", logical(queue.as_str()));
        let redrive = &root["Resources"][&id]["Properties"]["RedrivePolicy"];
        assert_eq!(redrive["deadLetterTargetArn"]["Fn::GetAtt"][0], format!("{id}DeadLetters"));
        assert_eq!(redrive["maxReceiveCount"], TRIES);
        assert!(root["Resources"].get(format!("{id}DeadLettersAlarm")).is_some());
    }
}

#[test]
fn area_stacks_are_created_sequentially() {
    let root = synth(&[
        Area { name: "one", functions: std::slice::from_ref(&FAKES[0]) },
        Area { name: "none", functions: &[] },
        Area { name: "two", functions: std::slice::from_ref(&FAKES[1]) },
    ])
    .root;
    assert_eq!(root["Resources"]["TwoArea"]["DependsOn"][0], "OneArea");
    assert!(root["Resources"].get("NoneArea").is_none());
}
