"""Passages embedded, stored and found: from records to ranked hits."""
