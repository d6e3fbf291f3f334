//! More time to report: asked by the agency, answered by the province (N-07).

pub mod ask;
