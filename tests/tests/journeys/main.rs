//! Journeys in a real browser against the real program: read, publish, report, embed; at a desk and on a telephone.

mod demo;
mod embedding;
mod publishing;
mod reading;
mod reporting;
mod signing_in;
mod walk;
