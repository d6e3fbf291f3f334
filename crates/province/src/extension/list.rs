//! What agencies asked for.

use pbgdpl_model::id::TenantId;
use pbgdpl_model::manifest::FormFile;
use pbgdpl_model::report::{Extension, Span};
use pbgdpl_scope::ProvinceCtx;
use pbgdpl_scope::action::ReportFollow;

use crate::report::{Term, forms_of};
use crate::{Error, Province};

/// What an agency asked for a report, with what is around it.
#[derive(Debug, Clone)]
pub struct Asked {
    /// The form.
    pub form: FormFile,
    /// The days it speaks of.
    pub span: Span,
    /// What was asked and answered, newest first.
    pub extensions: Vec<Extension>,
}

/// What an agency asked for a report.
///
/// # Errors
/// [`Error::Denied`], [`Error::NotFound`], or a fault of the store.
#[tracing::instrument(name = "province.extension.list", skip_all)]
pub async fn list(
    province: &Province,
    ctx: &ProvinceCtx,
    agency: TenantId,
    (form, term): (&str, Term),
) -> Result<Asked, Error> {
    let warrant = ctx.warrant::<ReportFollow>()?;
    let store = province.store().province_reader(&warrant).await?;
    let (forms, span) = forms_of(&store, term).await?;
    let form = forms.form(form, &span).ok_or(Error::NotFound)?.clone();
    let asked = store.extensions(term.word(), term.year).await?;
    let extensions: Vec<Extension> = asked
        .into_iter()
        .filter(|asked| asked.tenant == agency && asked.form == form.id)
        .map(|asked| asked.extension)
        .collect();
    if extensions.is_empty() {
        return Err(Error::NotFound);
    }
    Ok(Asked {
        form,
        span,
        extensions,
    })
}
