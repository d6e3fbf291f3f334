//! A detached signature over bytes: one signer, the digest of the bytes among the signed attributes, the key of a certificate that an
//! anchor vouches for, for signing, valid when it was added.

use std::time::Duration;

use cms::cert::CertificateChoices;
use cms::content_info::ContentInfo;
use cms::signed_data::{SignedData, SignerIdentifier, SignerInfo};
use const_oid::ObjectIdentifier;
use const_oid::db::{rfc5911, rfc5912};
use der::asn1::OctetStringRef;
use der::{Decode, Encode};
use pbgdpl_model::clock::Moment;
use rustls::pki_types::{CertificateDer, SignatureVerificationAlgorithm, UnixTime};
use sha2::{Digest, Sha256, Sha384, Sha512};
use webpki::{EndEntityCert, ExtendedKeyUsageValidator, KeyPurposeIdIter, ring};
use x509_cert::Certificate;
use x509_cert::ext::pkix::{KeyUsage, SubjectKeyIdentifier};

use crate::anchors::Anchors;
use crate::signer::{Signer, same};

/// Why a signature is none, in the words of the screen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Refused {
    /// Not CMS, or cut.
    #[error("tệp không phải chữ ký số dạng CMS (.p7s)")]
    Unreadable,
    /// CMS in BER, as some tools write it in a stream.
    #[error("chữ ký ghi theo dạng BER; chọn dạng DER (không chia luồng) khi ký")]
    NotDer,
    /// What was signed is in the file too, and is something else.
    #[error("tệp chữ ký mang theo một nội dung khác; cần chữ ký rời (detached) trên đúng tệp đã tải về")]
    OtherContent,
    /// None, or several.
    #[error("tệp cần có đúng một chữ ký; nhiều người ký thì mỗi người một tệp")]
    NotOne,
    /// SHA-1, MD5 and unknown ones.
    #[error(
        "thuật toán ký không còn an toàn hoặc không được hỗ trợ; dùng SHA-256 trở lên với RSA hoặc ECDSA"
    )]
    Algorithm,
    /// Another file was signed, or this one was changed since.
    #[error("chữ ký không phải trên tệp này: nội dung khác từng byte")]
    Digest,
    /// The certificate is not in the file.
    #[error("tệp chữ ký thiếu chứng thư của người ký; chọn “kèm chứng thư” khi ký")]
    NoCertificate,
    /// The certificate may not sign.
    #[error("chứng thư không dùng để ký số")]
    NotForSigning,
    /// The signature does not fit the certificate's key.
    #[error("chữ ký không khớp với khóa trong chứng thư")]
    Signature,
    /// Nobody whom the operator believes vouches for the certificate.
    #[error("chứng thư không do cơ quan chứng thực được chấp nhận cấp")]
    Untrusted,
    /// The certificate had ended, or had not begun.
    #[error("chứng thư không có hiệu lực vào lúc ký")]
    Expired,
}

/// Verifies. `signature`: DER, or PEM; `at`: when it was added, at which its certificate must have been valid.
///
/// # Errors
/// Why it is no signature of anybody over these bytes.
pub fn verify(signature: &[u8], content: &[u8], anchors: &Anchors, at: Moment) -> Result<Signer, Refused> {
    let signed = signed_data(signature)?;
    if let Some(held) = &signed.encap_content_info.econtent {
        let held = held
            .decode_as::<OctetStringRef<'_>>()
            .map_err(|_| Refused::Unreadable)?;
        if held.as_bytes() != content {
            return Err(Refused::OtherContent);
        }
    }
    let mut signers = signed.signer_infos.0.iter();
    let (Some(info), None) = (signers.next(), signers.next()) else {
        return Err(Refused::NotOne);
    };
    let hash = Hash::of(info.digest_alg.oid)?;
    let attributes = digest_is_signed(info, hash, content)?;
    let certificates = certificates(&signed);
    let certificate = certificates
        .iter()
        .find(|certificate| is_of(certificate, &info.sid))
        .ok_or(Refused::NoCertificate)?;
    may_sign(certificate)?;
    let sent = certificates.iter().map(encoded).collect::<Result<Vec<_>, _>>()?;
    let own = encoded(certificate)?;
    let key = EndEntityCert::try_from(&own).map_err(|_| Refused::Unreadable)?;
    let fits = algorithms(info.signature_algorithm.oid, hash)?
        .iter()
        .any(|algorithm| {
            key.verify_signature(*algorithm, &attributes, info.signature.as_bytes())
                .is_ok()
        });
    if !fits {
        return Err(Refused::Signature);
    }
    vouched_for(&key, &sent, anchors, at)?;
    Ok(Signer::of(certificate))
}

fn signed_data(signature: &[u8]) -> Result<SignedData, Refused> {
    let bytes = if signature.starts_with(b"-----BEGIN") {
        let (_, bytes) = der::pem::decode_vec(signature).map_err(|_| Refused::Unreadable)?;
        bytes
    } else {
        signature.to_vec()
    };
    if bytes.starts_with(&[0x30, 0x80]) {
        return Err(Refused::NotDer);
    }
    let outer = ContentInfo::from_der(&bytes).map_err(|_| Refused::Unreadable)?;
    if outer.content_type != rfc5911::ID_SIGNED_DATA {
        return Err(Refused::Unreadable);
    }
    outer.content.decode_as().map_err(|_| Refused::Unreadable)
}

/// The digests that are taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Hash {
    Sha256,
    Sha384,
    Sha512,
}

impl Hash {
    fn of(kind: ObjectIdentifier) -> Result<Self, Refused> {
        match kind {
            rfc5912::ID_SHA_256 => Ok(Self::Sha256),
            rfc5912::ID_SHA_384 => Ok(Self::Sha384),
            rfc5912::ID_SHA_512 => Ok(Self::Sha512),
            _ => Err(Refused::Algorithm),
        }
    }

    fn digest(self, bytes: &[u8]) -> Vec<u8> {
        match self {
            Self::Sha256 => Sha256::digest(bytes).to_vec(),
            Self::Sha384 => Sha384::digest(bytes).to_vec(),
            Self::Sha512 => Sha512::digest(bytes).to_vec(),
        }
    }
}

/// The bytes that were signed: the attributes as a set (RFC 5652 5.4), with the digest of the content and its type among them.
fn digest_is_signed(info: &SignerInfo, hash: Hash, content: &[u8]) -> Result<Vec<u8>, Refused> {
    let attributes = info.signed_attrs.as_ref().ok_or(Refused::Unreadable)?;
    let one = |kind: ObjectIdentifier| {
        let mut found = attributes.iter().filter(|attribute| attribute.oid == kind);
        match (found.next(), found.next()) {
            (Some(attribute), None) if attribute.values.len() == 1 => attribute.values.get(0),
            _ => None,
        }
    };
    let kind = one(rfc5911::ID_CONTENT_TYPE).and_then(|value| value.decode_as::<ObjectIdentifier>().ok());
    let digest = one(rfc5911::ID_MESSAGE_DIGEST).ok_or(Refused::Unreadable)?;
    let digest = digest
        .decode_as::<OctetStringRef<'_>>()
        .map_err(|_| Refused::Unreadable)?;
    if kind != Some(rfc5911::ID_DATA) {
        return Err(Refused::Unreadable);
    }
    if digest.as_bytes() != hash.digest(content) {
        return Err(Refused::Digest);
    }
    attributes.to_der().map_err(|_| Refused::Unreadable)
}

fn certificates(signed: &SignedData) -> Vec<Certificate> {
    let sent = signed.certificates.iter().flat_map(|set| set.0.iter());
    sent.filter_map(|choice| match choice {
        CertificateChoices::Certificate(certificate) => Some(certificate.clone()),
        CertificateChoices::Other(_) => None,
    })
    .collect()
}

fn is_of(certificate: &Certificate, signer: &SignerIdentifier) -> bool {
    let facts = &certificate.tbs_certificate;
    match signer {
        SignerIdentifier::IssuerAndSerialNumber(named) => {
            same(&facts.issuer, &named.issuer) && facts.serial_number == named.serial_number
        }
        SignerIdentifier::SubjectKeyIdentifier(wanted) => {
            let own = facts.get::<SubjectKeyIdentifier>().ok().flatten();
            own.is_some_and(|(_, own)| own == *wanted)
        }
    }
}

/// RFC 5280 4.2.1.3: where the certificate says what its key is for, signing is among it.
fn may_sign(certificate: &Certificate) -> Result<(), Refused> {
    let usage = certificate.tbs_certificate.get::<KeyUsage>();
    let usage = usage.map_err(|_| Refused::Unreadable)?;
    match usage {
        Some((_, usage)) if !usage.digital_signature() && !usage.non_repudiation() => {
            Err(Refused::NotForSigning)
        }
        _ => Ok(()),
    }
}

fn encoded(certificate: &Certificate) -> Result<CertificateDer<'static>, Refused> {
    let bytes = certificate.to_der().map_err(|_| Refused::Unreadable)?;
    Ok(CertificateDer::from(bytes))
}

type Algorithms = Vec<&'static dyn SignatureVerificationAlgorithm>;

/// What a signature of this kind may have been made with; RSA by its plain name too (RFC 3370 3.2).
fn algorithms(kind: ObjectIdentifier, hash: Hash) -> Result<Algorithms, Refused> {
    let rsa = match hash {
        Hash::Sha256 => rfc5912::SHA_256_WITH_RSA_ENCRYPTION,
        Hash::Sha384 => rfc5912::SHA_384_WITH_RSA_ENCRYPTION,
        Hash::Sha512 => rfc5912::SHA_512_WITH_RSA_ENCRYPTION,
    };
    let elliptic = match hash {
        Hash::Sha256 => rfc5912::ECDSA_WITH_SHA_256,
        Hash::Sha384 => rfc5912::ECDSA_WITH_SHA_384,
        Hash::Sha512 => rfc5912::ECDSA_WITH_SHA_512,
    };
    if kind == rfc5912::RSA_ENCRYPTION || kind == rsa {
        return Ok(match hash {
            Hash::Sha256 => vec![ring::RSA_PKCS1_2048_8192_SHA256],
            Hash::Sha384 => vec![ring::RSA_PKCS1_2048_8192_SHA384],
            Hash::Sha512 => vec![ring::RSA_PKCS1_2048_8192_SHA512],
        });
    }
    if kind == elliptic {
        return match hash {
            Hash::Sha256 => Ok(vec![ring::ECDSA_P256_SHA256, ring::ECDSA_P384_SHA256]),
            Hash::Sha384 => Ok(vec![ring::ECDSA_P256_SHA384, ring::ECDSA_P384_SHA384]),
            Hash::Sha512 => Err(Refused::Algorithm),
        };
    }
    Err(Refused::Algorithm)
}

/// Certificates of people are issued for many purposes; which one is the key usage's to say, not the extended one's.
struct AnyPurpose;

impl ExtendedKeyUsageValidator for AnyPurpose {
    fn validate(&self, _: KeyPurposeIdIter<'_, '_>) -> Result<(), webpki::Error> {
        Ok(())
    }
}

fn vouched_for(
    key: &EndEntityCert<'_>,
    sent: &[CertificateDer<'static>],
    anchors: &Anchors,
    at: Moment,
) -> Result<(), Refused> {
    let seconds = u64::try_from(at.millis() / 1_000).map_err(|_| Refused::Expired)?;
    let time = UnixTime::since_unix_epoch(Duration::from_secs(seconds));
    let path = key.verify_for_usage(
        webpki::ALL_VERIFICATION_ALGS,
        anchors.list(),
        sent,
        time,
        AnyPurpose,
        None,
        None,
    );
    match path {
        Ok(_) => Ok(()),
        Err(webpki::Error::CertExpired { .. } | webpki::Error::CertNotValidYet { .. }) => {
            Err(Refused::Expired)
        }
        Err(_) => Err(Refused::Untrusted),
    }
}
