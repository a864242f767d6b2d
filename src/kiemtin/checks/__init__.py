"""Claims, fact-checks, other publishers' reviews, verdicts and sources."""
