//! Changes what everybody may know of the section: responsible person, address, telephone, e-mail, own site.

use pbgdpl_model::agency::Profile;
use pbgdpl_model::outbox::Message;
use pbgdpl_model::policy::Action;
use pbgdpl_scope::action::AgencySettings;
use pbgdpl_scope::{Ctx, Nothing};
use pbgdpl_store::tenant::Record;
use serde_json::json;

use crate::{App, Error};

/// What the administrator writes.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Facts {
    /// Chịu trách nhiệm chính.
    pub responsible: String,
    /// Address.
    pub address: String,
    /// Telephone.
    pub phone: String,
    /// E-mail.
    pub email: String,
    /// The agency's own site.
    pub website: String,
}

/// One field with its name in the form and what is wrong.
pub type Problem = (&'static str, String);

/// What came of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// Written, or nothing was different.
    Done,
    /// To be put right first.
    Unmet(Vec<Problem>),
}

/// Writes the facts; public pages show them at once.
///
/// # Errors
/// [`Error::Denied`], or a fault of the store.
#[tracing::instrument(name = "profile.change", skip_all)]
pub async fn change(app: &App, ctx: &Ctx, facts: Facts) -> Result<Outcome, Error> {
    let permit = ctx.permit::<AgencySettings>(&Nothing)?;
    let facts = trimmed(facts);
    let problems = cannot_be_saved(&facts);
    if !problems.is_empty() {
        return Ok(Outcome::Unmet(problems));
    }
    let mut agency = app.open(ctx).await?;
    let old = agency.profile().await?;
    let changed = different(&old, &facts);
    if changed.is_empty() {
        return Ok(Outcome::Done);
    }
    let new = Profile {
        responsible: facts.responsible,
        address: facts.address,
        phone: facts.phone,
        email: facts.email,
        website: facts.website,
        ..old
    };
    agency.put_profile(&permit, &new, ctx.now()).await?;
    let record = Record {
        action: Action::AgencySettings,
        object_kind: "profile",
        object_id: ctx.tenant().id().0,
        verb: "Sửa thông tin chuyên mục",
        note: "",
        reason: "",
        version: None,
        detail: json!({ "changed": changed }),
    };
    agency.record(ctx, record).await?;
    agency.send(ctx, &Message::SectionChanged).await?;
    agency.save().await?;
    Ok(Outcome::Done)
}

fn trimmed(facts: Facts) -> Facts {
    let line = |text: String| text.split_whitespace().collect::<Vec<_>>().join(" ");
    Facts {
        responsible: line(facts.responsible),
        address: line(facts.address),
        phone: line(facts.phone),
        email: line(facts.email),
        website: line(facts.website),
    }
}

fn different(old: &Profile, new: &Facts) -> Vec<&'static str> {
    [
        ("responsible", &old.responsible, &new.responsible),
        ("address", &old.address, &new.address),
        ("phone", &old.phone, &new.phone),
        ("email", &old.email, &new.email),
        ("website", &old.website, &new.website),
    ]
    .into_iter()
    .filter(|(_, old, new)| old != new)
    .map(|(name, _, _)| name)
    .collect()
}

fn cannot_be_saved(facts: &Facts) -> Vec<Problem> {
    let mut problems = Vec::new();
    for (name, text, most) in [
        ("responsible", &facts.responsible, 120),
        ("address", &facts.address, 300),
        ("phone", &facts.phone, 40),
        ("email", &facts.email, 254),
        ("website", &facts.website, 300),
    ] {
        if text.chars().count() > most {
            problems.push((name, format!("dài quá. Viết nhiều nhất {most} ký tự.")));
        }
    }
    // TT 32/2017/TT-BTTTT: a state site names who is responsible for its content.
    if facts.responsible.is_empty() {
        problems.push((
            "responsible",
            "chưa có. Ghi họ tên, chức vụ người chịu trách nhiệm nội dung.".into(),
        ));
    }
    if !facts.phone.is_empty()
        && !facts
            .phone
            .chars()
            .all(|c| c.is_ascii_digit() || " +().-".contains(c))
    {
        problems.push((
            "phone",
            "chỉ gồm chữ số, dấu cách, chấm, ngoặc và +. Ví dụ 0260 3862 345.".into(),
        ));
    }
    let mail_sound = facts
        .email
        .split_once('@')
        .is_some_and(|(name, host)| !name.is_empty() && host.contains('.'));
    if !facts.email.is_empty() && (!mail_sound || facts.email.contains(['<', '>', ' ', '"'])) {
        problems.push(("email", "không phải địa chỉ thư điện tử.".into()));
    }
    if !facts.website.is_empty() {
        let sound = url::Url::parse(&facts.website).is_ok_and(|url| {
            matches!(url.scheme(), "https" | "http") && url.has_host() && url.username().is_empty()
        });
        if !sound {
            problems.push((
                "website",
                "không phải địa chỉ trang. Viết đủ, ví dụ https://sotuphap.kontum.gov.vn.".into(),
            ));
        }
    }
    problems
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_that_are_none_are_named() {
        let facts = Facts {
            responsible: String::new(),
            phone: "gọi cô Hương".into(),
            email: "huong".into(),
            website: "javascript:alert(1)".into(),
            ..Facts::default()
        };
        let names: Vec<_> = cannot_be_saved(&facts)
            .into_iter()
            .map(|(name, _)| name)
            .collect();
        assert_eq!(names, ["responsible", "phone", "email", "website"]);
        let good = Facts {
            responsible: "Nguyễn Văn A, Phó Giám đốc".into(),
            address: "Đường Trường Chinh, thành phố Kon Tum".into(),
            phone: "0260 3862 345".into(),
            email: "sotuphap@kontum.example".into(),
            website: "https://sotuphap.kontum.gov.vn".into(),
        };
        assert_eq!(cannot_be_saved(&good), []);
    }
}
