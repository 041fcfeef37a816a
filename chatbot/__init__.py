"""Questions answered from ministers' own statements: from hits to cited answers."""
