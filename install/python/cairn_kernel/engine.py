"""Makes papermill load our translator. papermill has no entry point for translators, but one for engines, which it loads at its start."""
from papermill.engines import NBClientEngine as Engine  # papermill's own, under one more name

from . import papermill

__all__ = ["Engine", "papermill"]
