//! The ledger and the roll-up under many writers, on both databases: CT-15, N-05, DESIGN.md 4.5.

mod by_hand;
mod desk;
mod evidence;
mod figures;
mod joint;
mod lost_lease;
mod rebuild;
mod refusals;
mod share_races;
mod writers;
mod years;
