"""Files of messages in, files of answers out: one format a file."""
