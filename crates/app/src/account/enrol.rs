//! Sets up the second factor: a secret for the authenticator, shown until the first right code comes back.

use pbgdpl_model::clock::Moment;
use pbgdpl_store::StoreError;
use pbgdpl_store::identity::{SignedIn, Totp};

use super::lockout::{self, Answer, Door};
use super::session::{self, Cookie, Factor};
use super::trail::{self, Trace};
use super::{Visit, totp};
use crate::{App, Error};

/// What the authenticator needs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Enrolment {
    /// Base32.
    pub secret: String,
    /// `otpauth://totp/…`
    pub url: String,
    /// The same as a QR code.
    pub picture: Squares,
}

/// The squares of a QR code, row by row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Squares {
    /// Squares to a side.
    pub side: usize,
    dark: Vec<bool>,
}

impl Squares {
    fn of(text: &str) -> Result<Self, Error> {
        let code = qrcodegen::QrCode::encode_text(text, qrcodegen::QrCodeEcc::Medium)
            .map_err(|e| Error::Store(StoreError::Unfit(format!("no QR code: {e}"))))?;
        let range = 0..code.size();
        let dark = range.clone().flat_map(|y| range.clone().map(move |x| (x, y)));
        Ok(Self {
            side: usize::try_from(code.size()).unwrap_or(0),
            dark: dark.map(|(x, y)| code.get_module(x, y)).collect(),
        })
    }

    /// Whether a square is dark.
    #[must_use]
    pub fn is_dark(&self, x: usize, y: usize) -> bool {
        self.dark.get(y * self.side + x).copied().unwrap_or(false)
    }
}

/// What came of the first code.
#[derive(Debug)]
pub enum Outcome {
    /// The factor is on; other sessions ended, this one goes on under a new value.
    On(Cookie),
    /// The code is wrong.
    Wrong {
        /// Tries left.
        left: u64,
    },
    /// Too many tries.
    Locked {
        /// When the next one is looked at.
        until: Moment,
    },
    /// A second factor was on already.
    Already,
}

/// The secret to set up, the same until it is confirmed; `None` where a factor is on already.
///
/// # Errors
/// Where the store fails.
#[tracing::instrument(name = "account.enrol.begin", skip_all)]
pub async fn begin(app: &App, person: &SignedIn, visit: &Visit) -> Result<Option<Enrolment>, Error> {
    let account = person.session.account;
    let mut identity = app.store().identity().await?;
    let secret = match identity.totp(account).await? {
        Some(on) if on.confirmed_at.is_some() => return Ok(None),
        Some(begun) => begun.secret,
        None => {
            let secret = totp::secret()?;
            let waiting = Totp {
                secret: secret.clone(),
                confirmed_at: None,
                last_step: 0,
            };
            identity.put_totp(account, &waiting).await?;
            trail::own(&mut identity, visit, Trace::BeginFactor, account, app.now()).await?;
            identity.save().await?;
            secret
        }
    };
    let province = app.store().registry().now().province().name.clone();
    let url = totp::generator(&secret, &format!("PBGDPL {province}"), &person.email)?
        .to_url()
        .map_err(|e| Error::Store(StoreError::Unreadable(format!("second factor: {e}"))))?;
    Ok(Some(Enrolment {
        picture: Squares::of(&url)?,
        secret,
        url,
    }))
}

/// Turns the factor on with its first code.
///
/// # Errors
/// [`Error::Stale`] where the session ended meanwhile, or a fault of the store.
#[tracing::instrument(name = "account.enrol.confirm", skip_all)]
pub async fn confirm(app: &App, person: &SignedIn, code: &str, visit: &Visit) -> Result<Outcome, Error> {
    let now = app.now();
    let account = person.session.account;
    let door = Door::code(account);
    let noted = match lockout::knock(app, std::slice::from_ref(&door), now).await? {
        Answer::Go(noted) => noted,
        Answer::Closed(until) => return Ok(Outcome::Locked { until }),
    };
    let mut identity = app.store().identity().await?;
    identity.lock_account(account).await?;
    if identity
        .signed_in(&person.session.token_hash, now)
        .await?
        .is_none()
    {
        return Err(Error::Stale);
    }
    let begun = identity.totp(account).await?;
    if begun.as_ref().is_some_and(|begun| begun.confirmed_at.is_some()) {
        return Ok(Outcome::Already);
    }
    let step = match &begun {
        Some(begun) => totp::step_of(&begun.secret, code, now)?,
        None => None,
    };
    let accepted = match (begun, step) {
        (Some(begun), Some(step)) if identity.use_totp_step(account, step).await? => Some((begun, step)),
        _ => None,
    };
    let Some((begun, step)) = accepted else {
        drop(identity);
        return match lockout::tries_left(app, &door, now).await? {
            0 => Ok(Outcome::Locked {
                until: lockout::opens_at(app, &door, now).await?,
            }),
            left => Ok(Outcome::Wrong { left }),
        };
    };
    let on = Totp {
        confirmed_at: Some(now),
        last_step: step,
        ..begun
    };
    identity.put_totp(account, &on).await?;
    lockout::succeeded(&mut identity, &door, &noted, app.now()).await?;
    identity.end_sessions(account).await?;
    let cookie = session::begin(&mut identity, account, Factor::shown(now), visit, now).await?;
    trail::own(&mut identity, visit, Trace::ConfirmFactor, account, now).await?;
    identity.save().await?;
    Ok(Outcome::On(cookie))
}

#[cfg(test)]
mod tests {
    use super::Squares;

    #[test]
    fn a_code_has_its_three_corner_marks() {
        let code = Squares::of("otpauth://totp/x?secret=GEZDGNBVGY3TQOJQ").unwrap();
        let last = code.side - 1;
        assert!(code.is_dark(0, 0) && code.is_dark(last, 0) && code.is_dark(0, last));
        assert!(!code.is_dark(1, 1) && !code.is_dark(code.side, code.side));
    }
}
