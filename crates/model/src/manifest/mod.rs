//! The province as files: what `tenants/` holds, parsed and cross-checked.
