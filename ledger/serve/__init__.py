"""A page to read and log in, and the same reads for an assistant: a window on the library, with no rule of its own.

What can be asked and done is the table of `offers.py`; `app.py` gives it a page and addresses under /api, `gate.py` says
who may come in, `assistant.py` offers its reads and drafts over the Model Context Protocol. docs/adr/0016-the-page.md says why.
"""
