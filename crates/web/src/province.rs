//! The province's administration and aggregator. Every handler takes [`crate::extract::Officer`].

pub mod agency;
pub mod dataset;
pub mod figure;
pub mod home;
pub mod own_host;
pub mod place;
pub mod plan;
pub mod report;
pub mod request;

use pbgdpl_province::Error as ProvinceError;

use crate::error::Error;

impl From<ProvinceError> for Error {
    fn from(error: ProvinceError) -> Self {
        match error {
            ProvinceError::NotFound => Self::NotFound,
            ProvinceError::Denied(denied) => Self::Denied(denied),
            ProvinceError::Illegal(why) => Self::Conflict(why),
            ProvinceError::Invalid { field, reason } => Self::Invalid(field, reason),
            ProvinceError::Stale => Self::Conflict("Có người vừa sửa trước bạn.".into()),
            ProvinceError::Store(store) => store.into(),
            // Files of `tenants/` are applied on the command line only.
            ProvinceError::Files(problems) => {
                Self::Internal(format!("{} faults in files", problems.len()).into())
            }
        }
    }
}
