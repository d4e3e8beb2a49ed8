"""The engine's heartbeat: APScheduler ticks, and somebody watches that it does.

APScheduler only ever runs the jobs given here, in memory. Its thread can die while it still says
that it runs, so the age of each job's last completed run is what health looks at, and a watchdog
rebuilds a scheduler that fell silent.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from threading import Event, Lock, Thread

import structlog
from apscheduler.executors.pool import ThreadPoolExecutor
from apscheduler.schedulers.background import BackgroundScheduler
from apscheduler.triggers.interval import IntervalTrigger

from bot import clock

log = structlog.get_logger(__name__)

PATIENCE_FOR = 4.0


@dataclass(frozen=True, slots=True)
class Job:
    """Something to run every ``every`` real seconds.

    A run may take ``limit_for`` real seconds (calls to Slack have their own time-outs); one that
    takes longer counts as stuck. A ``vital`` job that is late means that the engine does not work;
    another one is tried again at its next turn. ``at_once`` lets the first run begin at the start.
    """

    name: str
    every: float
    work: Callable[[], object]
    limit_for: float = PATIENCE_FOR
    vital: bool = True
    at_once: bool = False


@dataclass(slots=True)
class _Pulse:
    """When a job last ran, by the monotonic clock."""

    finished: float
    started: float | None = None

    def late_by(self, job: Job, now: float) -> float:
        """Real seconds beyond what this job may take; negative while it has time."""
        if self.started is not None:
            return now - self.started - job.limit_for
        return now - self.finished - job.every - PATIENCE_FOR


class Ticker:
    """Runs jobs on a supervised scheduler, and knows which of them are late."""

    def __init__(self, jobs: Sequence[Job]) -> None:
        self._jobs = tuple(jobs)
        self._lock = Lock()
        self._pulses = {job.name: _Pulse(clock.monotonic()) for job in jobs}
        self._stopping = Event()
        self._scheduler: BackgroundScheduler | None = None
        self._watchdog = Thread(target=self._watch, name="ticker-watchdog", daemon=True)
        self.restarts = 0

    def start(self) -> None:
        """Start ticking and watching."""
        self._scheduler = self._build()
        self._watchdog.start()

    def stop(self) -> None:
        """Let running jobs finish, then stop."""
        self._stopping.set()
        self._watchdog.join()
        if self._scheduler is not None and self._scheduler.running:
            self._scheduler.shutdown(wait=True)

    def late(self) -> tuple[str, ...]:
        """The names of the vital jobs that should have run by now and did not."""
        now = clock.monotonic()
        with self._lock:
            return tuple(
                job.name for job in self._jobs if job.vital and self._pulses[job.name].late_by(job, now) > 0
            )

    def _build(self) -> BackgroundScheduler:
        scheduler = BackgroundScheduler(
            executors={"default": ThreadPoolExecutor(max_workers=max(1, len(self._jobs)))},
            job_defaults={"coalesce": True, "max_instances": 1, "misfire_grace_time": None},
            timezone="UTC",
        )
        for job in self._jobs:
            first = {"next_run_time": clock.machine()} if job.at_once else {}
            trigger = IntervalTrigger(seconds=job.every)
            scheduler.add_job(self._run, trigger, args=(job,), id=job.name, **first)
        scheduler.start()
        return scheduler

    def _run(self, job: Job) -> None:
        pulse = self._pulses[job.name]
        with self._lock:
            pulse.started = clock.monotonic()
        try:
            job.work()
        except Exception:
            # Tried again at the next tick; as it has not finished, health will show it.
            log.exception("job_failed", job=job.name)
            with self._lock:
                pulse.started = None
            return
        with self._lock:
            pulse.started, pulse.finished = None, clock.monotonic()

    def _watch(self) -> None:
        while not self._stopping.wait(1.0):
            if self.late() and not self._scheduler_lives():
                self._restart()

    def _scheduler_lives(self) -> bool:
        thread = getattr(self._scheduler, "_thread", None)
        return isinstance(thread, Thread) and thread.is_alive()

    def _restart(self) -> None:
        log.error("ticker_restarted", late=self.late())
        self.restarts += 1
        self._scheduler = self._build()
