//! All that the template may see: itself, the one document, the fonts of this program. No file, no network, no day of today.

use typst::diag::{FileError, FileResult};
use typst::foundations::{Bytes, Datetime, Duration};
use typst::syntax::{FileId, RootedPath, Source, VirtualPath, VirtualRoot};
use typst::text::{Font, FontBook};
use typst::utils::LazyHash;
use typst::{Library, LibraryExt, World};

const TEMPLATE: &str = include_str!("paper.typ");
/// Libertinus Serif in the cuts that the template asks for (fonts/OFL.txt).
const FONTS: [&[u8]; 4] = [
    include_bytes!("../fonts/LibertinusSerif-Regular.otf"),
    include_bytes!("../fonts/LibertinusSerif-Bold.otf"),
    include_bytes!("../fonts/LibertinusSerif-Italic.otf"),
    include_bytes!("../fonts/LibertinusSerif-SemiboldItalic.otf"),
];

/// What a document is drawn in.
pub struct Room {
    library: LazyHash<Library>,
    book: LazyHash<FontBook>,
    fonts: Vec<Font>,
    template: Source,
    document: (FileId, Bytes),
}

impl Room {
    /// A room with this document in it, as JSON.
    ///
    /// # Errors
    /// Where a name inside is none, which would be a fault of this file.
    pub fn with(document: Vec<u8>) -> Result<Self, String> {
        let fonts: Vec<Font> = FONTS
            .into_iter()
            .flat_map(|data| Font::iter(Bytes::new(data)))
            .collect();
        let template = Source::new(named("/paper.typ")?, TEMPLATE.to_owned());
        Ok(Self {
            library: LazyHash::new(Library::default()),
            book: LazyHash::new(FontBook::from_fonts(&fonts)),
            fonts,
            template,
            document: (named("/document.json")?, Bytes::new(document)),
        })
    }
}

fn named(path: &str) -> Result<FileId, String> {
    let path = VirtualPath::new(path).map_err(|error| format!("{error:?}"))?;
    Ok(RootedPath::new(VirtualRoot::Project, path).intern())
}

impl World for Room {
    fn library(&self) -> &LazyHash<Library> {
        &self.library
    }

    fn book(&self) -> &LazyHash<FontBook> {
        &self.book
    }

    fn main(&self) -> FileId {
        self.template.id()
    }

    fn source(&self, id: FileId) -> FileResult<Source> {
        if id == self.template.id() {
            Ok(self.template.clone())
        } else {
            Err(FileError::AccessDenied)
        }
    }

    fn file(&self, id: FileId) -> FileResult<Bytes> {
        let (own, document) = &self.document;
        if id == *own {
            Ok(document.clone())
        } else {
            Err(FileError::AccessDenied)
        }
    }

    fn font(&self, index: usize) -> Option<Font> {
        self.fonts.get(index).cloned()
    }

    fn today(&self, _: Option<Duration>) -> Option<Datetime> {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The letters of Vietnamese beyond ASCII, and the signs that reports use.
    const LETTERS: &str = "àáảãạăằắẳẵặâầấẩẫậèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵđ";
    const SIGNS: &str = "–—…“”‘’«»≤≥×→•§°±";

    #[test]
    fn every_cut_has_every_letter_of_vietnamese() {
        let room = Room::with(Vec::new()).unwrap();
        assert_eq!(room.fonts.len(), FONTS.len());
        let upper = LETTERS.to_uppercase();
        for font in &room.fonts {
            let info = font.info();
            assert_eq!(info.family, "Libertinus Serif");
            let lacks = |letter: &char| !info.coverage.contains(u32::from(*letter));
            let lacking: String = LETTERS
                .chars()
                .chain(upper.chars())
                .chain(SIGNS.chars())
                .filter(lacks)
                .collect();
            assert_eq!(lacking, "", "{:?}", info.variant);
        }
    }
}
