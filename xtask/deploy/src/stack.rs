//! Creating and updating the CloudFormation stack, with progress output.

use crate::cloud::{Cloud, describe};
use anyhow::{Result, bail};
use aws_sdk_cloudformation::{
    Client,
    types::{Capability, Parameter, Stack, StackStatus},
};
use serde_json::Value;
use std::{
    collections::{BTreeMap, HashSet},
    time::Duration,
};

fn client(cloud: &Cloud) -> Client {
    Client::new(&cloud.sdk)
}

/// The stack as it stands; none where there is none.
pub(crate) async fn state(cloud: &Cloud, name: &str) -> Result<Option<Stack>> {
    match client(cloud).describe_stacks().stack_name(name).send().await {
        Ok(answer) => Ok(answer
            .stacks
            .unwrap_or_default()
            .into_iter()
            .find(|stack| stack.stack_status != Some(StackStatus::DeleteComplete))),
        Err(error) => {
            let text = describe(error).to_string();
            if text.contains("does not exist") { Ok(None) } else { bail!(text) }
        }
    }
}

/// Removes the stack.
pub(crate) async fn remove(cloud: &Cloud, name: &str) -> Result<()> {
    client(cloud).delete_stack().stack_name(name).send().await.map_err(describe)?;
    while let Some(stack) = state(cloud, name).await? {
        if stack.stack_status == Some(StackStatus::DeleteFailed) {
            bail!("{name} cannot be removed: {}", stack.stack_status_reason.unwrap_or_default());
        }
        tokio::time::sleep(pause(cloud)).await;
    }
    Ok(())
}

/// Makes or changes the stack, waits until that is done, and gives its outputs.
pub(crate) async fn apply(
    cloud: &Cloud,
    name: &str,
    template_url: &str,
    template: &Value,
    values: &BTreeMap<String, String>,
) -> Result<BTreeMap<String, String>> {
    let mut before = state(cloud, name).await?;
    if before.as_ref().is_some_and(|stack| stack.stack_status == Some(StackStatus::RollbackComplete)) {
        println!("{name} was never made whole: it is made anew");
        remove(cloud, name).await?;
        before = None;
    }
    let mut seen = events(cloud, name, &HashSet::new()).await.into_iter().map(|(id, _)| id).collect::<HashSet<_>>();
    let started = match &before {
        None => {
            let create = client(cloud).create_stack().stack_name(name).template_url(template_url);
            let create =
                create.set_parameters(Some(parameters(values, template, None))).capabilities(Capability::CapabilityIam);
            create.send().await.map(drop).map_err(describe)
        }
        Some(stack) => {
            let update = client(cloud).update_stack().stack_name(name).template_url(template_url);
            let update = update
                .set_parameters(Some(parameters(values, template, Some(stack))))
                .capabilities(Capability::CapabilityIam);
            update.send().await.map(drop).map_err(describe)
        }
    };
    if let Err(error) = started {
        if !error.to_string().contains("No updates are to be performed") {
            return Err(error);
        }
        println!("{name} is as it should be");
    }
    loop {
        for (id, line) in events(cloud, name, &seen).await {
            println!("  {line}");
            seen.insert(id);
        }
        let Some(stack) = state(cloud, name).await? else { bail!("{name} is gone") };
        match stack.stack_status {
            Some(StackStatus::CreateComplete | StackStatus::UpdateComplete) => return Ok(outputs(stack)),
            Some(status) if status.as_str().ends_with("IN_PROGRESS") => tokio::time::sleep(pause(cloud)).await,
            status => bail!(
                "{name} ended as {}: {}",
                status.map(|status| status.as_str().to_owned()).unwrap_or_default(),
                stack.stack_status_reason.unwrap_or_default()
            ),
        }
    }
}

fn pause(cloud: &Cloud) -> Duration {
    Duration::from_millis(if cloud.emulator.is_some() { 50 } else { 3_000 })
}

fn outputs(stack: Stack) -> BTreeMap<String, String> {
    let outputs = stack.outputs.unwrap_or_default().into_iter();
    outputs.filter_map(|output| Some((output.output_key?, output.output_value?))).collect()
}

/// The values that are given; of a stack that is there, the others stay as they are.
fn parameters(values: &BTreeMap<String, String>, template: &Value, before: Option<&Stack>) -> Vec<Parameter> {
    let had: HashSet<&str> =
        before.into_iter().flat_map(Stack::parameters).filter_map(Parameter::parameter_key).collect();
    let names = template["Parameters"].as_object().into_iter().flat_map(serde_json::Map::keys);
    names
        .filter_map(|name| {
            let parameter = Parameter::builder().parameter_key(name);
            match values.get(name) {
                Some(value) => Some(parameter.parameter_value(value).build()),
                None if had.contains(name.as_str()) => Some(parameter.use_previous_value(true).build()),
                None => None,
            }
        })
        .collect()
}

/// What happened to the stack's resources and is not `seen` yet, oldest first.
async fn events(cloud: &Cloud, name: &str, seen: &HashSet<String>) -> Vec<(String, String)> {
    let Ok(answer) = client(cloud).describe_stack_events().stack_name(name).send().await else { return Vec::new() };
    let mut lines: Vec<(String, String)> = answer
        .stack_events
        .unwrap_or_default()
        .into_iter()
        .filter_map(|event| Some((event.event_id.clone()?, event)))
        .filter(|(id, event)| {
            let status = event.resource_status().map(|status| status.as_str().to_owned()).unwrap_or_default();
            let tells = status.contains("FAILED") || event.resource_type() == Some("AWS::CloudFormation::Stack");
            !seen.contains(id) && tells
        })
        .map(|(id, event)| {
            let status = event.resource_status().map(|status| status.as_str().to_owned()).unwrap_or_default();
            let line = format!(
                "{} {status} {}",
                event.logical_resource_id().unwrap_or_default(),
                event.resource_status_reason().unwrap_or_default()
            );
            (id, line.trim_end().to_owned())
        })
        .collect();
    lines.reverse();
    lines
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn omitted_parameters_keep_their_value_or_default() {
        let template = json!({"Parameters": {"Given": {}, "Kept": {}, "New": {}}});
        let values = BTreeMap::from([("Given".to_owned(), "now".to_owned()), ("Gone".to_owned(), "x".to_owned())]);
        let had =
            ["Given", "Kept"].map(|name| Parameter::builder().parameter_key(name).parameter_value("before").build());
        let before = Stack::builder().set_parameters(Some(had.to_vec())).build();
        let told = |before: Option<&Stack>| -> Vec<(String, Option<String>)> {
            let all = parameters(&values, &template, before).into_iter();
            all.map(|one| (one.parameter_key.unwrap_or_default(), one.parameter_value)).collect()
        };
        let given = ("Given".to_owned(), Some("now".to_owned()));
        assert_eq!(told(None), std::slice::from_ref(&given));
        assert_eq!(told(Some(&before)), [given, ("Kept".to_owned(), None)]);
    }
}
