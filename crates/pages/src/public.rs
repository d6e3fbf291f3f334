//! The pages everybody may read: one file per page, its template of the same name under `templates/public/`.

mod about;
mod api;
mod error;
mod figures;
mod fragment;
mod item;
mod list;
mod open_data;
mod province;
mod register;
mod search;
mod section;
mod unlisted;
mod widget;

pub use about::{About, Contact};
pub use api::{ApiGuide, ApiOperation, ApiParameter};
pub use error::{ErrorPage, Problem};
pub use figures::{
    FigureBar, FigureBars, FigureCard, PublicFigurePage, PublicFigures, snippet as figure_snippet,
};
pub use fragment::{Fragment, FragmentBody, FragmentLine, FragmentPreview, below};
pub use item::{Basis, Body, Fact, Item, Picture, Sister, Withdrawal};
pub use list::{List, Rows};
pub use open_data::OpenData;
pub use province::{AgencyGroup, AgencyLink, Figure, ProvinceFront, Year};
pub use register::{PublicRegister, RegisteredRow};
pub use search::{Hit, Piece, Search};
pub use section::{ItemGroup, Section};
pub use unlisted::{Stopped, Suspended, UnlistedOrigin};
pub use widget::{ListWidget, SearchWidget};
