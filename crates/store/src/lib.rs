//! Everything that outlives the process: database, files, Redis. Entities are private.
