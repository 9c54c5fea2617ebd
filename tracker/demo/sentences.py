"""What she wrote in the demo: intentions, triggers, notes of the evening, and words of weekly reviews."""

from __future__ import annotations

POSTS = (
    *("carousel on pricing a logo", "before and after of the bakery window", "how a mask begins", "three tiny briefs"),
    *("why I redraw by hand", "a week in the studio", "the offer in one picture", "what a brand is not"),
    *("sketches nobody chose", "paper, glue, patience", "letter to a first client", "carousel on colours that print"),
    *("carousel on saying no", "the street as a portfolio", "what the printer taught me", "five doors in one street"),
)
CAMPAIGN_POSTS = (
    *("workshop: the date and the place", "workshop: what you take home", "workshop: three faces, three stories"),
    *("workshop: questions people ask", "workshop: last places", "workshop: why masks at work"),
)
TODAYS_POST = "the street as a portfolio"
REPLIES = (
    *("answer yesterday's comments", "thank three people by name", "reply to the quote request", "two messages left"),
    *("answer Delphine", "say yes or no to the invitations", "reply under the carousel", "clear the inbox"),
)
PROSPECTING = (
    *(
        "five shops with an old sign",
        "write to two galleries",
        "find who buys for the museum",
        "one museum, one school",
    ),
    *("three theatres of the district", "look up the town hall's buyer", "two architects", "someone at the festival"),
)
LOOKS = (
    *("how did the post do", "who looked at the profile", "followers this week", "likes on the carousel"),
    *("just the numbers", "did anybody share it"),
)
LOOKS_AT_PICTURES = (
    *("one picture for the mood board", "answer Léonie", "only the stories", "see what the others post"),
    *("ten minutes, no more", "colours for the florist", "look for a reference", "a break"),
)
VIDEOS = (
    *("one video on paper folding", "music while I tidy", "how to bind a booklet", "one documentary, then bed"),
    *("a recipe", "something light", "printing with linocut"),
)
WORK = (
    *("offer for the gallery", "logo: second round", "bags: final files", "masks: noses", "masks: varnish"),
    *("invoice and follow-ups", "menu board", "signage: plan of the floors", "drawings 3 to 6", "sketches, no screen"),
    *("packaging: dieline", "offer for the school", "carnival models", "labels: proofs", "portfolio: two projects"),
)
TALKS = ("coffee", "showed the samples", "went past to say hello", "asked what they need", "about the next step")
ADVERTS = ("set up the workshop advert", "pause the weak advert", "new picture for the advert")

TRIGGERS = ("bored", "anxious", "notification", "habit", "procrastinating on the offer")
URGES = (
    *("went to wash the brushes instead", "it was only a red dot", "rang Samia instead", "stood up, drank water"),
    *("the offer was right there", "counted to ten", "left the phone in the hall", "nothing was waiting for me"),
    *("wrote the sentence I was avoiding", "looked out of the window"),
)

NOTES = (
    "Slow start, good end: the offer is out.",
    "Talked more than I typed today, and it shows.",
    "The phone stayed in the drawer until noon.",
    "Two hours gone and I could not say on what.",
    "One call did more than the whole week of posts.",
    "I looked for likes right after posting. Again.",
    "Quiet day. Drew six noses, kept two.",
    "Walked past the bakery and came home with an order.",
    "Evening scrolling, head full of other people's kitchens.",
    "Finished before five and did not know what to do with it.",
    "Said no to a logo for exposure.",
    "Printed, cut, folded: a day with hands.",
    "The comment that hurt was the only useful one.",
    "Planned twenty minutes, stayed fifty.",
    "Rain all day; the café was full and so was my notebook.",
    "Answered everyone, asked for nothing.",
    "Hervé says people ask him for names. Mine is now on his wall.",
    "Invoices. All of them. Done.",
    "Slept badly after the late videos.",
    "Nobody bought, three people smiled.",
    "I opened Instagram to post and came out an hour later without having posted.",
    "Good talk on the stairs with Mme Ferrand.",
    "Wrote to two galleries; one answered within the hour.",
    "The post did nothing. The walk did.",
    "Worked with the door open; somebody came in.",
    "Started with the hardest thing and it was not that hard.",
    "Checked the numbers nine times. They did not move.",
    "Lunch with Nadia, no phone on the table.",
    "Three small jobs instead of the large one.",
    "The large one, at last.",
    "Tidied the studio to avoid the offer. Nice studio.",
    "Sent the offer without tidying anything.",
    "A stranger asked about the mask in the window.",
    "Too many tabs, too little paper.",
    "Learned a new fold from a video, lost the evening to the next ten.",
    "The client loved the version I liked least.",
    "The client loved the version I liked best.",
    "Half a day of messages. Half a day of work. It was enough.",
    "Went to bed with the phone in the kitchen.",
    "Did not want to ring anybody. Rang two.",
    "Paid on the day! Small miracle.",
    "Late payment, polite letter, deep breath.",
    "Paul put one of my masks between the novels.",
    "I post better when I have met somebody first.",
    "Nothing to report, and that is fine.",
    "A morning without opening anything: four hours like a long road.",
    "Compared myself with someone ten years ahead. Why.",
    "Six people at the table and not one screen.",
    "The printer was down, so I finally read the contract.",
    "Coloured the whole afternoon, radio on.",
    "Posted at nine, restless until noon.",
    "Posted at nine, went out at five past. Better.",
    "Karim's sign is up; I took the long way to see it twice.",
    "Somebody copied my carousel. Flattered for a minute.",
    "Too tired to be clever, so I was quick.",
    "Found the right red.",
    "Lost the right red.",
    "Good question from Clara: what would you do without the internet?",
    "The breath before opening helped twice out of three.",
    "Urge at eleven, urge at four; the second one won.",
    "Told a prospect my real price without coughing.",
    "Long day, short list.",
    "Made a list of doors to knock on. It is a nice long street.",
    "One door: no. Second door: come back Thursday.",
    "Thursday: yes.",
    "Bought cheap glue. Never again.",
    "My favourite hour is the one before everyone wakes up.",
    "I miss nothing when I do not look. I keep forgetting that.",
    "The school wants forty small masks and one large dragon.",
    "Ousmane laughed at the first mask. Good sign in a theatre.",
    "Read the statistics instead of the brief.",
    "Read the brief twice; the statistics can wait.",
    "Nice message from an old client, out of nowhere.",
    "Drew on the train, nobody to watch.",
    "Worked from the library: slow network, fast day.",
    "A whole day on three words for the florist. They are good words.",
    "Cancelled meeting, found afternoon.",
    "Said hello to every shop between here and the square.",
    "The carousel took three hours. It brought one kind sentence.",
    "The kind sentence came with a phone number.",
    "Pencils sharpened, mailbox empty, head clear.",
    "I was there to answer one message. One.",
    "Too much coffee, twelve ideas, one keeper.",
    "Signed. Danced in the corridor. Odile saw.",
)
HOLIDAY_NOTES = (
    "Sea. Book. Sea.",
    "Looked once, at lunch, and closed it again.",
    "Drew boats for nobody.",
    "Forgot what day it is.",
    "Long walk along the rocks; the phone took one picture.",
    "Home tomorrow. A bit of me stays here.",
)
CAMPAIGN_NOTES = (
    "Campaign day: everything at once, and the statistics in between.",
    "Four places sold, all to people I have met.",
    "Answered comments until my tea was cold.",
    "The advert costs more than the places it sells.",
    "Nearly full. Could not stop looking.",
    "Full! Two weeks of noise for twelve chairs.",
    "Everyone likes it; who is coming?",
    "Tired of my own face in the posts.",
)
MONTREAL_NOTES = (
    "Landed; the light is different and so is my phone's clock.",
    "Puppets as tall as houses.",
    "Étienne showed me the workshop behind the stage.",
    "Maple everything. Sketchbook nearly full.",
    "Nobody asked how many followers I have.",
)
ZERO_NOTES = ("No phone at all: walked to the lighthouse and back.", "A whole day offline, on purpose.")
RESOLVED_NOTE = "Enough: Instagram after six only, and not in bed. Let us see."

#: The words of her weekly reviews, the latest first.
REVIEWS = (
    "The offer went out on Thursday because I did not open anything before ten. Simple, and hard.\n"
    "Agathe wants six masks. That was one walk across the river.",
    "Ana signed. Fourteen months of posting did not bring her; one evening at a book fair did.\n\n"
    "Next week: nothing in bed. The phone has a place in the kitchen now.",
    "A slow week. I counted: nine looks after Tuesday's post, and the only comment was from my brother.",
    "Back from Montréal, and jet-lagged enough to scroll until two. I forgive myself and move the charger.",
    "Hervé gave my card to the town hall. I did not ask him to. I had only brought him coffee.",
    "I thought it was eight hours. It was eleven. I keep thinking that looking for a minute takes a minute.",
    "Three calls, three good talks. I am less shy than my keyboard.",
    "The pause on Wednesday held, and I finished the signage plans in one go.\n"
    "The pause on Friday did not. I was tired, and X was there.",
    "First week of less Instagram. It feels like a missing tooth: the tongue keeps going there.",
    "I do not want to know how many hours that were, and now I know.",
    "Somebody at the market recognised my masks. Nobody asked for the handle.",
)
