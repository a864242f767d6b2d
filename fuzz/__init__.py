"""Coverage-guided fuzzing (atheris) of everything that reads bytes from outside; see docs/reference/fuzzing.md.

    make fuzz SECONDS=60            all harnesses in turn
    python -m fuzz links pictures   some of them

The harnesses themselves need no atheris: `make test` feeds each its seeds and everything that was once found.
"""
