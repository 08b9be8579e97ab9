"""Reading, checking and storing records."""

from .reading import RejectedError, UnusableError
from .running import Outcome, Report, import_files

__all__ = ["Outcome", "RejectedError", "Report", "UnusableError", "import_files"]
