use bytes::Bytes;

use super::StandIns;
use super::meter::Meter;
use super::wire::{self, Answer};

/// Which stand-in a request is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Service {
    Table,
    Queues,
    Mail,
    Sockets,
    Blobs,
}

impl Service {
    /// By what AWS's protocols differ in, whatever the host: a target header, or a path.
    pub(crate) fn of(target: Option<&str>, path: &str) -> Self {
        match target {
            Some(target) if target.starts_with("DynamoDB") => Self::Table,
            Some(target) if target.starts_with("AmazonSQS.") => Self::Queues,
            _ if path.starts_with("/@connections/") => Self::Sockets,
            _ if path.starts_with("/v2/email/") => Self::Mail,
            _ => Self::Blobs,
        }
    }

    fn name(self) -> &'static str {
        match self {
            Self::Table => "dynamodb",
            Self::Queues => "sqs",
            Self::Mail => "ses",
            Self::Sockets => "sockets",
            Self::Blobs => "s3",
        }
    }

    /// Meters a call to a service of which only the number is of interest.
    pub(crate) fn count(self, meter: Option<&Meter>) {
        if let Some(meter) = meter.filter(|_| self != Self::Table) {
            meter.count(self.name());
        }
    }
}

/// A call of a service.
pub(crate) struct Call<'request> {
    pub(crate) method: &'request str,
    pub(crate) target: &'request str,
    pub(crate) path: &'request str,
    pub(crate) body: Bytes,
    pub(crate) meter: Option<Meter>,
    /// Whether its answer cannot be lost on the way, so that nobody sends it again.
    pub(crate) comes_once: bool,
}

impl<'request> Call<'request> {
    /// The operation that its target names.
    pub(crate) fn operation(&self) -> &'request str {
        self.target.rsplit('.').next().unwrap_or_default()
    }
}

/// Answers for every service but S3, whose bodies are streams.
pub(crate) async fn answer(stand_ins: &StandIns, service: Service, call: Call<'_>) -> Answer {
    service.count(call.meter.as_ref());
    match service {
        Service::Table => stand_ins.table().answer(call).await,
        Service::Queues => stand_ins.queues().answer(call.operation(), &call.body).await,
        Service::Mail => stand_ins.mailbox().answer(call.method, call.path, &call.body),
        Service::Sockets => stand_ins.sockets().answer(call.method, call.path, call.body),
        Service::Blobs => wire::rest_error(500, "InternalFailure", "blobs are answered as streams"),
    }
}
