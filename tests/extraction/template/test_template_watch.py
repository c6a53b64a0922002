from newscrawler.extraction.html.site_template import NO_TEMPLATE, SiteTemplate
from newscrawler.extraction.template.template_watch import TemplateWatch

_OLD, _NEW = ("h1.old", "div.old"), ("h1.new", "div.new")
_TEMPLATE = SiteTemplate(
    stories=40, places=frozenset({("title", "h1.old"), ("body", "div.old")}), agreement=0.95
)


def test_a_template_that_changes_is_noticed_within_twenty_pages():
    watch = TemplateWatch(_TEMPLATE)
    assert not any(watch.is_changed_by(*_OLD) for _ in range(30))
    changed = [watch.is_changed_by(*_NEW) for _ in range(20)]
    assert changed.index(True) == 10, "when less than half of the newest twenty agree"


def test_a_section_of_its_own_and_pages_that_agree_in_part_are_no_change():
    watch = TemplateWatch(_TEMPLATE)
    assert not any(watch.is_changed_by(*(_NEW if at % 3 == 0 else _OLD)) for at in range(60))
    assert not any(watch.is_changed_by("h1.old", "div.new") for _ in range(60))


def test_without_a_template_nothing_changes():
    watch = TemplateWatch(NO_TEMPLATE)
    assert not any(watch.is_changed_by(*_NEW) for _ in range(60))
