"""The customer's own pages, under /portaal/: another door than the office's, with a session and cookie of its own.

Every page asks the database anew who the account is and how its relation stands, and starts from that relation: what
belongs to somebody else does not exist here.
"""
