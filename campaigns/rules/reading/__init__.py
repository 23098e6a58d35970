"""The reader of plans: a document's text becomes a draft of a campaign, each part tied to its sentence.

Pure: no file, database, network or clock. ``read_plan`` is the whole of it for those who stand above.
"""
