"""Relations from a file: read it, match its columns, show what would happen, do exactly that, and undo it.

reading, workbooks   a CSV or XLSX file becomes a Sheet of texts, or a sentence that says what is the matter with it
fields, cleaning     what a column may be, and how people's spelling becomes ours
intake               a Sheet becomes a RelationImport with its rows; dropped again when nobody goes on with it
checking             the dry run: new, changed, unchanged or error per row, with the reason
executing, undoing   everything in one transaction, set-based, and back again
"""
