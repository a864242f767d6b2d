"""Checks the public log of an installation from outside: over HTTP, trusting nothing but what was seen before."""
