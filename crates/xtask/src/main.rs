//! Chores of the house: `cargo xtask test · bench · campaign · lint`.

fn main() {}
