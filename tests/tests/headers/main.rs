//! SECURITY T10: every route and every error path carries the headers, cookies and policy of the table in SECURITY 5.

mod certificates;
mod configurator;
mod door;
mod embedding;
mod encodings;
mod expected;
mod files;
mod fragment;
mod input;
mod keys;
mod redirects;
mod refusals;
mod routes;
mod slow;
mod turns;
