//! The program `pbgdpl`: command line and wiring only.

fn main() {}
