//! Sends the same words to several people; each letter is named by the outbox row and its reader.

use pbgdpl_mail::{Envelope, Letter, Words};
use pbgdpl_model::policy::Role;
use pbgdpl_scope::Tenant;
use pbgdpl_store::identity::Membership;
use pbgdpl_store::machinery::outbox::Header;

use crate::failure::Failure;
use crate::work::Work;

/// Somebody who reads.
#[derive(Debug, Clone)]
pub(crate) struct Reader {
    pub name: String,
    pub address: String,
}

/// Those among members who hold a role.
pub(crate) fn holding(members: Vec<Membership>, role: Role) -> Vec<Reader> {
    members
        .into_iter()
        .filter(|member| member.role == role)
        .map(|member| Reader {
            name: member.display_name,
            address: member.email,
        })
        .collect()
}

/// Those who hold a role in an agency.
pub(crate) async fn members(work: &Work, tenant: &Tenant, role: Role) -> Result<Vec<Reader>, Failure> {
    let reader = work.app.store().read().tenant(tenant).await?;
    Ok(holding(reader.members().await?, role))
}

/// Sends to everybody; one who cannot be reached does not keep the letter from the others.
pub(crate) async fn post(
    work: &Work,
    header: &Header,
    speaker: &str,
    words: &impl Words,
    readers: &[Reader],
) -> Result<(), Failure> {
    let mut failed: Option<Failure> = None;
    for reader in readers.iter().filter(|reader| !reader.address.is_empty()) {
        let envelope = Envelope {
            outbox_id: header.id.0,
            at: work.app.now(),
            speaker,
            to_name: &reader.name,
            to_address: &reader.address,
        };
        let sent = match Letter::write(words, &envelope) {
            Ok(letter) => work.sender.send(&letter).await.map_err(Failure::from),
            Err(error) => Err(Failure::never(format!("the letter cannot be written: {error}"))),
        };
        if let Err(failure) = sent {
            let keep = failed.as_ref().is_some_and(|known| known.retry);
            if !keep {
                failed = Some(failure);
            }
        }
    }
    failed.map_or(Ok(()), Err)
}
