"""Pages of the clerk's editor. Every page works without scripts; with them the calculator beside answers as one types.

The contract: a page reads a draft at a revision and every form carries it. Saving names the revision; if somebody was
faster, the form comes back as typed, with who it was, and the next save counts. ``?vorschau=1`` on the address of a
form answers what the calculator says to the changes typed so far, and stores nothing but the case.
"""
