"""Counts for operators: how much, how fast, how it went. Never who, never what was written."""

from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, Counter, Gauge, Histogram, generate_latest

SECONDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5)


class Metrics:
    """One registry per process, made with the other parts."""

    def __init__(self) -> None:
        self._registry = CollectorRegistry()
        self.requests = Counter(
            "gensvar_requests", "Answered requests.", ["method", "route", "status"], registry=self._registry
        )
        self.seconds = Histogram(
            "gensvar_request_seconds", "Time to answer.", ["route"], buckets=SECONDS, registry=self._registry
        )
        self.sockets = Gauge("gensvar_sockets", "Open sockets.", registry=self._registry)
        self.cut = Counter("gensvar_sockets_cut", "Sockets cut for not reading.", registry=self._registry)
        self.waiting = Gauge("gensvar_writes_waiting", "Writes that wait for a commit.", registry=self._registry)
        self.missing = Gauge("gensvar_missing", "1 for what is not as it should be.", ["what"], registry=self._registry)
        self.help = Counter(
            "gensvar_help_shown", "Times somebody was shown where to call.", ["where"], registry=self._registry
        )
        self.happened = Gauge("gensvar_happened", "Events that were counted.", ["kind"], registry=self._registry)
        self.behind = Gauge("gensvar_behind", "Events that come next.", ["reaction"], registry=self._registry)
        self.jobs = Counter("gensvar_jobs", "Runs of background jobs.", ["job", "outcome"], registry=self._registry)

    def text(self) -> tuple[bytes, str]:
        """Everything, in the text format of Prometheus, and its content type."""
        return generate_latest(self._registry), CONTENT_TYPE_LATEST
