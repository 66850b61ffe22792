"""Forms of the clerk's editor: small inputs, each for one field of an entry of a document.

The contract: an *input* knows the path of its field in the entry, which form fields show it, and how to write it back.
A form shows the inputs of an entry and writes only those whose answer differs from what was shown; everything else
stays as it stands, word for word. An input that cannot show what stands there shows nothing (``shown`` is None): the
page says it in words, and the text field for experts changes it. So opening and saving a form changes nothing.

Not here: pages (``views.ordinance_draft``), the document's words (``engines.ordinance``).
"""
