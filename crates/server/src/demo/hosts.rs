//! Own host names of the two full agencies: `so-tu-phap.localhost:PORT`, which follow the port of each start.

use std::collections::BTreeMap;

use pbgdpl_config::Origin;
use pbgdpl_model::policy::Action;
use pbgdpl_scope::Found;
use pbgdpl_scope::action::AgencyCreate;
use pbgdpl_store::province::ProvinceRecord;
use serde_json::json;

use crate::demo::FULL;
use crate::wiring::House;

/// Lets each own host lead to its agency, and returns their addresses. None where names cannot be resolved (`--host`).
///
/// # Errors
/// Where the store fails.
pub async fn own_hosts(house: &House, public: &Origin) -> anyhow::Result<BTreeMap<String, String>> {
    let mut hosts = BTreeMap::new();
    if public.host() != "localhost" {
        return Ok(hosts);
    }
    let snapshot = house.store.registry().now();
    let ctx = house.province_ctx();
    let warrant = ctx.warrant::<AgencyCreate>()?;
    let mut store = house.store.province(&warrant).await?;
    let mut changed = false;
    for slug in FULL {
        let Some(Found::Here(tenant)) = snapshot.by_slug(slug) else {
            continue;
        };
        let origin = Origin::http(&format!("{slug}.localhost"), public.port());
        hosts.insert(slug.to_owned(), origin.to_string());
        if snapshot.by_host(origin.authority()).is_some() {
            continue;
        }
        store
            .put_address("host", origin.authority(), tenant.id(), ctx.now())
            .await?;
        let record = ProvinceRecord {
            action: Action::AgencyCreate,
            object_kind: "address",
            object_id: tenant.id().0,
            reason: "bản dùng thử chạy ở cổng khác",
            detail: json!({ "host": origin.authority() }),
        };
        store.record(&ctx, record).await?;
        changed = true;
    }
    if changed {
        store.touch_registry().await?;
        store.save().await?;
        house.store.machinery().poll_registry().await?;
    }
    Ok(hosts)
}
