"""Pages that only a browser can show: finding it, starting it, showing a page in it, ending it.

The browser itself has no way to the network: everything that a page loads is fetched by the crawl, with the checks
and limits of any other request, and handed to it.
"""
