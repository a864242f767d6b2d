"""`kiemtin doctor`: what is not safe or not whole yet, one topic a file; it changes nothing."""
