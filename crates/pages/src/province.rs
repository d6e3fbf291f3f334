//! Pages of the province's administration: what waits, the agencies, one agency with its people, a new one; forms, plans.

mod agencies;
mod agency;
mod datasets;
mod figures;
mod home;
mod new_agency;
mod own_hosts;
mod places;
pub mod plan;
pub mod report;
pub mod request;

pub use agencies::{Agencies, AgencyGroup, AgencyRow};
pub use agency::{AgencyPage, PersonRow};
pub use datasets::DatasetsPage;
pub use figures::{FigureEntry, FiguresPage, RevokeFigurePage};
pub use home::Home;
pub use new_agency::NewAgency;
pub use own_hosts::{ProvinceHostRow, ProvinceHostsPage};
pub use places::{ProvincePlaceRow, ProvincePlacesPage};
