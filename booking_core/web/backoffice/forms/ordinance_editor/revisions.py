"""Small forms that only say against which revision of a draft something is done.

Not here: forms of entries (``entry_form``).
"""

from django import forms


class RevisionForm(forms.Form):
    """The revision a page was read at."""

    revision = forms.IntegerField(widget=forms.HiddenInput)


class MoveForm(RevisionForm):
    """How many places an entry moves; up is negative."""

    steps = forms.IntegerField(min_value=-1000, max_value=1000)
