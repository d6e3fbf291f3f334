//! How a section presents itself: names, contact, texts.
