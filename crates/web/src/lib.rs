//! axum: the route table, extractors, layers, handlers.
