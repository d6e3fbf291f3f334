//! Browsers that behave, and browsers that do not: each a small shell script.

use std::sync::Mutex;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpListener;

use super::*;

/// How long a test waits for what must come.
const PATIENCE: Duration = Duration::from_secs(20);

/// Reads the command line as a browser would, and knows how to ask the proxy and how to draw.
const SKILLS: &str = r#"
for word in "$@"; do
  case "$word" in
    --proxy-server=http://*) proxy=${word#--proxy-server=http://} ;;
    --screenshot=*) picture=${word#--screenshot=} ;;
  esac
  page=$word
done
here=${0%/*}
fetch() {
  exec 3<>"/dev/tcp/${proxy%:*}/${proxy##*:}" && printf 'GET %s HTTP/1.1\r\nhost: x\r\n\r\n' "$1" >&3 && cat <&3
}
draw() { printf '\211PNG\r\n\032\n(a picture)\0\0\0\0IEND\256B`\202' > "$picture"; }
"#;

const PICTURE: &[u8] = b"\x89PNG\r\n\x1a\n(a picture)\0\0\0\0IEND\xaeB`\x82";

struct Script {
    folder: tempfile::TempDir,
}

impl Script {
    fn new(body: &str) -> Self {
        let folder = tempfile::tempdir().unwrap();
        // Written by another process: a file that this one holds open for writing cannot be run, and a child that another test
        // starts at this moment would hold it too.
        let mut writer = std::process::Command::new("/bin/sh");
        writer.args(["-c", "printf '%s' \"$1\" > \"$2\" && chmod 755 \"$2\"", "sh"]);
        writer.arg(format!("#!/bin/bash\n{SKILLS}\n{body}\n"));
        writer.arg(folder.path().join("browser"));
        assert!(writer.status().unwrap().success());
        Self { folder }
    }

    fn camera(&self, work: Duration) -> Camera {
        camera(&self.folder.path().join("browser"), work)
    }

    fn file(&self, name: &str) -> Option<String> {
        std::fs::read_to_string(self.folder.path().join(name)).ok()
    }
}

fn this_machine() -> Allowed {
    Arc::new(|address| address.is_loopback())
}

fn camera(program: &Path, work: Duration) -> Camera {
    let exposure = Exposure {
        work,
        ..Exposure::default()
    };
    Camera::new(program, false, &this_machine(), exposure).unwrap()
}

/// A page on this machine; its address, and how often it was asked for.
async fn page() -> (String, Arc<Mutex<u32>>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = listener.local_addr().unwrap().port();
    let asked = Arc::new(Mutex::new(0));
    let count = Arc::clone(&asked);
    tokio::spawn(async move {
        loop {
            let (mut stream, _) = listener.accept().await.unwrap();
            *count.lock().unwrap() += 1;
            let mut head = vec![0; 8192];
            let read = stream.read(&mut head).await.unwrap_or(0);
            assert!(
                head.get(..read)
                    .is_some_and(|head| head.starts_with(b"GET /trang "))
            );
            let page = "HTTP/1.1 200 OK\r\ncontent-type: text/html\r\ncontent-length: 5\r\nconnection: close\r\n\r\nTrang";
            let _ = stream.write_all(page.as_bytes()).await;
        }
    });
    (format!("http://127.0.0.1:{port}/trang"), asked)
}

/// Ended: a zombie that nobody has fetched is dead too.
fn is_dead(pid: &str) -> bool {
    !std::fs::read_to_string(format!("/proc/{pid}/stat")).is_ok_and(|stat| !stat.contains(") Z "))
}

async fn comes_true(is: impl Fn() -> bool) -> bool {
    let started = Instant::now();
    while !is() {
        if started.elapsed() > PATIENCE {
            return false;
        }
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    true
}

async fn taken(body: &str) -> Result<Vec<u8>, CameraError> {
    let (address, _) = page().await;
    Script::new(body).camera(PATIENCE).take(&address).await
}

#[tokio::test]
async fn a_page_goes_in_by_the_proxy_and_a_picture_comes_out() {
    let script = Script::new(
        r#"fetch "$page" > "$here/seen"; printf '%s\n' "$@" > "$here/words"; /usr/bin/env > "$here/env"; pwd > "$here/folder"
        { ulimit -c; ulimit -d; } > "$here/bounds"; draw"#,
    );
    let (address, asked) = page().await;
    let camera = script.camera(PATIENCE);
    assert_eq!(camera.take(&format!("{address}#muc")).await.unwrap(), PICTURE);
    assert!(script.file("seen").unwrap().ends_with("Trang"));
    assert_eq!(*asked.lock().unwrap(), 2, "it was read first, then shown");
    let words = script.file("words").unwrap();
    assert_eq!(words.lines().last(), Some(address.as_str()));
    for switch in [
        "--no-sandbox",
        "--window-size=1280,900",
        "--proxy-bypass-list=<-loopback>",
    ] {
        assert!(words.lines().any(|word| word == switch), "{switch} in {words}");
    }
    let environment = script.file("env").unwrap();
    assert!(!environment.contains("CARGO"), "{environment}");
    assert_eq!(script.file("bounds").unwrap(), "0\n1048576\n");
    let folder = script.file("folder").unwrap();
    assert!(
        folder.contains("pbgdpl-anh-") && !Path::new(folder.trim()).exists(),
        "{folder} is left"
    );
    let program = script.folder.path().join("browser");
    let careful = Camera::new(&program, true, &this_machine(), Exposure::default());
    careful.unwrap().take(&address).await.unwrap();
    assert!(!script.file("words").unwrap().contains("--no-sandbox"));
}

/// A script on a page of an allowed address that leads to what listens beside it: `location = 'http://…:9464/metrics'`.
#[tokio::test]
async fn a_page_does_not_lead_its_browser_to_another_port_beside_it() {
    let beside = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let secret = format!("http://{}/metrics", beside.local_addr().unwrap());
    let script = Script::new(&format!(
        r#"case "$page" in
          */trang) fetch "$page" > "$here/seen"; fetch "{secret}" > "$here/beside" ;;
        esac
        draw"#
    ));
    let (address, _) = page().await;
    let camera = script.camera(PATIENCE);
    tokio::select! {
        biased;
        reached = beside.accept() => panic!("it was reached: {reached:?}"),
        picture = camera.take(&address) => assert_eq!(picture.unwrap(), PICTURE),
    }
    assert!(script.file("seen").unwrap().ends_with("Trang"));
    let answer = script.file("beside").unwrap();
    assert!(answer.starts_with("HTTP/1.1 403 "), "{answer}");
}

#[tokio::test]
async fn a_browser_that_goes_around_the_proxy_makes_no_picture() {
    for (around, way) in [
        (
            r#"[[ $(fetch "$page") =~ ws://127.0.0.1:([0-9]+) ]] && exec 4<>"/dev/tcp/127.0.0.1/${BASH_REMATCH[1]}"; sleep 2; draw"#,
            "TCP",
        ),
        (
            r#"[[ $(fetch "$page") =~ stun:127.0.0.1:([0-9]+) ]] && printf x > "/dev/udp/127.0.0.1/${BASH_REMATCH[1]}"; sleep 2; draw"#,
            "UDP",
        ),
    ] {
        let script = Script::new(around);
        let (address, asked) = page().await;
        let camera = script.camera(PATIENCE);
        let refused = camera.take(&address).await.unwrap_err();
        assert!(
            matches!(refused, CameraError::Past(by) if by == way),
            "{way}: {refused}"
        );
        assert_eq!(*asked.lock().unwrap(), 0, "no page is opened with it");
    }
}

/// Notes each trial. Behaves as the files say that lie beside it: fails at pages, or goes around the proxy since it was updated.
const CHANGING: &str = r#"case "$page" in
  */trang) [ -e "$here/fails" ] && exit 3 ;;
  *) echo x >> "$here/trials"
    if [ -e "$here/past" ] && [[ $(fetch "$page") =~ ws://127.0.0.1:([0-9]+) ]]; then
      exec 4<>"/dev/tcp/127.0.0.1/${BASH_REMATCH[1]}"; sleep 2
    fi ;;
esac
draw"#;

#[tokio::test]
async fn a_browser_is_tried_out_again_when_its_trial_is_old_or_it_failed() {
    let script = Script::new(CHANGING);
    let lies = |name: &str| std::fs::write(script.folder.path().join(name), "").unwrap();
    let trials = || script.file("trials").unwrap().lines().count();
    let (address, asked) = page().await;
    let camera = script.camera(PATIENCE);
    camera.try_out().await.unwrap();
    for _ in 0..2 {
        camera.take(&address).await.unwrap();
    }
    assert_eq!(trials(), 1, "a trial is good for more than one picture");

    lies("fails");
    let failed = camera.take(&address).await.unwrap_err();
    assert!(matches!(failed, CameraError::Ended(..)), "{failed}");
    std::fs::remove_file(script.folder.path().join("fails")).unwrap();
    camera.take(&address).await.unwrap();
    assert_eq!(trials(), 2, "what failed is tried out again");

    // Trials are old at once.
    let exposure = Exposure {
        work: PATIENCE,
        trial: Duration::ZERO,
        ..Exposure::default()
    };
    let program = script.folder.path().join("browser");
    let camera = Camera::new(&program, false, &this_machine(), exposure).unwrap();
    for _ in 0..2 {
        camera.take(&address).await.unwrap();
    }
    assert_eq!(trials(), 4);
    lies("past");
    let before = *asked.lock().unwrap();
    let refused = camera.take(&address).await.unwrap_err();
    assert!(matches!(refused, CameraError::Past("TCP")), "{refused}");
    assert_eq!(
        *asked.lock().unwrap(),
        before,
        "no page is opened with what was put there since"
    );
}

#[tokio::test]
async fn what_goes_wrong_has_its_name() {
    let ended = taken("echo 'thiếu thư viện' >&2; exit 4").await.unwrap_err();
    assert!(
        matches!(&ended, CameraError::Ended(status, words) if status.code() == Some(4) && words == "thiếu thư viện"),
        "{ended}"
    );
    for blank in [
        "true",
        "echo 'no picture' > \"$picture\"",
        // What is there is no file, and reading it would never end.
        "mkfifo \"$picture\"; sleep 60",
    ] {
        let made = taken(blank).await;
        assert!(matches!(made, Err(CameraError::Blank)), "{blank}: {made:?}");
    }
    let (address, _) = page().await;
    let nowhere = camera(Path::new("/nonexistent/browser"), PATIENCE)
        .take(&address)
        .await;
    assert!(
        matches!(&nowhere, Err(CameraError::Ended(_, words)) if words.contains("/nonexistent/browser")),
        "{nowhere:?}"
    );
}

#[tokio::test]
async fn pages_that_are_not_read_are_not_opened() {
    let nobody: Allowed = Arc::new(|_| false);
    let nowhere = Path::new("/nonexistent/browser");
    let strict = Camera::new(nowhere, true, &nobody, Exposure::default()).unwrap();
    for (address, why) in [
        ("https://127.0.0.1/", PageError::NotPublic),
        ("https://co-quan.example:8443/", PageError::NotPublic),
        ("http://co-quan.example/", PageError::NotHttps),
        ("file:///etc/passwd", PageError::NoAddress),
        ("--version", PageError::NoAddress),
    ] {
        let refused = strict.take(address).await.unwrap_err();
        assert!(
            matches!(refused, CameraError::Page(error) if error == why),
            "{address}: {refused}"
        );
    }
    // Nobody answers there any more: no browser draws a page of its own about it.
    let script = Script::new(r#"echo "$page" >> "$here/pages"; draw"#);
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = format!("http://{}/", listener.local_addr().unwrap());
    drop(listener);
    let refused = script.camera(PATIENCE).take(&address).await.unwrap_err();
    assert!(
        matches!(refused, CameraError::Page(PageError::NotReached)),
        "{refused}"
    );
    assert!(!script.file("pages").unwrap().contains(&address));
}

#[tokio::test]
async fn a_browser_that_does_not_end_is_not_waited_for_once_its_picture_is_there() {
    let started = Instant::now();
    let picture = taken("draw; exec sleep 600").await.unwrap();
    assert_eq!(picture, PICTURE);
    assert!(started.elapsed() < PATIENCE);
}

/// Passes the trial; then hangs, with a child that would outlive it.
const HANGING: &str = r#"case "$page" in
  */trang) sleep 600 & echo "$$ $!" > "$here/pids"; wait ;;
esac
draw"#;

#[tokio::test]
async fn a_browser_that_hangs_is_killed_in_time_with_all_it_started() {
    let script = Script::new(HANGING);
    let (address, _) = page().await;
    // A busy machine may need longer to come to its first line.
    for work in [2, 6, 18].map(Duration::from_secs) {
        let started = Instant::now();
        let late = script.camera(work).take(&address).await;
        assert!(matches!(late, Err(CameraError::Late)), "{late:?}");
        assert!(started.elapsed() < 3 * PATIENCE);
        if script.file("pids").is_some_and(|pids| pids.ends_with('\n')) {
            break;
        }
    }
    let pids = script.file("pids").unwrap();
    for pid in pids.split_whitespace() {
        assert!(comes_true(|| is_dead(pid)).await, "{pid} of {pids} still runs");
    }
}

#[tokio::test]
async fn a_picture_that_nobody_waits_for_takes_its_browser_with_it() {
    let script = Script::new(HANGING);
    let (address, _) = page().await;
    let camera = script.camera(3 * PATIENCE);
    let works = comes_true(|| script.file("pids").is_some_and(|pids| pids.ends_with('\n')));
    let begun = tokio::select! {
        taken = camera.take(&address) => panic!("it hangs: {taken:?}"),
        begun = works => begun,
    };
    assert!(begun, "the browser never began");
    let pids = script.file("pids").unwrap();
    for pid in pids.split_whitespace() {
        assert!(comes_true(|| is_dead(pid)).await, "{pid} of {pids} still runs");
    }
}

#[tokio::test]
async fn one_is_made_at_a_time_and_another_waits_not_for_ever() {
    let script = Script::new(HANGING);
    let (address, _) = page().await;
    let exposure = Exposure {
        turn: Duration::from_millis(50),
        work: 3 * PATIENCE,
        ..Exposure::default()
    };
    let program = script.folder.path().join("browser");
    let camera = Camera::new(&program, false, &this_machine(), exposure).unwrap();
    let second = async {
        let begun = comes_true(|| script.file("pids").is_some_and(|pids| pids.ends_with('\n'))).await;
        assert!(begun, "the first never began");
        camera.take(&address).await
    };
    let second = tokio::select! {
        first = camera.take(&address) => panic!("it hangs: {first:?}"),
        second = second => second,
    };
    assert!(matches!(second, Err(CameraError::Busy)), "{second:?}");
}
