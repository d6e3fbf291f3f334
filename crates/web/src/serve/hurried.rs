//! A request's body that must arrive: ten seconds, and longer only for who goes on sending (SECURITY.md 5.2.5).

use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;

use axum::BoxError;
use axum::body::{Body, Bytes, HttpBody};
use http_body::{Frame, SizeHint};
use tokio::time::{Instant, Sleep};

/// How long a body may take whatever its size.
const PATIENCE: Duration = Duration::from_secs(10);
/// The slowest line: a picture of 10 MiB from an old phone takes ten minutes at most.
const BYTES_A_SECOND: u64 = 16 * 1024;

/// The body with its deadline; a body that is there already has none.
pub(super) fn hurried<B>(body: B) -> Body
where
    B: HttpBody<Data = Bytes> + Send + Unpin + 'static,
    B::Error: Into<BoxError>,
{
    if body.is_end_stream() {
        return Body::new(body);
    }
    let begun = Instant::now();
    Body::new(Hurried {
        body,
        begun,
        received: 0,
        deadline: Box::pin(tokio::time::sleep_until(begun + PATIENCE)),
    })
}

struct Hurried<B> {
    body: B,
    begun: Instant,
    received: u64,
    deadline: Pin<Box<Sleep>>,
}

/// The body did not come in time.
#[derive(Debug, thiserror::Error)]
#[error("the body did not come in time")]
struct TooSlow;

impl<B> HttpBody for Hurried<B>
where
    B: HttpBody<Data = Bytes> + Unpin,
    B::Error: Into<BoxError>,
{
    type Data = Bytes;
    type Error = BoxError;

    fn poll_frame(
        self: Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, BoxError>>> {
        let this = self.get_mut();
        match Pin::new(&mut this.body).poll_frame(cx) {
            Poll::Ready(Some(Ok(frame))) => {
                let bytes = frame.data_ref().map_or(0, Bytes::len);
                this.received += u64::try_from(bytes).unwrap_or(0);
                let more = Duration::from_secs(this.received / BYTES_A_SECOND);
                this.deadline.as_mut().reset(this.begun + PATIENCE + more);
                Poll::Ready(Some(Ok(frame)))
            }
            Poll::Ready(Some(Err(error))) => Poll::Ready(Some(Err(error.into()))),
            Poll::Ready(None) => Poll::Ready(None),
            Poll::Pending if this.deadline.as_mut().poll(cx).is_ready() => {
                Poll::Ready(Some(Err(TooSlow.into())))
            }
            Poll::Pending => Poll::Pending,
        }
    }

    fn is_end_stream(&self) -> bool {
        self.body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.body.size_hint()
    }
}
