//! What the framework is handed of this product: the queues and what goes into them, what is where in the bucket of files,
//! the parameters of paths, and how often people may be told of pointers.

pub mod blobs;
pub mod pace;
pub mod path;
pub mod queue;
pub mod queue_depth;
