//! `[telemetry]`: log lines and traces.

use crate::reader::Reader;
use crate::section::with_host;

/// How log lines are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LogFormat {
    /// For eyes at a terminal.
    Human,
    /// One JSON object per line, for a collector.
    Json,
}

/// Log lines and traces.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Telemetry {
    /// The OTLP collector (HTTP, protobuf), on this machine or inside the network.
    /// `PBGDPL_TELEMETRY__OTLP_ENDPOINT`, no default: no traces leave.
    pub otlp_endpoint: Option<String>,
    /// `human` or `json`. `PBGDPL_TELEMETRY__LOG`, default `human`.
    pub log: LogFormat,
    /// Which log lines are written, as `RUST_LOG` writes it. `PBGDPL_TELEMETRY__FILTER`, default
    /// `info,sqlx=warn,sea_orm=warn,opentelemetry_sdk=error`.
    pub filter: String,
}

impl Telemetry {
    pub(crate) fn read(reader: &mut Reader) -> Self {
        let otlp_endpoint = reader.optional("telemetry", "otlp_endpoint");
        if otlp_endpoint
            .as_deref()
            .is_some_and(|text| with_host(text, &["http"]).is_none())
        {
            let reason = "phải có dạng \"http://máy:4318\"; bộ thu đặt cùng máy hoặc trong mạng nội bộ";
            reader.refuse("telemetry", "otlp_endpoint", reason);
        }
        let log = |text: &str| match text {
            "human" => Ok(LogFormat::Human),
            "json" => Ok(LogFormat::Json),
            _ => Err("phải là \"human\" hoặc \"json\""),
        };
        Self {
            otlp_endpoint,
            log: reader.parsed("telemetry", "log", LogFormat::Human, log),
            filter: reader.text(
                "telemetry",
                "filter",
                "info,sqlx=warn,sea_orm=warn,opentelemetry_sdk=error",
            ),
        }
    }
}
