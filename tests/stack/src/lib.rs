//! The deployed-stack tests: see `tests/stack`.
