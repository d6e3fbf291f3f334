//! Who asks, and inside which agency: `Tenant`, `Ctx`, `Permit`, warrants. The only place that knows casbin.
//!
//! | value | made only by | means |
//! |---|---|---|
//! | [`Tenant`] | [`Registry`], from a host, a path, an embed key, a desk path or a job | this agency exists |
//! | [`Ctx`] | [`Ctx::of_person`] or [`Ctx::of_system`] | agency, actor, time and request of one act |
//! | [`Permit`] | [`Ctx::permit`] | this actor may do this, here, to this thing |
//! | [`ProvinceWarrant`] | [`ProvinceCtx::warrant`] | this officer may do this over all agencies |
//! | [`AuditWarrant`] | [`ProvinceCtx::audit_warrant`] | this auditor may read inside one agency |

pub mod action;
mod actor;
mod compile;
mod ctx;
mod permit;
mod policy_table;
mod province;
mod registry;

pub use actor::Actor;
pub use compile::{CompileError, MODEL, compile, oracle};
pub use ctx::{Ctx, RequestId};
pub use permit::{Denied, Guarded, Nothing, Permit};
pub use policy_table::{PolicyTable, hash_of};
pub use province::{AuditWarrant, ProvinceCtx, ProvinceWarrant, Recency};
pub use registry::{
    AddressRow, EmbedSite, Found, Province, Registry, Replaced, Snapshot, SnapshotParts, Tenant, TenantParts,
};
