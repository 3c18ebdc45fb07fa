"""The command line: reads arguments, calls one verb, shows the result."""
