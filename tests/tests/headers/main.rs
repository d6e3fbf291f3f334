//! SECURITY T10: every route and every error path carries the headers, cookies and policy of the table in SECURITY 5.

mod door;
mod embedding;
mod expected;
mod files;
mod input;
mod redirects;
mod refusals;
mod routes;
mod slow;
