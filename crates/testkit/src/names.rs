//! A server of the domain name system for tests: it speaks the protocol (RFC 1035) over UDP, and its zones are what a test last wrote down.

use std::collections::HashMap;
use std::net::{IpAddr, SocketAddr};
use std::sync::{Arc, Mutex, PoisonError};

use hickory_resolver::proto::op::{Message, OpCode, ResponseCode};
use hickory_resolver::proto::rr::rdata::{A, AAAA, TXT};
use hickory_resolver::proto::rr::{RData, Record, RecordType};
use tokio::net::UdpSocket;

/// What stands under the names, without the last dot.
#[derive(Debug, Default)]
struct Zones {
    texts: HashMap<String, String>,
    addresses: HashMap<String, IpAddr>,
    silent: bool,
}

/// The server. It answers until it is dropped with its runtime.
#[derive(Debug, Clone)]
pub struct NameServer {
    /// Where it listens.
    pub address: SocketAddr,
    zones: Arc<Mutex<Zones>>,
}

impl NameServer {
    /// Starts one on a free port of this machine.
    ///
    /// # Errors
    /// Where no port is free.
    pub async fn start() -> anyhow::Result<Self> {
        let socket = UdpSocket::bind("127.0.0.1:0").await?;
        let server = Self {
            address: socket.local_addr()?,
            zones: Arc::default(),
        };
        let zones = Arc::clone(&server.zones);
        tokio::spawn(async move {
            let mut buffer = [0; 1500];
            while let Ok((read, peer)) = socket.recv_from(&mut buffer).await {
                let answer = buffer.get(..read).and_then(|asked| answered(&zones, asked));
                if let Some(answer) = answer {
                    let _ = socket.send_to(&answer, peer).await;
                }
            }
        });
        Ok(server)
    }

    /// Lets a text stand under a name; nothing takes it away.
    pub fn text(&self, name: &str, text: Option<&str>) {
        self.with(|zones| match text {
            Some(text) => {
                zones.texts.insert(name.to_owned(), text.to_owned());
            }
            None => {
                zones.texts.remove(name);
            }
        });
    }

    /// Lets a name lead to an address; nothing takes it away.
    pub fn leads(&self, name: &str, address: Option<IpAddr>) {
        self.with(|zones| match address {
            Some(address) => {
                zones.addresses.insert(name.to_owned(), address);
            }
            None => {
                zones.addresses.remove(name);
            }
        });
    }

    /// Whether it answers that it is unable to (SERVFAIL).
    pub fn fails(&self, fails: bool) {
        self.with(|zones| zones.silent = fails);
    }

    fn with(&self, change: impl FnOnce(&mut Zones)) {
        change(&mut self.zones.lock().unwrap_or_else(PoisonError::into_inner));
    }
}

fn answered(zones: &Mutex<Zones>, asked: &[u8]) -> Option<Vec<u8>> {
    let asked = Message::from_vec(asked).ok()?;
    let query = asked.queries.first()?.clone();
    let name = query.name().to_ascii().trim_end_matches('.').to_lowercase();
    let zones = zones.lock().unwrap_or_else(PoisonError::into_inner);
    let mut answer = Message::response(asked.metadata.id, OpCode::Query);
    answer.metadata.recursion_desired = asked.metadata.recursion_desired;
    answer.metadata.recursion_available = true;
    answer.add_query(query.clone());
    if zones.silent {
        answer.metadata.response_code = ResponseCode::ServFail;
        return answer.to_vec().ok();
    }
    let data = match (
        query.query_type(),
        zones.texts.get(&name),
        zones.addresses.get(&name),
    ) {
        (RecordType::TXT, Some(text), _) => Some(RData::TXT(TXT::new(vec![text.clone()]))),
        (RecordType::A, _, Some(IpAddr::V4(address))) => Some(RData::A(A(*address))),
        (RecordType::AAAA, _, Some(IpAddr::V6(address))) => Some(RData::AAAA(AAAA(*address))),
        _ => None,
    };
    match data {
        Some(data) => {
            answer.add_answer(Record::from_rdata(query.name().clone(), 60, data));
        }
        None if !zones.texts.contains_key(&name) && !zones.addresses.contains_key(&name) => {
            answer.metadata.response_code = ResponseCode::NXDomain;
        }
        None => {}
    }
    answer.to_vec().ok()
}
