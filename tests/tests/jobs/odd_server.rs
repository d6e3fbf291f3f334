//! Mail servers as they are met: one that hangs, and one that will not take letters for one reader just now.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};

use pbgdpl_mail::Sender;
use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader};
use tokio::net::tcp::{OwnedReadHalf, OwnedWriteHalf};
use tokio::net::{TcpListener, TcpStream};

const FROM: &str = "pbgdpl@thu.example";

/// Takes every connection and never says a word.
pub(crate) struct Hanging {
    url: String,
    asked: Arc<AtomicUsize>,
}

impl Hanging {
    pub async fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("smtp://{}", listener.local_addr().unwrap());
        let asked = Arc::new(AtomicUsize::new(0));
        let count = Arc::clone(&asked);
        tokio::spawn(async move {
            let mut held = Vec::new();
            while let Ok((stream, _)) = listener.accept().await {
                held.push(stream);
                count.store(held.len(), Ordering::SeqCst);
            }
        });
        Self { url, asked }
    }

    pub fn sender(&self) -> Sender {
        Sender::open(&self.url, FROM).unwrap()
    }

    /// The same server as a site.
    pub fn site(&self) -> String {
        self.url.replacen("smtp:", "http:", 1)
    }

    /// How many letters, or looks, hang now.
    pub fn asked(&self) -> usize {
        self.asked.load(Ordering::SeqCst)
    }
}

/// What was taken: Message-IDs, by reader.
type Taken = Arc<Mutex<BTreeMap<String, Vec<String>>>>;

/// Takes letters for everybody but one, whom it knows later.
pub(crate) struct Choosy {
    url: String,
    refused: Arc<Mutex<Option<String>>>,
    taken: Taken,
}

impl Choosy {
    pub async fn start(refused: &str) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("smtp://{}", listener.local_addr().unwrap());
        let refused = Arc::new(Mutex::new(Some(refused.to_owned())));
        let taken = Taken::default();
        let (no, yes) = (Arc::clone(&refused), Arc::clone(&taken));
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                tokio::spawn(speak(stream, Arc::clone(&no), Arc::clone(&yes)));
            }
        });
        Self { url, refused, taken }
    }

    pub fn sender(&self) -> Sender {
        Sender::open(&self.url, FROM).unwrap()
    }

    /// From now on the one is known too.
    pub fn relent(&self) {
        *self.refused.lock().unwrap() = None;
    }

    pub fn taken(&self) -> BTreeMap<String, Vec<String>> {
        self.taken.lock().unwrap().clone()
    }
}

async fn say(writer: &mut OwnedWriteHalf, answer: &str) {
    writer
        .write_all(format!("{answer}\r\n").as_bytes())
        .await
        .unwrap();
}

async fn speak(stream: TcpStream, refused: Arc<Mutex<Option<String>>>, taken: Taken) {
    let (reader, mut writer) = stream.into_split();
    let mut lines = BufReader::new(reader).lines();
    say(&mut writer, "220 choosy ESMTP").await;
    let mut reader = String::new();
    while let Ok(Some(line)) = lines.next_line().await {
        let answer = match line.split([' ', ':']).next().unwrap() {
            "EHLO" => "250-choosy\r\n250 8BITMIME",
            "RCPT" => {
                reader = line.split(['<', '>']).nth(1).unwrap().to_owned();
                match refused.lock().unwrap().as_ref() {
                    Some(name) if *name == reader => "451 4.2.1 not now",
                    _ => "250 ok",
                }
            }
            "DATA" => {
                say(&mut writer, "354 go on").await;
                let id = message_id(&mut lines).await;
                taken.lock().unwrap().entry(reader.clone()).or_default().push(id);
                "250 taken"
            }
            "QUIT" => "221 bye",
            _ => "250 ok",
        };
        say(&mut writer, answer).await;
    }
}

async fn message_id(lines: &mut tokio::io::Lines<BufReader<OwnedReadHalf>>) -> String {
    let mut id = String::new();
    while let Ok(Some(line)) = lines.next_line().await {
        if line == "." {
            break;
        }
        if let Some(said) = line.strip_prefix("Message-ID: ") {
            said.clone_into(&mut id);
        }
    }
    id
}
