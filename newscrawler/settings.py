"""Every setting that differs from Scrapy's default, or is ours, each with its reason."""

import os

from newscrawler.feeds.formats import exporters

BOT_NAME = "newscrawler"
SPIDER_MODULES = ["newscrawler.spiders"]
NEWSPIDER_MODULE = "newscrawler.spiders"
COMMANDS_MODULE = "newscrawler.commands"  # crawl with true exit codes, demo, sheet, journal, story, ...

# --- What to crawl -------------------------------------------------------------------------------------
SITE = "demo"  # the profile that `scrapy crawl site` crawls; a fresh clone has its demo
SITES_DIRS: list[
    str
] = []  # folders with profiles of your own, before bundled ones; empty: sites/ beside scrapy.cfg
OUTPUT_DIR = "output"  # feeds, journal and last-run.json live here, a folder a site

# --- Who is asking -------------------------------------------------------------------------------------
CONTACT = ""  # a URL or e-mail address of yours: sites can reach you instead of blocking you
USER_AGENT = "newscrawler/1.0"  # honest; the contact is appended when one is set
ROBOTSTXT_USER_AGENT = "newscrawler"  # the token that robots.txt rules are matched with
ROBOTSTXT_OBEY = True  # what a site forbids is not fetched

# --- Politeness ----------------------------------------------------------------------------------------
DOWNLOAD_DELAY = 0.5  # seconds between two requests to a site, before AutoThrottle has learned its pace
CONCURRENT_REQUESTS = 16  # over all hosts of a site
CONCURRENT_REQUESTS_PER_DOMAIN = 4  # Scrapy's 8 is much for one news site
AUTOTHROTTLE_ENABLED = True  # slower when the site is slow
AUTOTHROTTLE_START_DELAY = 0.5  # seconds, like DOWNLOAD_DELAY
AUTOTHROTTLE_MAX_DELAY = 30.0  # seconds: slower than that is no crawl
AUTOTHROTTLE_TARGET_CONCURRENCY = 2.0  # requests under way at a time, on average
ROBOTSTXT_RETRY_TIMES = (
    3  # a robots.txt that answers 5xx is asked for again this often, then nothing is fetched
)
ROBOTSTXT_RETRY_WAIT = 5.0  # seconds before the first of these, doubled each time
BACKOFF_WAIT = 5.0  # seconds of pause after a 429 or 503 without Retry-After, doubled each time
RETRY_AFTER_MAX = 300.0  # seconds: a site that asks for more ends the crawl, the rest is for the next run
MAX_REFUSALS = 8  # refusals (401, 403, 429, 503) in a row that end the crawl

# --- Safety: the web is hostile ------------------------------------------------------------------------
REMOTE_CONTROL_ENABLED = False  # on by default: an HTTP port that runs posted Python
TELNETCONSOLE_ENABLED = False  # on by default: another way in
DOWNLOAD_VERIFY_CERTIFICATES = True  # off by default
DOWNLOAD_HANDLERS = {
    "http": "newscrawler.middlewares.download_handler.CrawlDownloadHandler",
    "https": "newscrawler.middlewares.download_handler.CrawlDownloadHandler",
    "file": None,
    "data": None,
    "ftp": None,
    "s3": None,
}  # a page's links choose http(s) only
DOWNLOAD_MAXSIZE = 20 * 1024 * 1024  # bytes, after decompression; 1 GiB by default
DOWNLOAD_WARNSIZE = 0  # what is too large is recorded as an outcome, not logged
DOWNLOAD_TIMEOUT = 30  # seconds; 180 by default
COOKIES_ENABLED = False  # stories need none; session cookies make one page many
REDIRECT_MAX_TIMES = 5  # a longer chain is a loop; 20 by default
RETRY_TIMES = 2  # within a run; a later run tries again, see MAX_ATTEMPTS
METAREFRESH_ENABLED = False  # listings reload themselves; and it decodes every page a second time
RETRY_HTTP_CODES = [500, 502, 504, 522, 524, 408]  # 429 and 503 ask for a pause: see BackOff
RETRY_GIVE_UP_LOG_LEVEL = "INFO"  # the account of the run has it, with the reason
HTTPERROR_ALLOW_ALL = True  # every answer ends with an outcome, 404 too
# Private addresses are refused, whatever name leads to them.
TWISTED_DNS_RESOLVER = "newscrawler.middlewares.address_guard.PublicResolver"
PRIVATE_ADDRESSES: list[str] = []  # hosts, host:port or networks to open; what -a url= names is open anyway
PROXY = ""  # an HTTP proxy, http://host:port; empty: http_proxy and https_proxy of the environment, if set
REFERRER_POLICY = "same-origin"  # one site learns nothing of another

# --- Pages that only a browser can show ----------------------------------------------------------------
BROWSER = ""  # path or name of a Chromium; empty: Playwright's own, else the system's
RENDER_PAGES = 2  # pages that are shown at a time
RENDER_TIMEOUT = 20.0  # seconds for a page to be there; unfolding a listing may take twice that again
RENDER_MORE = 20  # times that "load more" is pressed in a listing, or its end scrolled to; 0: never
RENDER_MEMORY = 1024  # megabytes that one page may take, then it is ended
RENDER_REQUESTS = 100  # requests for scripts and data that one page may make
RENDER_MAXSIZE = 30 * 1024 * 1024  # bytes that it may get by them
RENDER_HOSTS: list[
    str
] = []  # hosts of other sites that scripts may get data from; scripts come from anywhere

# --- Memory of earlier runs ----------------------------------------------------------------------------
JOURNAL_BUSY_TIMEOUT = 10.0  # seconds to wait for another writer
DUPLICATE_TITLES = "text"  # an equal title is dropped when its text says so too; "strict": whatever the text
DUPLICATE_WINDOW_DAYS = 30.0  # how long a title counts as seen; 0: for ever
REVISIT_DAYS = 3.0  # how long a story is looked at again for corrections, at growing intervals
UPDATES = False  # whether a changed story is delivered again, as its next revision
MAX_ATTEMPTS = 5  # runs that try a page which cannot be had, before it is given up

# --- What its pages have in common ----------------------------------------------------------------------
HELD_PAGES = (
    2000  # pages of a new site that wait at most, in the journal, until its template is known; 0: none
)
STORIES = "news"  # or "all": pages without evidence of news, on a site whose news have it, are stories too

# --- What the crawl writes -----------------------------------------------------------------------------
FEEDS = {  # a new file for each run that has something new
    "%(output_dir)s/%(site)s/%(site)s-%(utc)s.jsonl": {
        "format": "jsonl",
        "overwrite": True,
        "store_empty": False,
    }
}
FEED_URI_PARAMS = "newscrawler.feeds.uri_params.uri_params"  # %(site)s, %(utc)s and %(output_dir)s above
FEED_STORAGES = {  # files appear whole or not at all
    "": "newscrawler.feeds.storage.StoryFileStorage",
    "file": "newscrawler.feeds.storage.StoryFileStorage",
    "s3": "newscrawler.feeds.storage.S3StoryStorage",
}
FEED_EXPORTERS = exporters()  # fixed columns, nulls kept, safe in any reader
SHEET_ZONE = "UTC"  # the zone of times in spreadsheets, when a story's own is known
FEED_EXPORT_ENCODING = "utf-8"  # Scrapy writes \u escapes otherwise
FEED_STORE_EMPTY = False  # nothing new: no file

# --- What the crawl remembers --------------------------------------------------------------------------
JOURNAL = os.environ.get(
    "NEWSCRAWLER_JOURNAL", ""
)  # SQLAlchemy URL, `{site}` is replaced; empty: SQLite in OUTPUT_DIR/.journal, a file a site
JOURNAL_KEEP_DAYS = {  # what `scrapy journal prune` removes when it is older; None: kept for ever
    "pages": 365,  # addresses without a story that nothing has linked since
    "texts": None,  # texts of delivered stories; what they are known by stays
    "revisions": None,  # texts of their earlier revisions
    "runs": 365,
}

# --- Many machines --------------------------------------------------------------------------------------
FLEET_DEAD_AFTER = (
    60.0  # seconds without a sign of life after which a worker's crawls go to others; one for all
)

# --- What the crawl says -------------------------------------------------------------------------------
LOG_LEVEL = "WARNING"  # the summary says the rest; -L INFO for more
HEALTH_COMMAND: list[
    str
] = []  # started, without a shell, when a run's exit code is not 0: its account as JSON on stdin
HEALTH_MAIL_TO: list[
    str
] = []  # addresses that are told when runs begin to fail, and when they are well again
HEALTH_MAIL_FROM = ""  # the sender; empty: the first of HEALTH_MAIL_TO
HEALTH_MAIL_HOST = "localhost"  # the mail server
HEALTH_MAIL_PORT = 0  # 0: the usual one, 587 with starttls, 465 with tls, 25 with none
HEALTH_MAIL_SECURITY = "none"  # starttls, tls or none; a password goes in the clear to this machine only
HEALTH_MAIL_USER = ""  # empty: from the environment, NEWSCRAWLER_MAIL_USER
HEALTH_MAIL_PASSWORD = ""  # empty: from the environment, NEWSCRAWLER_MAIL_PASSWORD, which is where it belongs
HEALTH_MAIL_HOURS = 24.0  # while the exit code stays the same, it is mailed again after so many hours
PROGRESS = True  # a live line on a terminal, a plain line now and then elsewhere; --quiet leaves it out
LOGSTATS_INTERVAL = 60.0  # seconds between two lines of progress where there is no terminal; 0: none
PROGRESS_FD = (
    -1
)  # a file descriptor that progress is written to as JSON; `scrapy fleet` gives it to its crawls

SCHEDULER = "newscrawler.scheduler.FrontierScheduler"  # newest and likeliest stories first

# --- Components, in order ------------------------------------------------------------------------------
DOWNLOADER_MIDDLEWARES = {  # guards and politeness
    "newscrawler.middlewares.address_guard.AddressGuardMiddleware": 40,
    "newscrawler.middlewares.redirect_scope.RedirectScopeMiddleware": 45,
    "newscrawler.middlewares.demo_site.DemoSiteMiddleware": 50,
    "scrapy.downloadermiddlewares.offsite.OffsiteMiddleware": None,  # the scope is ours
    "scrapy.downloadermiddlewares.robotstxt.RobotsTxtMiddleware": None,
    "newscrawler.middlewares.robots.RobotsMiddleware": 100,
    "newscrawler.middlewares.start_login.StartLoginMiddleware": 300,
    "newscrawler.middlewares.browser_pages.BrowserMiddleware": 545,  # sees answers that are final and unpacked
    "newscrawler.middlewares.backoff.BackoffMiddleware": 560,
    "newscrawler.middlewares.redirect_cookies.RedirectCookiesMiddleware": 610,  # sees answers before redirects do
    "scrapy.downloadermiddlewares.httpproxy.HttpProxyMiddleware": None,
    "newscrawler.middlewares.proxy.ProxyMiddleware": 750,
}
EXTENSIONS = {  # the account of the run, its files, its memory
    "newscrawler.extensions.outcomes.OutcomeStats": 10,
    "newscrawler.extensions.stop_signal.StopSignal": 15,
    "newscrawler.feeds.delivery.Delivery": 20,
    "newscrawler.extensions.journal_extension.JournalExtension": 30,
    "newscrawler.extensions.rendering.RenderingExtension": 35,
    "newscrawler.extensions.progress.Progress": 40,
    "newscrawler.extensions.progress_pipe.ProgressPipe": 41,
    "scrapy.extensions.logstats.LogStats": None,  # told by Progress
}
ITEM_PIPELINES = {  # one job each
    "newscrawler.pipelines.clean.CleanPipeline": 100,
    "newscrawler.pipelines.identify.IdentifyPipeline": 200,
    "newscrawler.pipelines.validate.ValidatePipeline": 300,
    "newscrawler.pipelines.since.SincePipeline": 400,
    "newscrawler.pipelines.duplicates.DuplicatesPipeline": 500,
    "newscrawler.pipelines.limit.MaxStoriesPipeline": 600,
    "newscrawler.pipelines.store.StorePipeline": 700,
}
