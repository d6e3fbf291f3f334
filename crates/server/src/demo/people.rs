//! The demo's people: invented names, addresses that can reach nobody, and the roles they hold.

use std::collections::HashMap;

use anyhow::Context;
use pbgdpl_app::App;
use pbgdpl_app::account::{By, invite};
use pbgdpl_model::clock::Moment;
use pbgdpl_model::id::{AccountId, TenantId};
use pbgdpl_model::policy::{Role, RoleSet};
use pbgdpl_province::Province;
use pbgdpl_province::member::{Place, grant};
use pbgdpl_scope::{Actor, Ctx, ProvinceCtx, Tenant};
use pbgdpl_store::Store;
use uuid::Uuid;

use crate::demo::FULL;
use crate::demo::accounts::{self, SignIn};
use crate::wiring::{House, request};

const FAMILY: [&str; 14] = [
    "Nguyễn", "Trần", "Lê", "Phạm", "Hoàng", "Võ", "Đặng", "Bùi", "Đỗ", "Hồ", "Ngô", "Dương", "Lý", "Phan",
];
const MIDDLE: [&str; 10] = [
    "Văn", "Thị", "Minh", "Thanh", "Quốc", "Ngọc", "Hữu", "Thu", "Đức", "Bích",
];
const GIVEN: [&str; 22] = [
    "An", "Bình", "Châu", "Dung", "Giang", "Hà", "Hải", "Hạnh", "Hòa", "Hương", "Lan", "Linh", "Long", "Mai",
    "Nam", "Nga", "Phong", "Sơn", "Thảo", "Trang", "Tuấn", "Yến",
];

/// Roles in an agency, as the demo fills them.
const AGENCY_ROLES: [Role; 4] = [Role::AgencyAdmin, Role::Editor, Role::Approver, Role::Reporter];
/// Roles in the province.
const PROVINCE_ROLES: [Role; 3] = [Role::ProvinceAdmin, Role::ProvinceReporter, Role::Auditor];

/// A person of the demo, in one role.
#[derive(Debug, Clone)]
pub struct Person {
    /// Account.
    pub account: AccountId,
    name: String,
    role: Role,
}

impl Person {
    fn actor(&self) -> Actor {
        Actor::person(self.account, self.name.clone(), RoleSet::of(&[self.role]), true)
    }

    /// The person acts in an agency.
    pub fn ctx(&self, tenant: &Tenant, now: Moment) -> Ctx {
        Ctx::of_person(tenant.clone(), self.actor(), now, request())
    }

    /// The person acts in the province.
    pub fn province_ctx(&self, store: &Store, now: Moment) -> ProvinceCtx {
        ProvinceCtx::of_person(store.registry().now(), self.actor(), now, request())
    }
}

/// All people, by where and what they are.
#[derive(Debug, Default)]
pub struct People {
    agencies: HashMap<(TenantId, Role), Person>,
    province: HashMap<Role, Person>,
    /// Sign-ins of those who have one.
    pub sign_ins: Vec<SignIn>,
}

impl People {
    /// Who holds the role in the agency.
    ///
    /// # Errors
    /// Where nobody does.
    pub fn of(&self, tenant: &Tenant, role: Role) -> anyhow::Result<&Person> {
        let person = self.agencies.get(&(tenant.id(), role));
        person.with_context(|| format!("{}: nobody is {role}", tenant.slug()))
    }

    /// Who holds the role in the province.
    ///
    /// # Errors
    /// Where nobody does.
    pub fn of_province(&self, role: Role) -> anyhow::Result<&Person> {
        let person = self.province.get(&role);
        person.with_context(|| format!("the province: nobody is {role}"))
    }
}

/// Creates everybody and gives them their roles.
///
/// # Errors
/// Where the store fails.
pub async fn settle(house: &House, tenants: &[Tenant]) -> anyhow::Result<People> {
    let mut people = People::default();
    for role in PROVINCE_ROLES {
        let person = with_password(house, &mut people.sign_ins, None, role).await?;
        give(&house.province, house, Place::Province, &person.1, role).await?;
        people.province.insert(role, person.0);
    }
    for tenant in tenants {
        let full = FULL.contains(&tenant.slug());
        for role in AGENCY_ROLES {
            // Elsewhere nobody administers yet: Sở Tư pháp will invite them.
            if role == Role::AgencyAdmin && !full {
                continue;
            }
            let (person, email) = if full {
                with_password(house, &mut people.sign_ins, Some(tenant), role).await?
            } else {
                without_password(&house.app, tenant, role).await?
            };
            give(&house.province, house, Place::Agency(tenant.id()), &email, role).await?;
            people.agencies.insert((tenant.id(), role), person);
        }
    }
    Ok(people)
}

async fn give(
    province: &Province,
    house: &House,
    place: Place,
    email: &str,
    role: Role,
) -> anyhow::Result<()> {
    grant::grant(province, &house.province_ctx(), place, email, role).await?;
    Ok(())
}

async fn with_password(
    house: &House,
    sign_ins: &mut Vec<SignIn>,
    tenant: Option<&Tenant>,
    role: Role,
) -> anyhow::Result<(Person, String)> {
    let (name, email) = invented(tenant, role);
    let (account, sign_in) = accounts::create(&house.app, &name, &email, tenant, role).await?;
    sign_ins.push(sign_in);
    Ok((Person { account, name, role }, email))
}

async fn without_password(app: &App, tenant: &Tenant, role: Role) -> anyhow::Result<(Person, String)> {
    let (name, email) = invented(Some(tenant), role);
    let account = invite::invite(app, By::system("dữ liệu mẫu", ""), &email, &name)
        .await?
        .account;
    Ok((Person { account, name, role }, email))
}

/// The address of whoever holds a role in an agency.
pub fn address(tenant: &Tenant, role: Role) -> String {
    invented(Some(tenant), role).1
}

/// A name that the agency and the role decide, and an address of a domain that exists nowhere (RFC 2606).
fn invented(tenant: Option<&Tenant>, role: Role) -> (String, String) {
    let (place, id) = tenant.map_or(("tinh", Uuid::nil()), |tenant| (tenant.slug(), tenant.id().0));
    let seed = usize::from(id.as_bytes()[0]) * 31 + usize::from(id.as_bytes()[1]) * 7 + role.index() * 5;
    let pick = |list: &[&'static str], of: usize| list.iter().cycle().nth(of).copied().unwrap_or_default();
    let name = format!(
        "{} {} {}",
        pick(&FAMILY, seed % 14),
        pick(&MIDDLE, seed % 10),
        pick(&GIVEN, seed % 22)
    );
    let who = match role {
        Role::AgencyAdmin => "quan-tri",
        Role::Editor => "bien-tap",
        Role::Approver => "duyet",
        Role::Reporter => "bao-cao",
        Role::ProvinceAdmin => "quan-tri-tinh",
        Role::ProvinceReporter => "tong-hop",
        Role::Auditor => "giam-sat",
    };
    (name, format!("{who}.{place}@kontum.example"))
}
