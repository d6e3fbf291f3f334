//! What the command line says: answers on standard output, complaints and progress on standard error.

use std::io::Write;

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use pbgdpl_province::Error as ProvinceError;
use serde::Serialize;

/// Says one line on standard output. A reader that left (`| head`) is no fault.
pub fn say(line: impl AsRef<str>) {
    let mut out = std::io::stdout().lock();
    let _ = writeln!(out, "{}", line.as_ref());
    let _ = out.flush();
}

/// Says one line on standard error.
pub fn warn(line: impl AsRef<str>) {
    let _ = writeln!(std::io::stderr().lock(), "{}", line.as_ref());
}

/// Says a text that brings its own line ends.
pub fn say_text(text: &str) {
    let mut out = std::io::stdout().lock();
    let _ = out.write_all(text.as_bytes());
    let _ = out.flush();
}

/// Says a value as one line of JSON.
///
/// # Errors
/// Where the value cannot be JSON.
pub fn say_json(value: &impl Serialize) -> anyhow::Result<()> {
    say(serde_json::to_string(value)?);
    Ok(())
}

/// Says on standard error what went wrong: every fault of files with its line, else the error and its causes.
pub fn complain(error: &anyhow::Error) {
    let mut err = std::io::stderr().lock();
    if let Some(ProvinceError::Files(problems)) = error.downcast_ref() {
        for problem in problems {
            let _ = writeln!(err, "{problem}");
        }
        let _ = writeln!(err, "Không có gì được thay đổi.");
        return;
    }
    let (mut text, mut last) = (String::from("Lỗi"), String::new());
    for cause in error.chain() {
        let said = in_vietnamese(cause);
        // Wrappers often repeat what they wrap.
        if !last.ends_with(&said) {
            text.push_str(": ");
            text.push_str(&said);
        }
        last = said;
    }
    let _ = writeln!(err, "{text}");
}

/// Refusals that people meet, in their words; what only operators meet stays as it is.
fn in_vietnamese(cause: &(dyn std::error::Error + 'static)) -> String {
    use pbgdpl_app::Error as AppError;
    if let Some(error) = cause.downcast_ref::<AppError>() {
        match error {
            AppError::NotFound => return "không tìm thấy".into(),
            AppError::Suspended => return "chuyên mục đang tạm dừng".into(),
            AppError::Stale => return "dữ liệu vừa được người khác thay đổi".into(),
            AppError::Invalid { reason, .. } => return reason.clone(),
            AppError::Store(_) => return "cơ sở dữ liệu".into(),
            _ => {}
        }
    }
    if let Some(error) = cause.downcast_ref::<ProvinceError>() {
        match error {
            ProvinceError::NotFound => return "không tìm thấy".into(),
            ProvinceError::Illegal(reason) | ProvinceError::Invalid { reason, .. } => return reason.clone(),
            ProvinceError::Stale => return "dữ liệu vừa được người khác thay đổi".into(),
            ProvinceError::Store(_) => return "cơ sở dữ liệu".into(),
            _ => {}
        }
    }
    cause.to_string()
}

/// A progress bar on standard error; seen at a terminal only.
pub fn bar(length: u64, what: &str) -> ProgressBar {
    let bar = ProgressBar::with_draw_target(Some(length), ProgressDrawTarget::stderr());
    let style = ProgressStyle::with_template("{prefix:24} {bar:30} {pos:>5}/{len:5} {msg}");
    if let Ok(style) = style {
        bar.set_style(style);
    }
    bar.set_prefix(what.to_owned());
    bar
}
