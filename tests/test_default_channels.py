"""What comes with the program is of one piece: one letter, one domain, one word, one channel."""

from __future__ import annotations

from tracker.domain.default_channels import ACTIVITIES, CHANNELS, default_matches, other_networks
from tracker.domain.models import KINDS, PURPOSES, RINGS

#: (channel, what it is, text) of everything that a channel is recognised by.
MATCHES = [
    (channel.name, what, text)
    for channel in CHANNELS
    for what, texts in default_matches(channel.name).items()
    for text in texts
]


def texts_of(*sorts: str) -> list[str]:
    return [text for _channel, what, text in MATCHES if what in sorts]


def test_every_channel_has_its_own_letter_and_a_known_kind() -> None:
    letters = [channel.letter for channel in CHANNELS]
    assert sorted(letters) == sorted(set(letters))
    assert all(len(letter) == 1 and letter.isascii() and letter.islower() for letter in letters)
    assert {channel.kind for channel in CHANNELS} == set(KINDS)


def test_a_domain_and_an_app_belong_to_one_channel_only() -> None:
    domains = texts_of("domain")
    apps = [app.lower() for app in texts_of("app", "bundle")]
    assert len(domains) == len(set(domains))
    assert len(apps) == len(set(apps))
    assert all(domain == domain.lower() and "." in domain for domain in domains)


def test_no_listed_domain_lies_under_another_channels() -> None:
    owner = {text: channel for channel, what, text in MATCHES if what == "domain"}
    for domain, name in owner.items():
        parents = [domain.split(".", cut)[cut] for cut in range(1, domain.count(".") + 1)]
        assert all(owner.get(parent, name) == name for parent in parents), domain


def test_an_alias_is_no_other_word_of_the_command_line() -> None:
    aliases = texts_of("alias")
    taken = {channel.name for channel in CHANNELS} | {activity.name for activity in ACTIVITIES} | set(RINGS)
    assert len(aliases) == len(set(aliases))
    assert not taken & set(aliases)
    assert all(alias == alias.lower() and " " not in alias for alias in aliases)


def test_what_is_recognised_is_a_channel_and_known_by_one_of_four_sorts() -> None:
    assert {what for _channel, what, _text in MATCHES} == {"domain", "app", "bundle", "alias"}


def test_every_activity_serves_one_of_the_four_purposes() -> None:
    assert {activity.purpose for activity in ACTIVITIES} == set(PURPOSES)
    assert not {activity.name for activity in ACTIVITIES} & {channel.name for channel in CHANNELS}


def test_what_waits_to_be_classified_is_no_channel_yet() -> None:
    known = {text.lower() for text in texts_of("domain", "app", "alias")}
    assert not known & other_networks().keys()
