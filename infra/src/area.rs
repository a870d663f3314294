//! The stack of one area.

use crate::{
    Area, alarms, function,
    handed::used,
    policy::LOG_GROUP,
    template::{Resources, reference, text_with},
};
use serde_json::{Map, Value, json};

/// The template of `area`.
pub fn template(area: &Area) -> Value {
    let mut resources = Resources::default();
    let group = json!({
        "LogGroupName": text_with(format!("/millrace/${{Prefix}}/{}", area.name)),
        "RetentionInDays": reference("LogRetention"),
    });
    resources.add(LOG_GROUP, "AWS::Logs::LogGroup", group);
    alarms::add_errors(&mut resources, area.name);
    for declared in area.functions {
        function::add(&mut resources, declared);
    }
    let resources = resources.into_value();
    let parameters: Map<String, Value> =
        used(area.name, &resources).into_iter().map(|handed| (handed.name, handed.parameter)).collect();
    json!({
        "AWSTemplateFormatVersion": "2010-09-09",
        "Description": format!("Millrace: the functions of the {} area", area.name),
        "Parameters": parameters,
        "Resources": resources,
    })
}
