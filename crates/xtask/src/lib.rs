//! What the chores and the test kit share: finding programs, private servers that die with their starter, tables of figures.
//!
//! Standard library only and nothing of the house, so that it is built before everything else.

pub mod cpu;
pub mod figure;
pub mod packages;
pub mod programs;
pub mod servers;
