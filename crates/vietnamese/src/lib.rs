//! The language and the calendar: folding, collation, slugs, legal citations, working days and Tết. Pure.
