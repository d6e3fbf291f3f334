//! Looks at a host name that an agency claims: the proof, where the name leads, the certificate (EMB-20, TEN-22).

use std::collections::BTreeSet;
use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;

use pbgdpl_model::clock::Moment;
use pbgdpl_model::own_host::{Answer, Finding, PROOF_LABEL, Standing};
use rustls::ClientConfig;

use crate::names::{Names, Said};
use crate::{certificate, trust};

/// A certificate that ends within so many days should have been renewed long ago.
const SOON_DAYS: i64 = 14;
/// Where browsers ask.
const HTTPS: u16 = 443;

/// Looks at host names. Cheap to clone.
#[derive(Clone)]
pub struct HostLooker {
    names: Names,
    tls: Arc<ClientConfig>,
    target: String,
    port: u16,
}

impl std::fmt::Debug for HostLooker {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("HostLooker")
    }
}

/// What was asked of a name.
#[derive(Debug, Clone, Copy)]
pub struct Asked<'a> {
    /// The name.
    pub host: &'a str,
    /// What its record must hold.
    pub token: &'a str,
    /// How its claim stands.
    pub standing: Standing,
}

impl HostLooker {
    /// `target`: the host to which names of agencies lead; `servers`: whom to ask of names, nobody means those of the machine;
    /// `authority`: certificates (PEM) trusted beside the public ones.
    ///
    /// # Errors
    /// Where the certificates cannot be used, or the machine knows nobody to ask.
    pub fn new(target: &str, servers: &[SocketAddr], authority: Option<&[u8]>) -> Result<Self, String> {
        Ok(Self {
            names: Names::new(servers)?,
            tls: Arc::new(trust::client(authority)?),
            target: target.to_owned(),
            port: HTTPS,
        })
    }

    /// The same for servers that listen elsewhere: for tests.
    #[must_use]
    pub fn with_port(mut self, port: u16) -> Self {
        self.port = port;
        self
    }

    /// Looks at a name.
    pub async fn look(&self, asked: Asked<'_>, now: Moment) -> (Answer, Vec<Finding>) {
        let (answer, of_proof) = self.proof(asked.host, asked.token).await;
        if asked.standing == Standing::Released {
            return (
                Answer::Unsure,
                self.dangling(asked.host).await.into_iter().collect(),
            );
        }
        let mut findings: Vec<Finding> = of_proof.into_iter().collect();
        findings.extend(self.way(asked, now).await);
        (answer, findings)
    }

    async fn proof(&self, host: &str, token: &str) -> (Answer, Option<Finding>) {
        match self.names.texts(&format!("{PROOF_LABEL}.{host}")).await {
            Said::Records(texts) if texts.iter().any(|text| holds(text, token)) => (Answer::Proof, None),
            Said::Records(texts) if texts.is_empty() => (Answer::NoProof, Some(Finding::NoRecord)),
            Said::Records(_) => (Answer::NoProof, Some(Finding::OtherRecord)),
            Said::Nothing => (Answer::NoProof, Some(Finding::NoRecord)),
            Said::Silence => (Answer::Unsure, Some(Finding::Silent)),
        }
    }

    /// Where the name leads, and what browsers meet there.
    async fn way(&self, asked: Asked<'_>, now: Moment) -> Option<Finding> {
        let there = match self.names.addresses(asked.host).await {
            Said::Records(there) => there,
            Said::Nothing => return Some(Finding::NoAddress),
            Said::Silence => return None,
        };
        let Some(address) = self.ours_among(&there).await? else {
            return Some(Finding::Elsewhere);
        };
        // Before it shows the section, nobody may order a certificate for it.
        if !matches!(asked.standing, Standing::Serving | Standing::Losing) {
            return None;
        }
        let at = SocketAddr::new(address, self.port);
        match certificate::ends(Arc::clone(&self.tls), asked.host, at).await {
            Err(why) => Some(Finding::NoCertificate { why }),
            Ok(ends) if ends <= now.plus_seconds(SOON_DAYS * 24 * 3600) => {
                Some(Finding::CertificateEnds { day: ends.day() })
            }
            Ok(_) => None,
        }
    }

    /// A name that is given back and still leads here.
    async fn dangling(&self, host: &str) -> Option<Finding> {
        let Said::Records(there) = self.names.addresses(host).await else {
            return None;
        };
        self.ours_among(&there).await?.map(|_| Finding::Dangling)
    }

    /// The first of these addresses that is ours, if any is; nothing where our own cannot be had.
    async fn ours_among(&self, there: &BTreeSet<IpAddr>) -> Option<Option<IpAddr>> {
        match self.names.addresses(&self.target).await {
            Said::Records(ours) => Some(ours.intersection(there).next().copied()),
            Said::Nothing | Said::Silence => {
                tracing::warn!(target_host = %self.target, "the host to which agencies' names lead is not found");
                None
            }
        }
    }
}

/// Panels of registrars put quotes and blanks around what is typed.
fn holds(text: &str, token: &str) -> bool {
    text.trim().trim_matches('"').trim() == token
}
