//! Reports as the province sees them: follow, return, accept, consolidate, freeze, export.
