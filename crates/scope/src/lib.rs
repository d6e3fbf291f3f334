//! Who asks, and inside which agency: `Tenant`, `Ctx`, `Permit`, warrants. The only place that knows casbin.
