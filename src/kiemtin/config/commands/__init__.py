"""The commands of `kiemtin`, one a file, loaded only when they are called."""
