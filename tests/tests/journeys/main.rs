//! Journeys in a real browser against the real program: publish and report, at a desk and on a telephone.

mod demo;
mod publishing;
mod reporting;
mod walk;
