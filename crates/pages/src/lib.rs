//! Pages as values: askama structs, templates, texts, cache policy. No I/O.
