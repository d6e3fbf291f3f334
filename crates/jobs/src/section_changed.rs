//! Something public changed: the province's pages over many agencies are made anew.

use crate::failure::Failure;
use crate::work::Work;

pub(crate) async fn run(work: &Work) -> Result<(), Failure> {
    let now = work.app.now();
    Ok(work.app.store().machinery().touch_province(now).await?)
}
