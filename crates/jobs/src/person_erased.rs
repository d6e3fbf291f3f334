//! What audit chains say of a person who asked to be forgotten goes: the province's first, then each agency's through its own door.

use pbgdpl_app::words::erase;
use pbgdpl_model::id::AccountId;
use pbgdpl_store::machinery::outbox::{Follower, Header};

use crate::failure::Failure;
use crate::work::Work;

/// What the act leaves.
pub(crate) const MESSAGE: &str = pbgdpl_app::account::erase::MESSAGE;
/// The same for one agency.
pub(crate) const IN_AGENCY: &str = "person-erased-in-agency";

const NAME: &str = "Hệ thống: xóa dữ liệu cá nhân";

/// The province's chain, and a message for each agency.
pub(crate) async fn run(work: &Work, header: &Header) -> Result<Vec<Follower>, Failure> {
    let account = account(header)?;
    let ctx = work.province_ctx(NAME, header);
    pbgdpl_province::words::erase::person(&work.province, &ctx, account).await?;
    let agencies = ctx.snapshot().tenants().map(|tenant| Follower {
        tenant: Some(tenant.id()),
        kind: IN_AGENCY,
        subject: account.to_string(),
    });
    Ok(agencies.collect())
}

/// One agency's chain and timeline.
pub(crate) async fn in_agency(work: &Work, header: &Header) -> Result<(), Failure> {
    let ctx = work.ctx(work.tenant_of(header)?, NAME, header);
    erase::person(&work.app, &ctx, account(header)?).await?;
    Ok(())
}

fn account(header: &Header) -> Result<AccountId, Failure> {
    let account = header.subject.parse();
    account.map_err(|_| Failure::never("the subject names no account"))
}
