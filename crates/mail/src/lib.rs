//! Letters: lettre, one folder per letter.
