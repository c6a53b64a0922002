"""The queue of crawls: one job is one site's crawl, and no site waits or runs twice."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, Any

from newscrawler.fleet.site_store import set_next_run, take_due

if TYPE_CHECKING:
    from procrastinate import App
    from psycopg import AsyncConnection

QUEUE = "crawls"
TASK = "crawl_site"
_KEEP_HOURS = 24 * 7  # how long ended jobs stay in the database


def register_task(app: App, crawl: Callable[[str], Awaitable[None]]) -> None:
    """Make `crawl` what a worker does with a site's name."""

    @app.task(name=TASK, queue=QUEUE)
    async def crawl_site(site: str) -> None:
        await crawl(site)


async def enqueue(app: App, site: str) -> bool:
    """Queue a crawl of the site; False when one waits already. It starts when no other crawl of the site runs."""
    from procrastinate.exceptions import AlreadyEnqueued

    job = app.configure_task(TASK, queue=QUEUE, lock=site, queueing_lock=site)
    try:
        await job.defer_async(site=site)
    except AlreadyEnqueued:
        return False
    return True


async def enqueue_due(app: App, connection: AsyncConnection[Any]) -> list[str]:
    """Queue the sites whose turn has come, each tick once however many workers ask.

    `connection` is another one than the app's: its transaction holds the sites. When it breaks after a job was queued
    the turn comes again, and the job that waits makes it one.
    """
    async with connection.transaction():
        due = await take_due(connection)
        for site in due:
            await enqueue(app, site)
        if due:
            await set_next_run(connection, due)
    return due


async def revive_stalled(app: App, dead_after: float) -> list[str]:
    """Queue the crawls of workers again that gave no sign of life for so many seconds, and return their sites.

    Where the site's next crawl waits already, that one does the rest, and the dead one ends as failed: two waiting jobs
    with one queueing lock cannot be.
    """
    from procrastinate.exceptions import ConnectorException, UniqueViolation
    from procrastinate.jobs import Status

    revived = []
    for job in await app.job_manager.get_stalled_jobs(queue=QUEUE, seconds_since_heartbeat=dead_after):
        try:
            await app.job_manager.retry_job(job)
        except UniqueViolation:
            await app.job_manager.finish_job(job, Status.FAILED, delete_job=False)
        except ConnectorException:
            continue  # another worker was quicker
        revived.append(str(job.task_kwargs["site"]))
    return revived


async def prune(app: App, dead_after: float) -> None:
    """Remove jobs that ended long ago, and dead workers."""
    await app.job_manager.delete_old_jobs(
        nb_hours=_KEEP_HOURS, include_failed=True, include_cancelled=True, include_aborted=True
    )
    await app.job_manager.prune_stalled_workers(dead_after)


async def beat(app: App, worker_id: int) -> bool:
    """Give a worker's sign of life; False when it was taken for dead and removed meanwhile."""
    rows = await app.connector.execute_query_all_async(
        "UPDATE procrastinate_workers SET last_heartbeat = now() WHERE id = %(worker)s RETURNING id",
        worker=worker_id,
    )
    return bool(list(rows))
