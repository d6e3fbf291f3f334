//! The outbox and the schedule: one file per job, each idempotent.
