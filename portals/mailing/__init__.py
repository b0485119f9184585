"""Mail to customers: an outbox in the database, so that a mail is asked for in the transaction of what it is about.

A mail goes at most once. It is claimed before it is handed to the mail server; a worker that is killed between the two
leaves it claimed, and the next one gives it up as "not known whether it went" instead of sending it again. Whoever gets
no link asks for one more; whoever gets two would find the first dead. What certainly did not go (the server refused it
for now, or could not be reached) is tried again.
"""
