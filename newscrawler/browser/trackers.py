"""Hosts that only count visitors, sell advertisements or record readers: no story comes from there.

From the public documentation of these services and the lists of content blockers. A page is shown without them.
"""

from __future__ import annotations

_NAMES = """
2mdn.net 3lift.com addthis.com adform.net adnxs.com adroll.com adsafeprotected.com adservice.google.com
adsrvr.org agkn.com amazon-adsystem.com amplitude.com app-measurement.com appsflyer.com atdmt.com
bat.bing.com bidswitch.net bluekai.com bounceexchange.com branch.io braze.com
casalemedia.com chartbeat.com chartbeat.net clarity.ms clicktale.net cloudflareinsights.com connect.facebook.net
contentsquare.net criteo.com criteo.net crwdcntrl.net demdex.net doubleclick.net doubleverify.com
effectivemeasure.net everesttech.net fullstory.com google-analytics.com googleadservices.com
googlesyndication.com googletagmanager.com googletagservices.com heap.io heapanalytics.com hotjar.com hotjar.io
imrworldwide.com indexww.com inspectlet.com ioam.de iocnt.net krxd.net liadm.com
lijit.com mathtag.com matomo.cloud mc.yandex.ru media.net mixpanel.com moatads.com
mouseflow.com newrelic.com nr-data.net omtrdc.net onesignal.com openx.net optimizely.com outbrain.com
parsely.com permutive.com piano.io pingdom.net piwik.pro pubmatic.com pushwoosh.com quantcast.com
quantserve.com revcontent.com rlcdn.com rubiconproject.com scorecardresearch.com segment.com segment.io
sentry-cdn.com sentry.io sharethis.com sharethrough.com smartadserver.com snap.licdn.com sail-horizon.com
spotxchange.com statcounter.com stats.wp.com taboola.com tapad.com teads.tv tiqcdn.com top-fwz1.mail.ru
treasuredata.com tns-counter.ru tynt.com webtrends.com xiti.com yieldmo.com zergnet.com zemanta.com
"""
_DOMAINS = frozenset(_NAMES.split())


def is_tracker(host: str) -> bool:
    """True when a host, or the domain that it belongs to, is one of these."""
    labels = host.lower().rstrip(".").split(".")
    return any(".".join(labels[start:]) in _DOMAINS for start in range(len(labels) - 1))
