"""URLs of pictures, their keys, and those of no picture."""

from __future__ import annotations

import pytest
from lxml import html

from newscrawler.extraction.fields.image_urls import image_url, is_no_picture_path, picture_key


@pytest.mark.parametrize(
    ("tag", "url"),
    [
        ("<img src=/a.jpg>", "/a.jpg"),
        ("<img src=/blank.gif data-src=/a.jpg>", "/a.jpg"),
        ("<img src=data:image/gif;base64,x srcset='/s.jpg 300w, /l.jpg 900w'>", "/l.jpg"),
        ("<img src=/placeholder.png srcset='/s.jpg 1x, /l.jpg 2x'>", "/l.jpg"),
        ("<img data-src='{url}' src=/a.jpg>", "/a.jpg"),
        ("<img srcset='/x.jpg .w, /y.jpg 1.2.3w'>", "/x.jpg"),
        ("<img alt=x>", None),
    ],
)
def test_image_url(tag: str, url: str | None) -> None:
    assert image_url(html.fromstring(tag)) == url


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("/uploads/bridge-1024x768.jpg", "/uploads/bridge.jpg"),
        ("/uploads/bridge-scaled.webp", "/uploads/Bridge_large.jpg"),
        ("/b%C3%BCrgermeister-300.jpg", "/bürgermeister.jpg"),
    ],
)
def test_sizes_of_one_picture_share_a_key(one: str, other: str) -> None:
    assert picture_key(one) == picture_key(other)


def test_common_file_names_are_told_apart_by_their_folder() -> None:
    assert picture_key("/1234/original.jpg") != picture_key("/5678/original.jpg")


@pytest.mark.parametrize(
    ("name", "none"),
    [
        ("/img/logo.png", True),
        ("/authors/jane.jpg", True),
        ("/x.svg", True),
        ("/photos/bridge.jpg", False),
        ("/photos/logographer.jpg", False),
        ("/sites/default/files/2024/bridge.jpg", False),
        ("/social/2024/05/share/ferry-3f2a.jpg", False),
        ("/fotos/ads/zeitung/bruecke.jpg", False),
        ("/files/default-image.png", True),
        ("/static/icons/bridge.png", True),
    ],
)
def test_icons_and_avatars_are_no_pictures(name: str, none: bool) -> None:
    assert is_no_picture_path(name) is none
