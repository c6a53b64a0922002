"""Former paths of components: a settings file that was written for an earlier version keeps working."""

from __future__ import annotations

from typing import Any

from scrapy.settings import SETTINGS_PRIORITIES, BaseSettings

_PACKAGE = "newscrawler."
# former path -> path, both below the package
RENAMED = {
    "middlewares.addresses.PublicResolver": "middlewares.address_guard.PublicResolver",
    "middlewares.addresses.AddressGuard": "middlewares.address_guard.AddressGuardMiddleware",
    "middlewares.redirects.RedirectScope": "middlewares.redirect_scope.RedirectScopeMiddleware",
    "middlewares.demo_site.DemoSite": "middlewares.demo_site.DemoSiteMiddleware",
    "middlewares.robots.Robots": "middlewares.robots.RobotsMiddleware",
    "middlewares.rendering.BrowserPages": "middlewares.browser_pages.BrowserMiddleware",
    "middlewares.backoff.BackOff": "middlewares.backoff.BackoffMiddleware",
    "extensions.account.Account": "extensions.outcomes.OutcomeStats",
    "extensions.ending.Ending": "extensions.stop_signal.StopSignal",
    "extensions.memory.Memory": "extensions.journal_extension.JournalExtension",
    "extensions.rendering.Rendering": "extensions.rendering.RenderingExtension",
    "pipelines.clean.Clean": "pipelines.clean.CleanPipeline",
    "pipelines.identify.Identify": "pipelines.identify.IdentifyPipeline",
    "pipelines.validate.Validate": "pipelines.validate.ValidatePipeline",
    "pipelines.since.Since": "pipelines.since.SincePipeline",
    "pipelines.duplicates.DropDuplicateTitles": "pipelines.duplicates.DuplicatesPipeline",
    "pipelines.limit.MaxStories": "pipelines.limit.MaxStoriesPipeline",
    "pipelines.record.Record": "pipelines.store.StorePipeline",
    "feeds.paths.uri_params": "feeds.uri_params.uri_params",
}


def current_path(path: Any) -> Any:
    """Today's path of a component; any other value as it is."""
    if isinstance(path, str) and path.startswith(_PACKAGE):
        renamed = RENAMED.get(path.removeprefix(_PACKAGE))
        return _PACKAGE + renamed if renamed else path
    return path


def rename_components(settings: BaseSettings) -> None:
    """Replace former paths in settings, as plain values and in dicts of components, at the same priority.

    To be called before components are loaded.
    """
    for name in list(settings):
        priority = settings.getpriority(name) or 0
        if priority < SETTINGS_PRIORITIES["project"]:
            continue  # Scrapy's own
        value = settings[name]
        if isinstance(value, dict | BaseSettings):
            items = list(value.items())
            renamed = {current_path(key): current_path(each) for key, each in items}
            if list(renamed.items()) != items:
                settings.set(name, renamed, priority)
        elif current_path(value) != value:
            settings.set(name, current_path(value), priority)
