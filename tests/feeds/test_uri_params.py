import re
from types import SimpleNamespace
from typing import Any, cast

import pytest
from scrapy.extensions.feedexport import apply_uri_params

from newscrawler.feeds.uri_params import uri_params


@pytest.mark.parametrize(
    ("name", "folder"),
    [("islamtimes", "islamtimes"), ("../../etc/x", "etc-x"), ("..", "site"), ("A b", "a-b")],
)
def test_no_name_leaves_the_output_folder(name: str, folder: str) -> None:
    spider = SimpleNamespace(
        name="site",
        arguments=SimpleNamespace(site=SimpleNamespace(name=name)),
        crawler=SimpleNamespace(settings={"OUTPUT_DIR": "out"}),
    )
    params = uri_params({"batch_id": 1}, cast(Any, spider))
    path = apply_uri_params("%(output_dir)s/%(site)s/%(site)s-%(utc)s.jsonl", params)
    assert re.fullmatch(rf"out/{folder}/{folder}-\d{{8}}T\d{{6}}Z\.jsonl", path)
    assert params["batch_id"] == 1
