"""The words for the two halves of a day beside a 12-hour clock, as phones write them in their languages.

Those of the Unicode CLDR's locales, without blanks and dots, in lower case; a word that means the one half here and
the other half there is in neither set.
"""

from __future__ import annotations

MORNING = frozenset(
    """
    am a vorm vormittag vormittags morgens frühmorgens früh nachts mitternachts matin dumatin mattina
    dimattina mañana delamañana madrugada delamadrugada manhã damanhã damadrugada dop dopoledne dopoł rano
    de délelőtt reggel fm förmiddag formiddag ap aamupäivä öö πμ πρωί sa sáng dp дп утра ночи пред
    проб преподне претпл пријеподне prijepodne dopoldne dopoludnia priešpiet priekšp priekšpusdienā pd paradite ص
    صباحا صباحًا قظ قبلازظهر ق לפנהצ לפנה״צ לפנה''צ पूर्वाह्न सुबह ก่อนเที่ยง ຕອນເຊົ້າ နံနက် ព្រឹក 上午 午前 오전
    凌晨 早上 清晨 早晨 午夜 半夜 새벽 아침 pagi pg
    """.split()  # noqa: SIM905  # words to be read as words
)

AFTERNOON = frozenset(
    """
    pm p nachm nachmittag nachmittags mittags abends abend aprèsmidi del'aprèsmidi soir dusoir pomeriggio
    delpomeriggio sera disera tarde delatarde datarde noche delanoche noite danoite odp odpoledne popoł
    popołudniu wieczorem du délután este em eftermiddag ettermiddag ip iltapäivä ös μμ απόγευμα βράδυ ch
    chiều tối слоб пп дня вечера слід попл поподне послијеподне popodne popoldne popoludní popoludnie popiet pēcp
    pēcpusdienā md e m pasdite م مساء مساءً بظ بعدازظهر אחהצ אחה״צ अपराह्न शाम หลังเที่ยง ຕອນແລງ
    ညနေ ល្ងាច 下午 午後 오후 傍晚 晚上 夜里 저녁 밤 sore malam petang ptg ptang
    """.split()  # noqa: SIM905  # words to be read as words
)

#: Noon itself, in Chinese: some minutes before twelve and an hour after.
NOON = frozenset(("中午", "正午", "낮"))
