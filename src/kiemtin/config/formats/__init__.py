"""How dates are written, where Django's own forms are unusual or ambiguous."""
