//! The isolation matrix (SECURITY T1), generated from the route table: every route × role × id position ×
//! {A→B, B→A, member of both, suspended} × {SQLite, PostgreSQL}. Another agency's id and a random one answer alike.

mod bodies;
mod officers;
mod resting;
mod slots;
mod staff;
mod suspended;
mod visitors;
