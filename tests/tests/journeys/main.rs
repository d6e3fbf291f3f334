//! Journeys in a real browser against the real program: read, publish, report, embed; at a desk and on a telephone.

mod auditing;
mod counting;
mod declaring;
mod demo;
mod embedding;
mod foreign;
mod framed;
mod letters;
mod paper;
mod picturing;
mod publishing;
mod reading;
mod reporting;
mod signing_in;
mod strict;
mod walk;
