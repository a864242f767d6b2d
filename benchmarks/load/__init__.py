"""A bad day: a rumour that everybody asks about, pictures, five checkers at work; and then more and more come."""
