//! Somebody who signs digitally: an authority of their own, a certificate for all years of the tests, and `openssl cms` as their tool.

use std::process::Command;

use anyhow::{Context, ensure};
use pbgdpl_signature::Anchors;
use rcgen::{
    BasicConstraints, CertificateParams, CertifiedIssuer, DnType, IsCa, KeyPair, KeyUsagePurpose,
    date_time_ymd,
};

use crate::servers::ScratchDirectory;

/// A signer with key and certificate.
#[derive(Debug)]
pub struct DigitalSigner {
    folder: ScratchDirectory,
    authority: String,
}

impl DigitalSigner {
    /// Somebody of this name.
    ///
    /// # Errors
    /// Where a certificate cannot be made or written.
    pub fn new(name: &str) -> anyhow::Result<Self> {
        let mut params = params("Cơ quan chứng thực thử")?;
        params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        let authority = CertifiedIssuer::self_signed(params, KeyPair::generate()?)?;
        let key = KeyPair::generate()?;
        let mut params = self::params(name)?;
        params.key_usages = vec![
            KeyUsagePurpose::DigitalSignature,
            KeyUsagePurpose::ContentCommitment,
        ];
        let own = params.signed_by(&key, &authority)?;
        let folder = ScratchDirectory::new()?;
        std::fs::write(folder.path().join("own.pem"), own.pem())?;
        std::fs::write(folder.path().join("own.key"), key.serialize_pem())?;
        Ok(Self {
            folder,
            authority: authority.pem(),
        })
    }

    /// Who vouches for them.
    ///
    /// # Errors
    /// Where the certificate cannot be read.
    pub fn anchors(&self) -> anyhow::Result<Anchors> {
        Anchors::from_pem(self.authority.as_bytes()).map_err(anyhow::Error::msg)
    }

    /// Signs these bytes, detached, in DER.
    ///
    /// # Errors
    /// Where `openssl` is missing or refuses.
    pub fn sign(&self, content: &[u8]) -> anyhow::Result<Vec<u8>> {
        let at = |file: &str| self.folder.path().join(file);
        std::fs::write(at("content"), content)?;
        let done = Command::new("openssl")
            .args(["cms", "-sign", "-binary", "-in", "content", "-signer", "own.pem"])
            .args([
                "-inkey",
                "own.key",
                "-md",
                "sha256",
                "-outform",
                "DER",
                "-out",
                "signature",
            ])
            .current_dir(self.folder.path())
            .output()
            .context("openssl")?;
        ensure!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
        Ok(std::fs::read(at("signature"))?)
    }
}

fn params(name: &str) -> anyhow::Result<CertificateParams> {
    let mut params = CertificateParams::new(Vec::new())?;
    params.not_before = date_time_ymd(2019, 1, 1);
    params.not_after = date_time_ymd(2045, 1, 1);
    params.distinguished_name.push(DnType::CommonName, name);
    Ok(params)
}
