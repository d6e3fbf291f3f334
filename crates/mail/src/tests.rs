//! Letters read back from a folder, and spoken to a small SMTP server.

use std::sync::{Arc, Mutex};

use chrono::NaiveDate;
use pbgdpl_model::clock::Moment;
use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader};
use tokio::net::TcpListener;
use url::Url;
use uuid::Uuid;

use crate::letter::{
    AccountInvited, AlarmRaised, ArticleReturned, ArticleSubmitted, Envelope, ExtensionAnswered,
    ExtensionAsked, FactorReset, Letter, NewDevice, ReportDue, ReportReturned, ReportSubmitted, ReportsLate,
    ShareInvited, SummaryLetter, Words,
};
use crate::{OpenError, Sender, list_folder, message, smtp};

const FROM: &str = "khong-tra-loi@pbgdpl.example.vn";
const LINK: &str = "https://quantri.example.vn/quan-tri/so-y-te/";

fn moment() -> Moment {
    // 2021-12-07 14:05:00 in Kon Tum.
    Moment::from_millis(1_638_860_700_000)
}

fn envelope(outbox_id: u128) -> Envelope<'static> {
    Envelope {
        outbox_id: Uuid::from_u128(outbox_id),
        at: moment(),
        speaker: "Sở Tư pháp tỉnh Kon Tum",
        to_name: "Nguyễn Thị Hạnh",
        to_address: "hanh@soyte.example.vn",
    }
}

fn returned() -> ReportReturned<'static> {
    ReportReturned {
        agency: "Sở Y tế",
        form: "biểu 09c",
        period: "năm 2021",
        remark: "Cột 9 khác tổng cột 10-12.\n.Dòng bắt đầu bằng dấu chấm.",
        link: LINK,
    }
}

fn letter(outbox_id: u128) -> Letter {
    Letter::write(&returned(), &envelope(outbox_id)).unwrap()
}

#[test]
fn every_letter_says_what_happened_and_where_to_act() {
    let day = NaiveDate::from_ymd_opt(2021, 12, 7).unwrap();
    let device = "Firefox trên Linux";
    let written = [
        check(&ArticleSubmitted {
            title: "Luật Đất đai & bạn",
            section: "Sở Y tế",
            link: LINK,
        }),
        check(&ArticleReturned {
            title: "Luật Đất đai & bạn",
            remark: "Thiếu <căn cứ>.",
            link: LINK,
        }),
        check(&ReportSubmitted {
            agency: "Sở Y tế",
            form: "biểu 09c",
            period: "năm 2021",
            at: moment(),
            link: LINK,
        }),
        check(&returned()),
        check(&ReportDue {
            agency: "Sở Y tế",
            lacks: "chưa gửi lại",
            form: "biểu 09d",
            period: "năm 2021",
            due: day,
            when: "ngày mai",
            link: LINK,
        }),
        check(&ReportsLate {
            agencies: &["Sở Y tế", "Ban Dân tộc"],
            form: "biểu 09c",
            period: "năm 2021",
            due: day,
            link: LINK,
        }),
        check(&NewDevice {
            device,
            at: moment(),
            link: LINK,
        }),
        check(&ShareInvited {
            owner: "Sở Tư pháp",
            title: "Hội nghị",
            day,
            link: LINK,
        }),
        check(&FactorReset {
            at: moment(),
            link: LINK,
        }),
        check(&ExtensionAsked {
            agency: "Sở Y tế",
            form: "biểu 09d",
            period: "năm 2021",
            until: day,
            reason: "Chờ số liệu của các trung tâm y tế.",
            link: LINK,
        }),
        check(&ExtensionAnswered {
            agency: "Sở Y tế",
            form: "biểu 09d",
            period: "năm 2021",
            until: None,
            reason: "Kỳ này đã chốt.",
            link: LINK,
        }),
        check(&AccountInvited {
            province: "tỉnh Kon Tum",
            link: LINK,
        }),
        check(&AlarmRaised {
            title: "Giao rồi thôi một vai trò",
            entries: "2",
            from: moment(),
            to: moment(),
            advice: "Hỏi người giao.",
            link: LINK,
        }),
        check(&SummaryLetter {
            province: "Tỉnh Kon Tum",
            day,
            exceptions: &["2 cơ quan chưa gửi biểu 09: Sở Y tế, Ban Dân tộc".to_owned()],
            waiting: &["3 báo cáo chờ tiếp nhận".to_owned()],
            changes: &["Cuộc thi: thêm 2 cuộc thi, cả năm 2021 là 9".to_owned()],
            since: Some(day),
            link: LINK,
            stop: LINK,
        }),
    ];
    let summary = &written[13];
    assert_eq!(
        summary.subject,
        "Tóm tắt ngày 07/12/2021: 1 việc chờ bạn, 1 việc cần xem"
    );
    for part in [
        "Chờ bạn:\n\n- 3 báo cáo",
        "Cần xem:\n\n- 2 cơ quan",
        "Số liệu đã đổi từ ngày 07/12/2021:\n\n- Cuộc thi",
    ] {
        assert!(summary.text.contains(part), "{part}: {}", summary.text);
    }
    assert_eq!(written[0].subject, "Bài chờ duyệt: Luật Đất đai & bạn");
    assert!(written[1].text.contains("Thiếu <căn cứ>."));
    assert_eq!(written[4].subject, "Hạn gửi biểu 09d, năm 2021: ngày mai");
    assert!(written[4].text.contains("Hạn gửi: 07/12/2021 (ngày mai)"));
    assert!(
        written[5]
            .text
            .contains("07/12/2021:\n\n- Sở Y tế\n- Ban Dân tộc\n\nXem"),
        "{}",
        written[5].text
    );
    assert!(written[2].text.contains("lúc 14:05 ngày 07/12/2021"));
    assert!(written[7].text.contains("Ngày 07/12/2021"));
    assert_eq!(written[9].subject, "Sở Y tế xin gia hạn biểu 09d, năm 2021");
    assert!(
        written[9].text.contains("đến ngày 07/12/2021.") && written[10].text.contains("không đồng ý gia hạn")
    );
    assert!(written[8].text.contains("14:05 ngày 07/12/2021"));
}

fn check(words: &impl Words) -> Letter {
    let letter = Letter::write(words, &envelope(1)).unwrap();
    assert!(
        !letter.subject.is_empty() && letter.text.contains(&format!("\n{LINK}\n")),
        "{}",
        letter.text
    );
    assert!(
        letter
            .text
            .ends_with("\n-- \nSở Tư pháp tỉnh Kon Tum\nThư gửi tự động, xin không trả lời thư này.\n")
    );
    letter
}

#[tokio::test]
async fn a_letter_survives_the_folder() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("mail");
    assert_eq!(list_folder(&path).await.unwrap(), []);
    let sender = Sender::open(&format!("file:{}", path.display()), FROM).unwrap();
    assert_eq!(sender.folder(), Some(path.as_path()));
    let letter = letter(7);
    sender.send(&letter).await.unwrap();
    sender.send(&letter).await.unwrap();
    let stored = list_folder(&path).await.unwrap();
    assert_eq!(stored.len(), 1, "the same letter twice is one file");
    assert_eq!(stored[0].subject, "Báo cáo được trả lại: biểu 09c, năm 2021");
    assert_eq!(stored[0].from, format!("Sở Tư pháp tỉnh Kon Tum <{FROM}>"));
    assert_eq!(stored[0].to, "Nguyễn Thị Hạnh <hanh@soyte.example.vn>");
    assert_eq!(stored[0].date, Some(moment()));
    assert_eq!(stored[0].text, letter.text);
}

#[test]
fn names_cannot_smuggle_headers_and_ids_are_stable() {
    let evil = Envelope {
        speaker: "Sở Tư pháp\r\nBcc: x@evil.example",
        to_name: "A\u{202E}\"<b@c>\n",
        ..envelope(9)
    };
    let letter = Letter::write(&returned(), &evil).unwrap();
    let raw = String::from_utf8(
        message::message(&letter, &FROM.parse().unwrap())
            .unwrap()
            .formatted(),
    )
    .unwrap();
    let head = raw.split("\r\n\r\n").next().unwrap();
    assert!(!head.lines().any(|line| line.starts_with("Bcc")), "{head}");
    assert!(head.contains("Auto-Submitted: auto-generated"));
    let id = format!("Message-ID: <{}@pbgdpl.example.vn>", message::name(&letter));
    assert!(head.contains(&id), "{head}");
    let other = Letter {
        to_address: "khac@example.vn".to_owned(),
        ..letter.clone()
    };
    assert_ne!(message::name(&letter), message::name(&other));
    let wrong = Letter {
        to_address: "a@b\r\nRCPT TO:<c@d>".to_owned(),
        ..letter
    };
    assert!(
        !message::message(&wrong, &FROM.parse().unwrap())
            .unwrap_err()
            .retry
    );
}

#[test]
fn plain_text_is_for_loopback_only() {
    let query = |url| smtp::protected(url, false).unwrap().query().map(str::to_owned);
    assert_eq!(
        query("smtp://u:p@mail.example.vn:587").as_deref(),
        Some("tls=required")
    );
    assert_eq!(
        query("smtp://localhost.example.vn").as_deref(),
        Some("tls=required")
    );
    assert_eq!(query("smtp://127.0.0.1:2525"), None);
    assert_eq!(query("smtps://mail.example.vn"), None);
    assert_eq!(
        smtp::protected("smtp://mail.example.vn?tls=opportunistic", false),
        Err(OpenError::Options)
    );
    assert_eq!(
        smtp::protected("http://mail.example.vn", false),
        Err(OpenError::Url)
    );
    assert_eq!(
        Sender::open("file:x", "không phải địa chỉ").unwrap_err(),
        OpenError::From
    );
}

#[test]
fn an_authority_of_our_own_is_read_and_requires_encryption() {
    let folder = tempfile::tempdir().unwrap();
    let open = |file: &std::path::Path| {
        Sender::open_trusting("smtp://mail.example.vn", FROM, Some(file)).unwrap_err()
    };
    let missing = folder.path().join("ca.pem");
    assert!(open(&missing).to_string().contains("ca.pem"));
    std::fs::write(&missing, "không phải chứng thư").unwrap();
    assert_eq!(open(&missing), OpenError::Authority);
    let broken = "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n";
    std::fs::write(&missing, broken).unwrap();
    assert_eq!(open(&missing), OpenError::Authority);
    let url = smtp::protected("smtp://127.0.0.1:2525", true).unwrap();
    assert_eq!(url.query(), Some("tls=required"));
}

/// What a client said, line by line, and the answers that differ from "250 ok".
struct Server {
    address: String,
    heard: Arc<Mutex<Vec<String>>>,
}

impl Server {
    async fn start(answers: &'static [(&'static str, &'static str)]) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap().to_string();
        let heard = Arc::new(Mutex::new(Vec::new()));
        let ears = Arc::clone(&heard);
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let (reader, mut writer) = stream.into_split();
                let mut lines = BufReader::new(reader).split(b'\n');
                writer.write_all(b"220 test ESMTP\r\n").await.unwrap();
                let mut in_data = false;
                while let Ok(Some(line)) = lines.next_segment().await {
                    let line = String::from_utf8(line).unwrap();
                    ears.lock().unwrap().push(line.clone());
                    if in_data && line != ".\r" {
                        continue;
                    }
                    let own = answers
                        .iter()
                        .find(|(command, _)| line.starts_with(command))
                        .map(|(_, answer)| *answer);
                    let answer = match own {
                        Some(answer) => answer,
                        None if line.starts_with("EHLO") => "250-test\r\n250-8BITMIME\r\n250 AUTH PLAIN",
                        None if line.starts_with("AUTH") => "235 ok",
                        None if line.starts_with("DATA") => "354 go on",
                        None => "250 ok",
                    };
                    in_data = line.starts_with("DATA");
                    writer
                        .write_all(format!("{answer}\r\n").as_bytes())
                        .await
                        .unwrap();
                }
            }
        });
        Self { address, heard }
    }

    fn sender(&self) -> Sender {
        Sender::open(&format!("smtp://{}", self.address), FROM).unwrap()
    }

    fn heard(&self) -> Vec<String> {
        self.heard.lock().unwrap().clone()
    }
}

#[tokio::test]
async fn a_letter_is_spoken_to_a_server() {
    let server = Server::start(&[]).await;
    let url = format!("smtp://nguoi%40gui:m%E1%BA%ADt@{}", server.address);
    Sender::open(&url, FROM).unwrap().send(&letter(3)).await.unwrap();
    let heard = server.heard();
    let position = |start: &str| heard.iter().position(|line| line.starts_with(start)).unwrap();
    let steps = [
        "EHLO ",
        "AUTH PLAIN ",
        "MAIL FROM:<khong-tra-loi@",
        "RCPT TO:<hanh@soyte.example.vn>",
        "DATA",
        ".\r",
    ];
    assert!(steps.map(position).is_sorted(), "{heard:?}");
    assert!(heard.iter().all(|line| line.ends_with('\r')), "bare line feeds");
    let data = heard[position("DATA") + 1..position(".\r")].iter();
    let raw: String = data
        .map(|line| format!("{}\n", line.strip_prefix('.').unwrap_or(line)))
        .collect();
    let parsed = mail_parser::MessageParser::default()
        .parse(raw.as_bytes())
        .unwrap();
    assert_eq!(parsed.subject(), Some("Báo cáo được trả lại: biểu 09c, năm 2021"));
    assert_eq!(
        parsed.message_id(),
        Some(format!("{}@pbgdpl.example.vn", message::name(&letter(3))).as_str())
    );
    assert_eq!(
        parsed.body_text(0).unwrap().replace("\r\n", "\n").trim_end(),
        letter(3).text.trim_end()
    );
}

#[tokio::test]
async fn refusals_say_whether_to_try_again() {
    let refused = async |answers| {
        Server::start(answers)
            .await
            .sender()
            .send(&letter(4))
            .await
            .unwrap_err()
    };
    let unknown = refused(&[("RCPT", "550 <hanh@soyte.example.vn> unknown")]).await;
    assert_eq!(
        (unknown.retry, unknown.to_string().contains("550")),
        (false, true)
    );
    assert!(
        !format!("{unknown:?}").contains("hanh@"),
        "the address must not reach a log"
    );
    assert!(refused(&[("RCPT", "451 later")]).await.retry);
    assert!(
        refused(&[("MAIL", "530 Must issue a STARTTLS command first")])
            .await
            .retry
    );
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let closed = format!("smtp://{}", listener.local_addr().unwrap());
    drop(listener);
    assert!(
        Sender::open(&closed, FROM)
            .unwrap()
            .send(&letter(5))
            .await
            .unwrap_err()
            .retry
    );
}

#[tokio::test]
async fn without_encryption_neither_password_nor_letter_leaves() {
    let server = Server::start(&[]).await;
    let mut url = Url::parse(&format!("smtp://nguoi:mat-khau@{}", server.address)).unwrap();
    url.set_query(Some("tls=required"));
    let sender = Sender::through(smtp::transport(&url, None).unwrap(), FROM);
    assert!(sender.send(&letter(6)).await.unwrap_err().retry);
    let heard = server.heard().join("");
    assert!(
        heard.starts_with("EHLO") && !heard.contains("AUTH") && !heard.contains("MAIL"),
        "{heard}"
    );
}
