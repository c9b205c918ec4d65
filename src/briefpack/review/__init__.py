"""Taking back reviewers' copies: matched to what was sent, compared with it, one list of items, decided one by one.

:mod:`.model` is the list; :mod:`.deriving` makes it from a pack and the bytes beside it; :mod:`.deciding` changes the pack
as the drafter decides; :mod:`.showing` draws open items into it.
"""
