"""Who is let in when more come than can be served: places, short lines, and a clear answer for the rest.

The server has many more threads than requests are worked on at once. A thread that brings a request first passes the
gate: it gets one of a few places, or waits for a bounded time in the line of its kind, or is turned away at once.
"""
