//! Report arithmetic: cells, checks and folds of a statistical form.
