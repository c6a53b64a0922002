"""Which kinds of pages are shown at once, which are read first, and which are given up."""

from newscrawler.discovery.frontier.render_policy import RenderPolicy


def test_a_kind_that_kept_needing_the_browser_is_shown_at_once_with_a_probe_now_and_then():
    needs = RenderPolicy()
    assert not needs.at_once("/news/<n>")
    for _ in range(4):
        needs.was_needed("/news/<n>")
    turns = [needs.at_once("/news/<n>") for _ in range(61)]
    assert turns[0] is False, "what is known of an earlier run is probed first"
    assert turns.count(False) == 4
    assert not needs.at_once("/other")


def test_a_kind_of_which_a_tenth_needs_it_is_read_first():
    needs = RenderPolicy()
    for number in range(300):
        (needs.was_needed if number % 10 == 0 else needs.was_plain)("/news/<n>")
        assert not needs.at_once("/news/<n>")


def test_a_relaunch_is_noticed():
    needs = RenderPolicy()
    for _ in range(30):
        needs.was_needed("/news/<n>")
    probes = 0
    while probes < 20:
        if not needs.at_once("/news/<n>"):
            probes += 1
            needs.was_plain("/news/<n>")
    assert not any(needs.at_once("/news/<n>") for _ in range(100))


def test_what_the_browser_shows_no_more_of_is_given_up():
    needs = RenderPolicy()
    for _ in range(5):
        assert not needs.hopeless("/search")
        needs.was_vain("/search")
    assert needs.hopeless("/search")
    for _ in range(6):
        needs.was_needed("/search")
    assert not needs.hopeless("/search")


def test_it_is_kept_for_a_later_run_and_nonsense_is_passed_over():
    needs = RenderPolicy()
    for _ in range(5):
        needs.was_needed("/news/<n>")
    needs.was_plain("/about")
    kept = needs.learned()
    assert kept == {"/news/<n>": [0.0, 5.0, 0.0]}
    later = RenderPolicy({**kept, "/odd": ["x"], "/odder": None, "/short": [1]})
    assert [later.at_once("/news/<n>") for _ in range(3)] == [False, True, True]
    assert not later.at_once("/odd")


def test_it_does_not_grow_without_end():
    needs = RenderPolicy()
    for number in range(3000):
        needs.was_needed(f"/{number}")
    assert len(needs.learned()) == 500
