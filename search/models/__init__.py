"""What people asked, what they want to hear of, and the words and results that moderators look after."""

from .asked import AskedMark, AskedSalt, AskedWords
from .own import RecentSearch, SavedSearch, SearchesUnkept
from .tended import NotAlike, Pin, Synonyms

__all__ = [
    "AskedMark",
    "AskedSalt",
    "AskedWords",
    "NotAlike",
    "Pin",
    "RecentSearch",
    "SavedSearch",
    "SearchesUnkept",
    "Synonyms",
]
