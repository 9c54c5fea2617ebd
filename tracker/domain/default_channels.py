"""What comes with the program: the channels, how each is recognised elsewhere, and the activities.

Seeds a new file; from then on the file's own rows count, and users add, rename, archive and alias them. Domains
include their subdomains (`business.facebook.com` is under `facebook.com`), so only what is not one is listed. Domains
and Android packages are public facts, gathered from Matomo's list of social networks (CC0) and the makers' store
pages; app names are how phones and desktops show them. Bundle ids are what Apple's devices call their apps. In-person
and focus channels know no app: a dialler in front of somebody is not yet a talk, and counting it as one would invent
contacts.
"""

from __future__ import annotations

from tracker.domain.record import Record
from tracker.locale import N_

TYPE_CHECKING = False
if TYPE_CHECKING:
    from tracker.domain.models import Kind, Purpose


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


class ListedActivity(Record):
    """An activity that comes with the program."""

    name: str
    title: str
    purpose: Purpose


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


_PINTEREST = _words(
    "pinterest.com pin.it pinterest.fr pinterest.ca pinterest.ch pinterest.co.uk pinterest.com.au pinterest.de "
    "pinterest.dk pinterest.es pinterest.ie pinterest.info pinterest.it pinterest.jp pinterest.nz pinterest.pt "
    "pinterest.se pinterest.at pinterest.be pinterest.cl pinterest.com.mx pinterest.co.kr pinterest.ph"
)

#: The larger instances. The list is never complete: `tracker channel` adds one's own.
_MASTODON = _words(
    "mastodon.social mastodon.online mastodon.world mastodon.cloud mastodon.art mastodon.xyz mastodon.at mastodon.nz "
    "mastodon.scot mastodon.eus mastodon.technology mastodonapp.uk mastodont.cat mamot.fr piaille.fr mstdn.social "
    "mstdn.io mstdn.jp mstdn.party mstdn.ca mas.to masto.ai masto.es techhub.social infosec.exchange hachyderm.io "
    "fosstodon.org chaos.social front-end.social indieweb.social sfba.social universeodon.com toot.community "
    "ohai.social newsie.social social.vivaldi.net social.tchncs.de troet.cafe norden.social c.im pawoo.net "
    "vis.social typo.social graphics.social aus.social framapiaf.org toot.wales joinmastodon.org"
)

CHANNELS: tuple[Listed, ...] = (
    Listed(
        *("linkedin", N_("LinkedIn"), "social", "l", ("linkedin.com", "lnkd.in")),
        apps=(
            "LinkedIn",
            "LinkedIn Lite",
            "LinkedIn Sales Navigator",
            "com.linkedin.android",
            "com.linkedin.android.lite",
        ),
        aliases=("li", "lin"),
        bundles=("com.linkedin.LinkedIn", "com.linkedin.SalesNavigator"),
    ),
    Listed(
        *("instagram", N_("Instagram"), "social", "i", ("instagram.com", "instagr.am", "ig.me")),
        apps=("Instagram", "Instagram Lite", "com.instagram.android", "com.instagram.lite"),
        aliases=("ig", "insta"),
        bundles=("com.burbn.instagram",),
    ),
    Listed(
        *("facebook", N_("Facebook"), "social", "f", ("facebook.com", "fb.com", "fb.me", "fb.watch", "fb.gg")),
        apps=(
            *("Facebook", "Facebook Lite", "Meta Business Suite", "Pages Manager", "Gestionnaire de Pages"),
            *("com.facebook.katana", "com.facebook.lite", "com.facebook.pages.app"),
        ),
        aliases=("fb", "meta"),
        bundles=("com.facebook.Facebook", "com.facebook.PageAdminApp"),
    ),
    Listed(
        *("youtube", N_("YouTube"), "social", "y", ("youtube.com", "youtu.be", "youtube-nocookie.com")),
        apps=(
            *("YouTube", "YouTube Go", "YouTube Studio", "YouTube Shorts"),
            *("com.google.android.youtube", "com.google.android.apps.youtube.mango"),
            "com.google.android.apps.youtube.creator",
        ),
        aliases=("yt",),
        bundles=("com.google.ios.youtube", "com.google.ios.ytcreator"),
    ),
    Listed(
        *("tiktok", N_("TikTok"), "social", "t", ("tiktok.com",)),
        apps=(
            *("TikTok", "TikTok Lite", "musical.ly", "com.zhiliaoapp.musically", "com.zhiliaoapp.musically.go"),
            "com.ss.android.ugc.trill",
        ),
        aliases=("tt", "tik"),
        bundles=("com.ss.iphone.ugc.Trill",),
    ),
    Listed(
        *("x", N_("X"), "social", "x", ("x.com", "twitter.com", "t.co", "tweetdeck.com")),
        apps=(
            "X",
            "Twitter",
            "X Lite",
            "Twitter Lite",
            "X Pro",
            "TweetDeck",
            "com.twitter.android",
            "com.twitter.android.lite",
        ),
        aliases=("twitter", "tw"),
        bundles=("com.atebits.Tweetie2", "maccatalyst.com.atebits.Tweetie2", "com.twitter.twitter-mac"),
    ),
    Listed(
        *("threads", N_("Threads"), "social", "h", ("threads.net", "threads.com")),
        apps=("Threads", "com.instagram.barcelona"),
        aliases=("th", "thr"),
        bundles=("com.burbn.barcelona",),
    ),
    Listed(
        *("pinterest", N_("Pinterest"), "social", "p", _PINTEREST),
        apps=("Pinterest", "Pinterest Lite", "com.pinterest", "com.pinterest.twa"),
        aliases=("pin",),
    ),
    Listed(
        *("snapchat", N_("Snapchat"), "social", "s", ("snapchat.com",)),
        apps=("Snapchat", "com.snapchat.android"),
        aliases=("snap", "sc"),
        bundles=("com.toyopagroup.picaboo",),
    ),
    Listed(
        *("reddit", N_("Reddit"), "social", "r", ("reddit.com", "redd.it")),
        apps=("Reddit", "com.reddit.frontpage"),
        aliases=("rd",),
        bundles=("com.reddit.Reddit",),
    ),
    Listed(
        *("twitch", N_("Twitch"), "social", "w", ("twitch.tv",)),
        apps=("Twitch", "tv.twitch.android.app"),
        aliases=("ttv",),
        bundles=("tv.twitch",),
    ),
    Listed(
        *("mastodon", N_("Mastodon"), "social", "m", _MASTODON),
        apps=("Mastodon", "Tusky", "Fedilab", "org.joinmastodon.android", "com.keylesspalace.tusky"),
        aliases=("masto",),
        bundles=("org.joinmastodon.app", "com.tapbots.Ivory"),
    ),
    Listed(
        *("bluesky", N_("Bluesky"), "social", "b", ("bsky.app", "bsky.social", "skyfeed.app")),
        apps=("Bluesky", "Bluesky Social", "xyz.blueskyweb.app"),
        aliases=("bsky", "bs"),
    ),
    Listed(
        *("whatsapp", N_("WhatsApp"), "messaging", "a", ("whatsapp.com", "wa.me")),
        apps=("WhatsApp", "WhatsApp Business", "WA Business", "com.whatsapp", "com.whatsapp.w4b"),
        aliases=("wa",),
        bundles=("net.whatsapp.WhatsApp", "net.whatsapp.WhatsAppSMB"),
    ),
    Listed(
        *("messenger", N_("Messenger"), "messaging", "g", ("messenger.com", "m.me")),
        apps=("Messenger", "Messenger Lite", "Facebook Messenger", "com.facebook.orca", "com.facebook.mlite"),
        aliases=("msg",),
        bundles=("com.facebook.Messenger", "com.facebook.archon"),
    ),
    Listed(
        *("telegram", N_("Telegram"), "messaging", "e", ("telegram.org", "t.me", "telegram.me")),
        apps=("Telegram", "Telegram X", "Telegram Desktop", "org.telegram.messenger", "org.thunderdog.challegram"),
        aliases=("tg",),
        bundles=("ph.telegra.Telegraph", "ru.keepcoder.Telegram", "com.tdesktop.Telegram"),
    ),
    Listed(
        *("discord", N_("Discord"), "messaging", "d", ("discord.com", "discord.gg", "discordapp.com")),
        apps=("Discord", "com.discord"),
        aliases=("dc",),
        bundles=("com.hammerandchisel.discord", "com.hnc.Discord"),
    ),
    Listed("call", N_("Call"), "in_person", "o", aliases=("phone", "appel")),
    Listed("video", N_("Video call"), "in_person", "v", aliases=("visio",)),
    Listed("meeting", N_("Meeting"), "in_person", "n", aliases=("meet", "rencontre", "rdv")),
    Listed("work", N_("Work"), "focus", "k", aliases=("focus", "travail")),
)

#: `advertise` makes something (a campaign); `moderate` and `client` deal with people. A `report` is written for
#: somebody and then done, so it makes: `monitor` is kept for watching figures that change nothing, which is what the
#: patterns and the week's purposes are about.
ACTIVITIES: tuple[ListedActivity, ...] = (
    ListedActivity("create", N_("Create"), "make"),
    ListedActivity("publish", N_("Publish"), "make"),
    ListedActivity("reply", N_("Reply"), "relate"),
    ListedActivity("relate", N_("Relate"), "relate"),
    ListedActivity("prospect", N_("Prospect"), "relate"),
    ListedActivity("moderate", N_("Moderate"), "relate"),
    ListedActivity("advertise", N_("Advertise"), "make"),
    ListedActivity("report", N_("Report"), "make"),
    ListedActivity("client", N_("Client"), "relate"),
    ListedActivity("monitor", N_("Monitor"), "monitor"),
    ListedActivity("scroll", N_("Scroll"), "scroll"),
)

#: The titles of the channels and activities above, by name; `_` gives the reader's.
TITLES = {channel.name: channel.title for channel in CHANNELS} | {
    activity.name: activity.title for activity in ACTIVITIES
}

#: Social, or looking so, without being a channel here: what a classify queue asks about. Hosts and app names.
LOOKS_SOCIAL: frozenset[str] = frozenset(
    _words(
        "tumblr.com tumblr com.tumblr quora.com quora vk.com vkontakte.ru vk com.vkontakte.android ok.ru "
        "odnoklassniki.ru xing.com xing viadeo.com viadeo weibo.com weibo wechat.com wechat bereal.com bereal "
        "com.bereal.ft vimeo.com vimeo bilibili.com bilibili douyin.com pixelfed.social signal signal.org "
        "org.thoughtcrime.securesms slack slack.com com.slack news.ycombinator.com flickr.com flickr "
        "dribbble.com dribbble behance.net behance medium.com substack.com nextdoor.com nextdoor "
        "clubhouse.com clubhouse lemon8-app.com lemon8 line.me kakao.com viber.com viber skype.com skype "
        "soundcloud.com soundcloud 9gag.com 9gag dailymotion.com dailymotion patreon.com indiehackers.com "
        "producthunt.com malt.fr meetup.com meetup badoo.com tinder.com tinder livejournal.com foursquare.com "
        "last.fm gettr.com truthsocial.com rumble.com kick.com kick"
    )
)
