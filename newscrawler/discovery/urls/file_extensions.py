"""Files that are no pages, by their names."""

from __future__ import annotations

_SUFFIXES = """
    jpg jpeg png gif webp avif svg ico bmp tif tiff heic psd ai eps mp3 mp4 m4a m4v m3u8 mpd webm ogg ogv oga opus
    wav flac aac avi mov wmv flv mkv 3gp mpg mpeg ts pdf doc docx xls xlsx ppt pptx odt ods odp rtf epub mobi azw3
    zip gz tgz bz2 xz 7z rar tar iso dmg exe msi apk ipa deb rpm bin jar css js mjs map json xml rss atom rdf txt
    csv tsv ics vcf woff woff2 ttf otf eot swf torrent"""
_NO_PAGE = frozenset(_SUFFIXES.split())


def is_no_page(last: str) -> bool:
    """True when the last segment of a path is named like a picture, a document, a feed: anything but a page."""
    stem, dot, suffix = last.rpartition(".")
    return bool(dot and stem) and suffix.lower() in _NO_PAGE
