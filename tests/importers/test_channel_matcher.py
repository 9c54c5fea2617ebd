"""Which channel an app, an address or a word belongs to, and which it only looks like."""

from __future__ import annotations

import pytest

from tracker.domain.default_channels import CHANNELS, default_matches
from tracker.importers.imported_record import ChannelMatcher


@pytest.fixture(scope="module")
def matcher() -> ChannelMatcher:
    matches = [
        (channel.name, what, text.lower())
        for channel in CHANNELS
        for what, texts in default_matches(channel.name).items()
        for text in texts
        if what != "bundle"
    ]
    return ChannelMatcher([(channel.name, channel.title) for channel in CHANNELS], matches)


@pytest.mark.parametrize(
    ("url", "channel"),
    [
        ("https://www.linkedin.com/feed/", "linkedin"),
        ("https://linkedin.com", "linkedin"),
        ("http://lnkd.in/abc", "linkedin"),
        ("HTTPS://WWW.LinkedIn.COM/feed", "linkedin"),
        ("https://fr.linkedin.com./in/x", "linkedin"),
        ("https://linkedin.com:8443/", "linkedin"),
        ("https://anna:secret@linkedin.com/", "linkedin"),
        ("https://business.facebook.com/latest", "facebook"),
        ("https://m.youtube.com/watch?v=1", "youtube"),
        ("https://x.com/home", "x"),
        ("https://t.co/abc?x#y", "x"),
        ("https://mastodon.social/@a", "mastodon"),
        ("https://web.telegram.org/k/", "telegram"),
        ("https://www.pinterest.fr/pin/1", "pinterest"),
    ],
)
def test_a_channels_own_addresses_are_recognised(matcher: ChannelMatcher, url: str, channel: str) -> None:
    assert matcher.by_url(url) == channel


@pytest.mark.parametrize(
    "url",
    [
        "https://notlinkedin.com/",
        "https://notlinkedin.com.example.org/",
        "https://linkedin.com.evil.example/",
        "https://linkedin.com@evil.example/",
        "https://evil.example/linkedin.com",
        "https://evil.example?https://linkedin.com/",
        "https://evil.example#@linkedin.com",
        "https://linkedin.com:443@evil.example/",
        "https://linkedin-com.example/",
        "https://linkedln.com/",
        "https://lіnkedin.com/",  # a Cyrillic і
        "https://xn--lnkedin-bpf.com/",
        "https://box.com/",
        "https://netflix.com/",
        "https://.linkedin.com/",
        "https://a..linkedin.com/",
        "https://linkedin.com../",
        "https://linkedin.com%2eevil.example/",
        "https://[::1]/linkedin.com",
        "https://:80/",
        "https:///linkedin.com",
        "chrome-extension://linkedin.com/page",
        "file:///home/linkedin.com",
        "javascript:linkedin.com",
        "linkedin.com",
        "",
    ],
)
def test_look_alikes_and_other_schemes_are_not(matcher: ChannelMatcher, url: str) -> None:
    assert matcher.by_url(url) is None


def test_a_domain_outside_ascii_is_known_by_both_its_spellings() -> None:
    own = ChannelMatcher([("forum", "Forum")], [("forum", "domain", "bücher.example")])
    assert own.by_url("https://xn--bcher-kva.example/") == "forum"
    assert own.by_url("https://www.bücher.example/") == "forum"


def test_listening_to_music_is_not_the_social_network(matcher: ChannelMatcher) -> None:
    assert matcher.by_url("https://music.youtube.com/watch?v=a") is None
    assert matcher.by_word("music.youtube.com") is None
    given = ChannelMatcher([("y", "Y")], [("y", "domain", "youtube.com"), ("y", "domain", "music.youtube.com")])
    assert given.by_host("music.youtube.com") == "y"
    assert given.by_host("a.music.youtube.com") == "y"


def test_the_longest_domain_decides() -> None:
    own = ChannelMatcher([], [("facebook", "domain", "facebook.com"), ("ads", "domain", "business.facebook.com")])
    assert own.by_url("https://business.facebook.com/") == "ads"
    assert own.by_url("https://www.facebook.com/") == "facebook"


@pytest.mark.parametrize(
    ("app", "channel"),
    [
        ("YouTube", "youtube"),
        ("youtube", "youtube"),
        ("com.google.android.youtube", "youtube"),
        ("Facebook Lite", "facebook"),
        ("Facebook\xa0Lite", "facebook"),
        ("X", "x"),
        ("Twitter", "x"),
        ("Messenger", "messenger"),
        ("Notification posted (YouTube)", None),
        ("Phone", None),
        ("Chrome", None),
        ("YouTube Music", None),
    ],
)
def test_apps_are_known_by_their_exact_name_whatever_its_case(
    matcher: ChannelMatcher, app: str, channel: str | None
) -> None:
    assert matcher.by_app(app) == channel


@pytest.mark.parametrize(
    ("word", "channel"),
    [
        ("linkedin", "linkedin"),
        ("LinkedIn", "linkedin"),
        ("li", "linkedin"),
        ("Twitter", "x"),
        ("Video call", "video"),
        ("Facebook Lite", "facebook"),
        ("www.instagram.com", "instagram"),
        ("gardening", None),
        ("linkedin.com.evil.example", None),
    ],
)
def test_a_persons_word_is_a_name_an_alias_a_title_an_app_or_a_domain(
    matcher: ChannelMatcher, word: str, channel: str | None
) -> None:
    assert matcher.by_word(word) == channel
