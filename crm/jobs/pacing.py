"""How many items the next chunk has."""

from django.conf import settings


class Pace:
    """About a second's work, which is how long its relations are locked; halves of a chunk that failed."""

    def __init__(self):
        self.size = settings.JOBS_CHUNK
        self.suspect = 0  # up to this relation stands the row that made a chunk fail: no larger chunks before it

    def worked(self, items, seconds):
        if items[-1].target_id < self.suspect:
            return
        wanted = int(self.size * settings.JOBS_CHUNK_SECONDS / max(seconds, 0.001))
        self.size = max(1, min(wanted, self.size * 2, settings.JOBS_CHUNK_MOST))

    def failed(self, items):
        self.size, self.suspect = len(items) // 2, items[-1].target_id

    def found_the_cause(self):
        self.suspect = 0
