//! Settings: one struct per file, every key with its variable, default and meaning.
