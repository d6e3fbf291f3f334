//! What the province's audit chain says of people, beside its entries (AUD-06): it goes because a person asked for it, or because its
//! term has passed.

pub mod erase;
