"""Import and export of records, one file a format, streaming."""
