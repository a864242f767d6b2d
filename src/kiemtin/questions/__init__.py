"""Messages, requests, cases, and the replies to send."""
