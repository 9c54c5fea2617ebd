"""What comes with the program: the channels, how each is recognised elsewhere and which hue it has, and the activities.

Seeds a new file; from then on the file's own rows count, and users add, rename, archive and alias them. Domains
include their subdomains (`business.facebook.com` is under `facebook.com`), so only what is not one is listed. Domains
and Android packages are public facts, gathered from Matomo's list of social networks (CC0) and the makers' store
pages; app names are how phones and desktops show them. Bundle ids are what Apple's devices call their apps. In-person
and focus channels know no app: a dialler in front of somebody is not yet a talk, and counting it as one would invent
contacts. A hue is the same on the screens and on the pages.
"""

from __future__ import annotations

from tracker.domain.models import Activity
from tracker.domain.record import Record
from tracker.locale import N_

TYPE_CHECKING = False
if TYPE_CHECKING:
    from tracker.domain.models import Kind


class Listed(Record):
    """A channel that comes with the program; `apps` are app names and Android packages, matched without case.

    `bundles` are the bundle ids of its apps on iPhones and Macs; in the file they are apps like the others.
    """

    name: str
    title: str
    kind: Kind
    letter: str
    domains: tuple[str, ...] = ()
    apps: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()
    bundles: tuple[str, ...] = ()


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


def _listed(
    name: str, title: str, kind: Kind, letter: str, domains: str, apps: str, aliases: str, bundles: str = ""
) -> Listed:
    """A channel from texts: its app names are separated by commas, all else by spaces."""
    names = tuple(apps.split(", "))
    return Listed(name, title, kind, letter, _words(domains), names, _words(aliases), _words(bundles))


_PINTEREST = (
    "pinterest.com pin.it pinterest.fr pinterest.ca pinterest.ch pinterest.co.uk pinterest.com.au pinterest.de "
    "pinterest.dk pinterest.es pinterest.ie pinterest.info pinterest.it pinterest.jp pinterest.nz pinterest.pt "
    "pinterest.se pinterest.at pinterest.be pinterest.cl pinterest.com.mx pinterest.co.kr pinterest.ph"
)

#: The larger instances. The list is never complete: `tracker channel` adds one's own.
_MASTODON = (
    "mastodon.social mastodon.online mastodon.world mastodon.cloud mastodon.art mastodon.xyz mastodon.at mastodon.nz "
    "mastodon.scot mastodon.eus mastodon.technology mastodonapp.uk mastodont.cat mamot.fr piaille.fr mstdn.social "
    "mstdn.io mstdn.jp mstdn.party mstdn.ca mas.to masto.ai masto.es techhub.social infosec.exchange hachyderm.io "
    "fosstodon.org chaos.social front-end.social indieweb.social sfba.social universeodon.com toot.community "
    "ohai.social newsie.social social.vivaldi.net social.tchncs.de troet.cafe norden.social c.im pawoo.net "
    "vis.social typo.social graphics.social aus.social framapiaf.org toot.wales joinmastodon.org"
)

CHANNELS: tuple[Listed, ...] = (
    _listed(
        *("linkedin", N_("LinkedIn"), "social", "l", "linkedin.com lnkd.in"),
        "LinkedIn, LinkedIn Lite, LinkedIn Sales Navigator, com.linkedin.android, com.linkedin.android.lite",
        "li lin",
        "com.linkedin.LinkedIn com.linkedin.SalesNavigator",
    ),
    _listed(
        *("instagram", N_("Instagram"), "social", "i", "instagram.com instagr.am ig.me"),
        "Instagram, Instagram Lite, com.instagram.android, com.instagram.lite",
        "ig insta",
        "com.burbn.instagram",
    ),
    _listed(
        *("facebook", N_("Facebook"), "social", "f", "facebook.com fb.com fb.me fb.watch fb.gg"),
        "Facebook, Facebook Lite, Meta Business Suite, Pages Manager, Gestionnaire de Pages, com.facebook.katana, "
        "com.facebook.lite, com.facebook.pages.app",
        "fb meta",
        "com.facebook.Facebook com.facebook.PageAdminApp",
    ),
    _listed(
        *("youtube", N_("YouTube"), "social", "y", "youtube.com youtu.be youtube-nocookie.com"),
        "YouTube, YouTube Go, YouTube Studio, YouTube Shorts, com.google.android.youtube, "
        "com.google.android.apps.youtube.mango, com.google.android.apps.youtube.creator",
        "yt",
        "com.google.ios.youtube com.google.ios.ytcreator",
    ),
    _listed(
        *("tiktok", N_("TikTok"), "social", "t", "tiktok.com"),
        "TikTok, TikTok Lite, musical.ly, com.zhiliaoapp.musically, com.zhiliaoapp.musically.go, "
        "com.ss.android.ugc.trill",
        "tt tik",
        "com.ss.iphone.ugc.Trill",
    ),
    _listed(
        *("x", N_("X"), "social", "x", "x.com twitter.com t.co tweetdeck.com"),
        "X, Twitter, X Lite, Twitter Lite, X Pro, TweetDeck, com.twitter.android, com.twitter.android.lite",
        "twitter tw",
        "com.atebits.Tweetie2 maccatalyst.com.atebits.Tweetie2 com.twitter.twitter-mac",
    ),
    _listed(
        *("threads", N_("Threads"), "social", "h", "threads.net threads.com"),
        "Threads, com.instagram.barcelona",
        "th thr",
        "com.burbn.barcelona",
    ),
    _listed(
        *("pinterest", N_("Pinterest"), "social", "p", _PINTEREST),
        "Pinterest, Pinterest Lite, com.pinterest, com.pinterest.twa",
        "pin",
    ),
    _listed(
        *("snapchat", N_("Snapchat"), "social", "s", "snapchat.com"),
        "Snapchat, com.snapchat.android",
        "snap sc",
        "com.toyopagroup.picaboo",
    ),
    _listed(
        *("reddit", N_("Reddit"), "social", "r", "reddit.com redd.it"),
        "Reddit, com.reddit.frontpage",
        "rd",
        "com.reddit.Reddit",
    ),
    _listed(*("twitch", N_("Twitch"), "social", "w", "twitch.tv"), "Twitch, tv.twitch.android.app", "ttv", "tv.twitch"),
    _listed(
        *("mastodon", N_("Mastodon"), "social", "m", _MASTODON),
        "Mastodon, Tusky, Fedilab, org.joinmastodon.android, com.keylesspalace.tusky",
        "masto",
        "org.joinmastodon.app com.tapbots.Ivory",
    ),
    _listed(
        *("bluesky", N_("Bluesky"), "social", "b", "bsky.app bsky.social skyfeed.app"),
        "Bluesky, Bluesky Social, xyz.blueskyweb.app",
        "bsky bs",
    ),
    _listed(
        *("whatsapp", N_("WhatsApp"), "messaging", "a", "whatsapp.com wa.me"),
        "WhatsApp, WhatsApp Business, WA Business, com.whatsapp, com.whatsapp.w4b",
        "wa",
        "net.whatsapp.WhatsApp net.whatsapp.WhatsAppSMB",
    ),
    _listed(
        *("messenger", N_("Messenger"), "messaging", "g", "messenger.com m.me"),
        "Messenger, Messenger Lite, Facebook Messenger, com.facebook.orca, com.facebook.mlite",
        "msg",
        "com.facebook.Messenger com.facebook.archon",
    ),
    _listed(
        *("telegram", N_("Telegram"), "messaging", "e", "telegram.org t.me telegram.me"),
        "Telegram, Telegram X, Telegram Desktop, Telegram.exe, telegram-desktop, "
        "org.telegram.messenger, org.thunderdog.challegram",
        "tg",
        "ph.telegra.Telegraph ru.keepcoder.Telegram com.tdesktop.Telegram org.telegram.desktop",
    ),
    _listed(
        *("discord", N_("Discord"), "messaging", "d", "discord.com discord.gg discordapp.com"),
        "Discord, Discord.exe, com.discord",
        "dc",
        "com.hammerandchisel.discord com.hnc.Discord com.discordapp.Discord",
    ),
    Listed("call", N_("Call"), "in_person", "o", aliases=("phone", "appel")),
    Listed("video", N_("Video call"), "in_person", "v", aliases=("visio",)),
    Listed("meeting", N_("Meeting"), "in_person", "n", aliases=("meet", "rencontre", "rdv")),
    Listed("work", N_("Work"), "focus", "k", aliases=("focus", "travail")),
)

#: `advertise` makes something (a campaign); `moderate` and `client` deal with people. A `report` is written for
#: somebody and then done, so it makes: `monitor` is kept for watching figures that change nothing, which is what the
#: patterns and the week's purposes are about.
ACTIVITIES: tuple[Activity, ...] = (
    Activity("create", N_("Create"), "make"),
    Activity("publish", N_("Publish"), "make"),
    Activity("reply", N_("Reply"), "relate"),
    Activity("relate", N_("Relate"), "relate"),
    Activity("prospect", N_("Prospect"), "relate"),
    Activity("moderate", N_("Moderate"), "relate"),
    Activity("advertise", N_("Advertise"), "make"),
    Activity("report", N_("Report"), "make"),
    Activity("client", N_("Client"), "relate"),
    Activity("monitor", N_("Monitor"), "monitor"),
    Activity("scroll", N_("Scroll"), "scroll"),
)

#: The titles of the channels and activities above, by name; `_` gives the reader's.
TITLES = {row.name: row.title for row in CHANNELS} | {row.name: row.title for row in ACTIVITIES}

#: Social, or looking so, without being a channel here: what a classify queue asks about. Hosts and app names.
LOOKS_SOCIAL: frozenset[str] = frozenset(
    _words(
        "tumblr.com tumblr com.tumblr quora.com quora vk.com vkontakte.ru vk com.vkontakte.android ok.ru "
        "odnoklassniki.ru xing.com xing viadeo.com viadeo weibo.com weibo wechat.com wechat bereal.com bereal "
        "com.bereal.ft vimeo.com vimeo bilibili.com bilibili douyin.com pixelfed.social signal signal.org "
        "org.thoughtcrime.securesms org.whispersystems.signal-desktop slack slack.com com.slack com.tinyspeck.chatlyio "
        "com.tinyspeck.slackmacgap alexisbarreyat.bereal news.ycombinator.com flickr.com flickr "
        "dribbble.com dribbble behance.net behance medium.com substack.com nextdoor.com nextdoor "
        "clubhouse.com clubhouse lemon8-app.com lemon8 line.me kakao.com viber.com viber skype.com skype "
        "soundcloud.com soundcloud 9gag.com 9gag dailymotion.com dailymotion patreon.com indiehackers.com "
        "producthunt.com malt.fr meetup.com meetup badoo.com tinder.com tinder livejournal.com foursquare.com "
        "last.fm gettr.com truthsocial.com rumble.com kick.com kick"
    )
)

#: What people call those whose host or app does not say it.
KNOWN_TITLES = {
    "news.ycombinator.com": "Hacker News",
    **dict.fromkeys(("vk.com", "vkontakte.ru", "vk", "com.vkontakte.android"), "VK"),
    **dict.fromkeys(("ok.ru", "odnoklassniki.ru"), "Odnoklassniki"),
    **dict.fromkeys(("org.thoughtcrime.securesms", "org.whispersystems.signal-desktop", "signal.org"), "Signal"),
    **dict.fromkeys(("com.slack", "com.tinyspeck.chatlyio", "com.tinyspeck.slackmacgap"), "Slack"),
    **dict.fromkeys(("bereal", "bereal.com", "com.bereal.ft", "alexisbarreyat.bereal"), "BeReal"),
    **dict.fromkeys(("wechat", "wechat.com"), "WeChat"),
    **dict.fromkeys(("xing", "xing.com"), "XING"),
    **dict.fromkeys(("9gag", "9gag.com"), "9GAG"),
    "last.fm": "Last.fm",
    "livejournal.com": "LiveJournal",
    "line.me": "LINE",
    "kakao.com": "KakaoTalk",
}

#: Those of LOOKS_SOCIAL with which people write to each other: they are offered as messaging first.
MESSENGERS = frozenset(("Signal", "Slack", "WeChat", "LINE", "KakaoTalk", "Viber", "Skype"))

#: Hosts below a channel's domain that are not the channel: listening to music is no visit to a social network. They
#: count where a person gives them to a channel.
NOT_OF_CHANNELS = frozenset(("music.youtube.com",))


#: hue → (on dark, on light, of the terminal's own on dark, of these on light).
HUES = {
    "blue": ("#6cb2f0", "#1766b3", "ansi_blue", "ansi_blue"),
    "pink": ("#f08bb4", "#b32d69", "ansi_bright_magenta", "ansi_bright_magenta"),
    "red": ("#f2776b", "#b8382c", "ansi_red", "ansi_red"),
    "indigo": ("#8fa5f8", "#3a53bd", "ansi_bright_blue", "ansi_bright_blue"),
    "cyan": ("#5cc8e6", "#0b6c8c", "ansi_bright_cyan", "ansi_cyan"),
    "grey": ("#b6bfcc", "#565f6b", "ansi_white", "ansi_bright_black"),
    "violet": ("#b09cf7", "#6446c2", "ansi_magenta", "ansi_magenta"),
    "teal": ("#4fc9b8", "#0a6c62", "ansi_cyan", "ansi_cyan"),
    "orange": ("#f0a070", "#984811", "ansi_bright_red", "ansi_bright_red"),
    "lime": ("#b5cf6b", "#4d650a", "ansi_bright_green", "ansi_green"),
    "magenta": ("#dd90e4", "#92309b", "ansi_magenta", "ansi_magenta"),
    "sand": ("#d4b98c", "#7d6229", "ansi_bright_white", "ansi_black"),
}

#: hue → the channels that people expect it of; any other channel keeps the hue that its name falls on.
_EXPECTED = {
    "blue": ("linkedin",),
    "pink": ("instagram",),
    "red": ("youtube",),
    "indigo": ("facebook", "messenger"),
    "cyan": ("tiktok", "bluesky", "telegram", "video"),
    "grey": ("x",),
    "violet": ("twitch", "mastodon", "discord"),
    "teal": ("whatsapp", "call"),
    "orange": ("reddit",),
    "lime": ("snapchat", "meeting"),
    "magenta": ("pinterest",),
    "sand": ("threads", "work"),
}
KNOWN_HUES = {channel: hue for hue, channels in _EXPECTED.items() for channel in channels}


def hue_of(channel: str) -> str:
    """The name of a channel's hue: `blue`."""
    if known := KNOWN_HUES.get(channel):
        return known
    from zlib import crc32

    return list(HUES)[crc32(channel.encode()) % len(HUES)]
