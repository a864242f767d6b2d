"""How much personal data masking finds, on labelled messages, beside a ready library."""
