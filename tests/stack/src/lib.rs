//! The templates, deployed with the real binaries: see `tests/stack`.
