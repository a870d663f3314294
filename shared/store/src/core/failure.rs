//! Errors of the SDK as the one error type.

use aws_sdk_dynamodb::{
    error::{ProvideErrorMetadata, SdkError},
    operation::transact_write_items::TransactWriteItemsError,
    types::CancellationReason,
};
use millrace_domain::Error;

/// What a call to the table failed with, where no condition was the reason.
///
/// Throttling that outlived the SDK's own retries (with backoff and jitter) is [`Error::Busy`]; all else is our fault.
pub(crate) fn failed<E, R>(error: SdkError<E, R>) -> Error
where
    E: ProvideErrorMetadata + std::error::Error + Send + Sync + 'static,
    R: std::fmt::Debug + Send + Sync + 'static,
{
    let throttled = matches!(
        error.code(),
        Some("ProvisionedThroughputExceededException" | "ThrottlingException" | "RequestLimitExceeded")
    );
    if throttled {
        Error::Busy(Box::new(error))
    } else {
        Error::internal(aws_sdk_dynamodb::error::DisplayErrorContext(error).to_string())
    }
}

/// The reasons for which a transaction was cancelled, one for each of its items; none where something else failed.
pub(crate) fn cancellation<R>(error: &SdkError<TransactWriteItemsError, R>) -> Option<&[CancellationReason]> {
    match error.as_service_error() {
        Some(TransactWriteItemsError::TransactionCanceledException(cancelled)) => {
            Some(cancelled.cancellation_reasons())
        }
        _ => None,
    }
}
