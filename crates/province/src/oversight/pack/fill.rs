//! Fills a pack, file after file.

use pbgdpl_model::audit::{Entry, GENESIS, Line};
use pbgdpl_model::clock::Moment;
use pbgdpl_model::policy::Action;

use super::Pack;
use super::archive::{Archive, Stop};
use super::contents::{ANCHORS, MANIFEST, Manifest, Piece, SCHEMA};
use crate::oversight::chain::{Chain, Door, Which};
use crate::oversight::export::Out;
use crate::oversight::verify::recent;

const README: &str = "GÓI BẰNG CHỨNG

Gói này giữ, của một kỳ kiểm tra: các mục nhật ký (nhat-ky), báo cáo đã chốt (bao-cao), biểu tổng hợp đã chốt
(tong-hop), các dòng sổ hoạt động (so) và minh chứng (minh-chung). manifest.json ghi dấu vết (SHA-256) của từng tệp.

Kiểm chứng trên bất kỳ máy nào có chương trình, không cần cơ sở dữ liệu:

    pbgdpl audit pack-verify TEP.zip

Lệnh tính lại dấu vết của từng mục nhật ký, từng báo cáo, từng tệp, cộng lại các ô tự động từ dòng sổ, và nói rõ
mục nào, tệp nào sai. Ghi SHA-256 của cả gói (lệnh in ra) vào biên bản khi giao nhận: cùng số đó là cùng một gói.
Gói có dữ liệu cá nhân; chỉ giữ và chuyển theo đúng việc kiểm tra.
";

/// Of each number one is the entry before a piece.
struct Reached {
    before: (i64, [u8; 32]),
    last: (i64, [u8; 32]),
}

impl Pack {
    /// Writes the pack. Whoever reads may leave: then it ends. `progress` hears how many chains and agencies are done, of how many.
    pub async fn run(self, out: Out, progress: &mut (dyn FnMut(usize, usize) + Send)) {
        if let Err(Stop::Failed(error)) = self.fill(out.clone(), progress).await {
            tracing::warn!(%error, "a pack ends before its end");
            let _ = out.send(Err(error)).await;
        }
    }

    async fn fill(&self, out: Out, progress: &mut (dyn FnMut(usize, usize) + Send)) -> Result<(), Stop> {
        // Before the chains are copied: an anchor of later would speak of entries that are not in the pieces.
        let anchors = self.anchors().await?;
        let mut archive = Archive::new(out);
        archive.file("DOC-TOI.txt", README.as_bytes()).await?;
        let mut pieces = Vec::with_capacity(self.chains.len());
        let agencies = self.agencies().count();
        let total = self.chains.len() + agencies;
        for (done, chain) in (1..).zip(&self.chains) {
            pieces.push(self.piece(&mut archive, chain).await?);
            progress(done, total);
        }
        archive.begin(ANCHORS)?;
        archive.lines(anchors.iter().map(Line::of)).await?;
        archive.end();
        for (done, (slug, audit)) in (1..).zip(self.agencies()) {
            let reports = self.reports(&mut archive, slug, audit.tenant_id()).await?;
            self.books(&mut archive, slug, audit, &reports).await?;
            progress(self.chains.len() + done, total);
        }
        if self.asked.which == Which::All {
            self.sums(&mut archive).await?;
        }
        archive.end();
        let manifest = Manifest {
            schema: SCHEMA.to_owned(),
            province: self.ctx.snapshot().province().name.clone(),
            from: self.asked.from,
            to: self.asked.to,
            agency: match self.asked.which {
                Which::Agency(_) | Which::Province => self.chains.first().map(|chain| chain.file.clone()),
                Which::All => None,
            },
            chains: pieces,
            files: archive.files.clone(),
        };
        let text = serde_json::to_string_pretty(&manifest)?;
        archive.file(MANIFEST, text.as_bytes()).await?;
        archive.finish().await
    }

    /// Verifies the chains where nobody did since the end of the period: without an anchor after it a tail cut off by whoever makes
    /// the manifest anew would not be missed. What is broken is a result, and stands in the pack.
    async fn anchored(&self) -> Result<(), Stop> {
        let (_, until) = self.asked.moments();
        let store = self.province.store().province_reader(&self.warrant).await?;
        let after = store.audit_next(Action::AuditVerify, until).await?;
        drop(store);
        if after.is_none() {
            recent(&self.province, &self.ctx).await?;
        }
        Ok(())
    }

    /// The agencies with what opens them.
    fn agencies(&self) -> impl Iterator<Item = (&str, &pbgdpl_scope::AuditWarrant)> {
        self.chains.iter().filter_map(|chain| match &chain.door {
            Door::Agency(audit) => Some((chain.file.as_str(), audit)),
            Door::Province | Door::Accounts => None,
        })
    }

    /// All entries of a chain from the first one of the period to the last, without a gap between.
    async fn piece(&self, archive: &mut Archive, chain: &Chain) -> Result<Piece, Stop> {
        let file = format!("nhat-ky/{}.jsonl", chain.file);
        archive.begin(&file)?;
        let (store, warrant) = (self.province.store(), &self.warrant);
        let (from, until) = self.asked.moments();
        let reached = match chain.span(store, warrant, (from, until)).await? {
            Some((first, last)) => self.entries(archive, chain, first, last).await?,
            None => {
                let before = self.end_before(chain, from).await?;
                Reached { before, last: before }
            }
        };
        archive.end();
        Ok(Piece {
            chain: chain.key.clone(),
            id: chain.id,
            name: chain.name.clone(),
            file,
            before: reached.before.0,
            before_hash: hex::encode(reached.before.1),
            last: reached.last.0,
            last_hash: hex::encode(reached.last.1),
        })
    }

    async fn entries(
        &self,
        archive: &mut Archive,
        chain: &Chain,
        first: i64,
        last: i64,
    ) -> Result<Reached, Stop> {
        let mut reached = Reached {
            before: (first - 1, GENESIS),
            last: (first - 1, GENESIS),
        };
        while reached.last.0 < last {
            let mut entries = chain
                .after(self.province.store(), &self.warrant, reached.last.0)
                .await?;
            entries.retain(|entry| entry.seq <= last);
            let Some(end) = entries.last() else { break };
            if reached.last.0 < first
                && let Some(begin) = entries.first()
            {
                reached.before.1 = begin.prev_hash;
            }
            reached.last = (end.seq, end.hash);
            archive.lines(entries.iter().map(Line::of)).await?;
        }
        Ok(reached)
    }

    /// Number and hash of the last entry before a moment, or the beginning of the chain.
    async fn end_before(&self, chain: &Chain, moment: Moment) -> Result<(i64, [u8; 32]), Stop> {
        let (store, warrant) = (self.province.store(), &self.warrant);
        let ever = (Moment::from_millis(0), moment);
        let Some((_, last)) = chain.span(store, warrant, ever).await? else {
            return Ok((0, GENESIS));
        };
        let entries = chain.after(store, warrant, last - 1).await?;
        Ok(entries
            .first()
            .map_or((0, GENESIS), |entry| (entry.seq, entry.hash)))
    }

    /// The last anchor of the period, and the first one after it: entries of the province's chain.
    async fn anchors(&self) -> Result<Vec<Entry>, Stop> {
        self.anchored().await?;
        let (from, until) = self.asked.moments();
        let store = self.province.store().province_reader(&self.warrant).await?;
        let within = store.audit_last(Action::AuditVerify, until).await?;
        let after = store.audit_next(Action::AuditVerify, until).await?;
        drop(store);
        let within = within.filter(|entry| from <= entry.at);
        Ok(within.into_iter().chain(after).collect())
    }
}
