"""The sign-up wizard: from an interested town to a running site."""
