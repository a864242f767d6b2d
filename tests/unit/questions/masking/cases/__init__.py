"""Labelled examples of masking. Each piece of personal data stands as ``{kind|piece}``; everything else must stay."""
