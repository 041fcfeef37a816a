"""Papers read, parsed and cut: from files to records."""
