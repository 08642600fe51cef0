"""HTTP around the handlers: templates, assets, languages, security headers, form tokens, limits of bodies and rates."""
