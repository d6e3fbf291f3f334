//! Guards: tests that enumerate the world. Each fails with a sentence that says what to do (STYLE 4.6).

mod acts;
mod crates;
mod files;
mod migrations;
mod policy;
mod privacy;
mod queue;
mod records;
mod routes;
mod tables;
mod walls;
