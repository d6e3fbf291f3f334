//! The only code that looks across agencies: roll-ups, forms, consolidation, oversight.
