"""Forms of pages that know no script: what was typed becomes a command, or is shown again with the reason."""
