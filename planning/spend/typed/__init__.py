"""An invoice or a credit that a person typed on a purchase, until the ledger says it (data.md, Imports).

It is an entry like a ledger's row, of an import without a file, so that posting, commitments, history and undoing are
those of imports. Its source is one of the workspace's own. No vendor's document stands twice: who types one that is
there is refused, and a ledger's row of the same vendor and document takes its place in the transaction that books it
(`replacing.py`); undoing that import counts the typed one again. Whoever types holds the documents exclusively from the
look at what is there to the end of the transaction, whoever books shares them, so neither misses what the other does.
Lock order: documents, months, typed imports, purchases.
"""
