//! Mail that Millrace sends: what goes into the queue, and how it reads.
