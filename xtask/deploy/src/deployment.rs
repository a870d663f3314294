//! A deployment from end to end: the binaries and templates onto AWS, or onto an emulator of it.

use crate::{
    artifact::{self, Profile},
    artifacts,
    cloud::{Cloud, Emulator, describe},
    quirks, secrets, stack, web,
};
use anyhow::{Context, Result, bail};
use aws_sdk_lambda::primitives::Blob;
use millrace_infra::{AREAS, Area, names::code_key, synth, template::text};
use std::collections::BTreeMap;

/// What `deploy` takes.
#[derive(clap::Args, Clone)]
pub struct Options {
    /// The deployment's name
    #[arg(long, default_value = "dev")]
    pub stage: String,
    /// The address of MiniStack or LocalStack; without one it goes to AWS
    #[arg(long, env = "AWS_ENDPOINT_URL")]
    pub endpoint: Option<String>,
    /// Sends the code of this one function alone
    #[arg(long)]
    pub function: Option<String>,
    /// How the binaries are built [default: lambda; with --endpoint: dev]
    #[arg(long)]
    pub profile_build: Option<Profile>,
    /// The address that mail comes from; SES must have verified it, or its domain
    #[arg(long, env = "MILLRACE_MAIL_FROM")]
    pub mail_from: Option<String>,
    /// The address that people open, where it is not the deployment's own
    #[arg(long, env = "MILLRACE_PUBLIC_URL")]
    pub public_url: Option<String>,
    /// The domain that the distribution answers for
    #[arg(long, requires = "certificate")]
    pub domain: Option<String>,
    /// The ARN of the domain's certificate, with *.domain, in us-east-1
    #[arg(long)]
    pub certificate: Option<String>,
    /// Who is told of alarms
    #[arg(long)]
    pub alarm_email: Option<String>,
    /// Leaves the browser client and its distribution out
    #[arg(long)]
    pub without_web: bool,
}

/// What a deployment gives.
#[derive(Debug, Clone)]
pub struct Deployed {
    /// The stack's outputs.
    pub outputs: BTreeMap<String, String>,
    /// Where the HTTP API is.
    pub api_url: String,
    /// Where the sockets are.
    pub socket_url: String,
}

/// Deploys.
///
/// # Errors
/// Whatever stands in the way.
pub fn run(options: Options) -> Result<()> {
    let runtime = tokio::runtime::Runtime::new()?;
    runtime.block_on(async {
        let cloud = Cloud::connect(options.endpoint.as_deref()).await?;
        if let Some(function) = &options.function {
            return update_function(&cloud, &options, function).await;
        }
        let deployed = deploy(&cloud, &options).await?;
        println!("\nAPI      {}\nsockets  {}", deployed.api_url, deployed.socket_url);
        if let Some(url) = deployed.outputs.get("Url").filter(|_| cloud.emulator.is_none()) {
            println!("people   {url}");
        }
        Ok(())
    })
}

fn profile(options: &Options, cloud: &Cloud) -> Profile {
    let usual = if cloud.emulator.is_some() { Profile::Dev } else { Profile::Lambda };
    options.profile_build.unwrap_or(usual)
}

/// Builds, uploads, and makes or changes the stack.
///
/// # Errors
/// Whatever stands in the way.
pub async fn deploy(cloud: &Cloud, options: &Options) -> Result<Deployed> {
    let areas: Vec<Area> = AREAS.iter().filter(|area| !area.functions.is_empty()).copied().collect();
    let names: Vec<&'static str> = areas.iter().map(|area| area.name).collect();
    let with_web = cloud.emulator.is_none() && !options.without_web;
    let name = format!("millrace-{}", options.stage);
    let existing = stack::state(cloud, &name).await?;
    let mail_from = match (&options.mail_from, cloud.emulator.is_some(), &existing) {
        (Some(address), ..) => Some(address.clone()),
        (None, true, _) => Some("millrace@example.com".to_owned()),
        (None, false, Some(_)) => None,
        (None, false, None) => {
            bail!("--mail-from is missing: the address that mail comes from, which SES has verified")
        }
    };
    println!("building {} binaries", names.len());
    let profile = profile(options, cloud);
    let built = artifact::build(&names, profile)?;

    let bucket = artifacts::bucket(cloud).await?;
    let sent = artifacts::send_code(cloud, &bucket, &built).await?;
    println!("{sent} of {} binaries are new in {bucket}", built.len());
    let secrets = secrets::ensure(cloud, &options.stage).await?;

    let mut templates = synth(&areas);
    let mut parameters: BTreeMap<String, String> = BTreeMap::new();
    let mut set = |name: &str, value: Option<&str>| {
        if let Some(value) = value {
            parameters.insert(name.to_owned(), value.to_owned());
        }
    };
    set("Stage", Some(&options.stage));
    set("Architecture", Some(artifact::architecture(profile)));
    set("ArtifactBucket", Some(&bucket));
    set("WithWeb", Some(if with_web { "true" } else { "false" }));
    set("SigningKeyParameter", Some(&secrets.signing_key_parameter));
    set("Jwks", Some(&secrets.jwks));
    set("CursorKey", Some(&secrets.cursor_key));
    set("MailFrom", mail_from.as_deref());
    set("PublicUrl", options.public_url.as_deref());
    set("DomainName", options.domain.as_deref());
    set("CertificateArn", options.certificate.as_deref());
    set("AlarmEmail", options.alarm_email.as_deref());
    if let (None, Some(domain)) = (&options.public_url, &options.domain) {
        set("PublicUrl", Some(&format!("https://{domain}")));
    }
    for artifact in &built {
        set(&code_key(artifact.area), Some(&artifact.key));
    }
    if let Some((emulator, endpoint)) = &cloud.emulator {
        if let Some(address) = &mail_from {
            quirks::verify(cloud, endpoint, address).await?;
        }
        quirks::adapt(&mut templates.root, &mut parameters, *emulator, endpoint);
        if *emulator == Emulator::MiniStack && existing.is_some() {
            println!("MiniStack cannot change nested stacks: {name} is made anew, without its data");
            stack::remove(cloud, &name).await?;
        }
    }
    artifacts::place_nested(cloud, &bucket, &mut templates).await?;
    let key = artifacts::send_text(cloud, &bucket, "root", &text(&templates.root)).await?;
    let outputs = stack::apply(cloud, &name, &cloud.template_url(&bucket, &key), &templates.root, &parameters).await?;
    if let Some((Emulator::MiniStack, endpoint)) = &cloud.emulator {
        quirks::repeat(cloud, endpoint, &outputs).await?;
    }
    if let Some(bucket) = outputs.get("WebBucket").filter(|_| with_web) {
        web::send(cloud, bucket).await?;
    }
    let output = |name: &str| outputs.get(name).cloned().with_context(|| format!("the stack has no output {name}"));
    let (api_url, socket_url) = match &cloud.emulator {
        Some((_, endpoint)) => quirks::urls(endpoint, &output("HttpApi")?, &output("SocketApi")?),
        None => (output("ApiUrl")?, output("SocketUrl")?),
    };
    Ok(Deployed { outputs, api_url, socket_url })
}

/// Sends the code of one function.
async fn update_function(cloud: &Cloud, options: &Options, function: &str) -> Result<()> {
    let holds = |area: &&Area| area.functions.iter().any(|declared| declared.name == function);
    let area = AREAS.iter().find(holds).with_context(|| format!("no function is called {function}"))?;
    let built = artifact::build(&[area.name], profile(options, cloud))?;
    let built = built.into_iter().next().context("nothing was built")?;
    let name = format!("millrace-{}-{function}", options.stage);
    let lambda = aws_sdk_lambda::Client::new(&cloud.sdk);
    let updated = lambda.update_function_code().function_name(&name).zip_file(Blob::new(built.zip)).send().await;
    let updated = updated.map_err(describe)?;
    println!("{name} now runs {}", updated.code_sha256().unwrap_or_default());
    Ok(())
}
