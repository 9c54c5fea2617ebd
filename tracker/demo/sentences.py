"""What she wrote in the demo, in English and as a French designer would have written it: English to French.

The year is made from the English sentences, so that its records are the same in both languages; then each is replaced.
They are here and not in the catalogue, which every French command loads: a message there has one translation, and
what she wrote is said by nobody else.
"""

from __future__ import annotations

POSTS = {
    "carousel on pricing a logo": "carrousel : le prix d’un logo",
    "before and after of the bakery window": "vitrine de la boulangerie, avant et après",
    "how a mask begins": "comment naît un masque",
    "three tiny briefs": "trois tout petits briefs",
    "why I redraw by hand": "pourquoi je redessine à la main",
    "a week in the studio": "une semaine à l’atelier",
    "the offer in one picture": "l’offre en une image",
    "what a brand is not": "ce qu’une marque n’est pas",
    "sketches nobody chose": "les croquis que personne n’a choisis",
    "paper, glue, patience": "papier, colle, patience",
    "letter to a first client": "lettre à un premier client",
    "carousel on colours that print": "carrousel : les couleurs qui s’impriment",
    "carousel on saying no": "carrousel : savoir dire non",
    "the street as a portfolio": "la rue comme portfolio",
    "what the printer taught me": "ce que l’imprimeur m’a appris",
    "five doors in one street": "cinq portes dans une rue",
}
CAMPAIGN_POSTS = {
    "workshop: the date and the place": "stage : la date et le lieu",
    "workshop: what you take home": "stage : ce que vous emportez",
    "workshop: three faces, three stories": "stage : trois visages, trois histoires",
    "workshop: questions people ask": "stage : les questions qu’on me pose",
    "workshop: last places": "stage : dernières places",
    "workshop: why masks at work": "stage : pourquoi des masques au travail",
}
TODAYS_POST = "the street as a portfolio"
REPLIES = {
    "answer yesterday's comments": "répondre aux commentaires d’hier",
    "thank three people by name": "remercier trois personnes par leur nom",
    "reply to the quote request": "répondre à la demande de devis",
    "two messages left": "encore deux messages",
    "answer Delphine": "répondre à Delphine",
    "say yes or no to the invitations": "dire oui ou non aux invitations",
    "reply under the carousel": "répondre sous le carrousel",
    "clear the inbox": "vider la messagerie",
}
PROSPECTING = {
    "five shops with an old sign": "cinq boutiques à vieille enseigne",
    "write to two galleries": "écrire à deux galeries",
    "find who buys for the museum": "trouver qui achète pour le musée",
    "one museum, one school": "un musée, une école",
    "three theatres of the district": "trois théâtres du quartier",
    "look up the town hall's buyer": "trouver l’acheteur de la mairie",
    "two architects": "deux architectes",
    "someone at the festival": "quelqu’un au festival",
}
LOOKS = {
    "how did the post do": "comment va la publication",
    "who looked at the profile": "qui a vu le profil",
    "followers this week": "abonnés de la semaine",
    "likes on the carousel": "likes du carrousel",
    "just the numbers": "juste les chiffres",
    "did anybody share it": "quelqu’un l’a-t-il partagé",
}
LOOKS_AT_PICTURES = {
    "one picture for the mood board": "une image pour la planche d’ambiance",
    "answer Léonie": "répondre à Léonie",
    "only the stories": "seulement les stories",
    "see what the others post": "voir ce que publient les autres",
    "ten minutes, no more": "dix minutes, pas plus",
    "colours for the florist": "couleurs pour la fleuriste",
    "look for a reference": "chercher une référence",
    "a break": "une pause",
}
VIDEOS = {
    "one video on paper folding": "une vidéo sur le pliage",
    "music while I tidy": "musique pendant que je range",
    "how to bind a booklet": "relier un livret",
    "one documentary, then bed": "un documentaire, puis au lit",
    "a recipe": "une recette",
    "something light": "quelque chose de léger",
    "printing with linocut": "imprimer en linogravure",
}
WORK = {
    "offer for the gallery": "offre pour la galerie",
    "logo: second round": "logo : deuxième version",
    "bags: final files": "sacs : fichiers définitifs",
    "masks: noses": "masques : les nez",
    "masks: varnish": "masques : le vernis",
    "invoice and follow-ups": "facture et relances",
    "menu board": "ardoise du menu",
    "signage: plan of the floors": "signalétique : plan des étages",
    "drawings 3 to 6": "dessins 3 à 6",
    "sketches, no screen": "croquis, sans écran",
    "packaging: dieline": "emballage : tracé de découpe",
    "offer for the school": "offre pour l’école",
    "carnival models": "maquettes du carnaval",
    "labels: proofs": "étiquettes : épreuves",
    "portfolio: two projects": "portfolio : deux projets",
}
TALKS = {
    "coffee": "un café",
    "showed the samples": "montré les échantillons",
    "went past to say hello": "passée dire bonjour",
    "asked what they need": "demandé ce qu’il leur faut",
    "about the next step": "parlé de la suite",
}
ADVERTS = {
    "set up the workshop advert": "créer l’annonce du stage",
    "pause the weak advert": "suspendre l’annonce faible",
    "new picture for the advert": "nouvelle image pour l’annonce",
}
TRIGGERS = {
    "bored": "ennui",
    "anxious": "inquiétude",
    "notification": "notification",
    "habit": "habitude",
    "procrastinating on the offer": "j’évitais l’offre",
}
URGES = {
    "went to wash the brushes instead": "lavé les pinceaux à la place",
    "it was only a red dot": "ce n’était qu’un point rouge",
    "rang Samia instead": "appelé Samia à la place",
    "stood up, drank water": "levée, bu un verre d’eau",
    "the offer was right there": "l’offre était juste là",
    "counted to ten": "compté jusqu’à dix",
    "left the phone in the hall": "laissé le téléphone dans l’entrée",
    "nothing was waiting for me": "rien ne m’attendait",
    "wrote the sentence I was avoiding": "écrit la phrase que j’évitais",
    "looked out of the window": "regardé par la fenêtre",
}
NOTES = {
    "Slow start, good end: the offer is out.": "Début lent, bonne fin : l’offre est partie.",
    "Talked more than I typed today, and it shows.": "Plus parlé que tapé aujourd’hui, et cela se voit.",
    "The phone stayed in the drawer until noon.": "Le téléphone est resté au tiroir jusqu’à midi.",
    "Two hours gone and I could not say on what.": "Deux heures parties, je ne saurais dire à quoi.",
    "One call did more than the whole week of posts.": "Un appel a fait plus que toutes les publications.",
    "I looked for likes right after posting. Again.": "J’ai guetté les likes juste après avoir publié. Encore.",
    "Quiet day. Drew six noses, kept two.": "Journée calme. Six nez dessinés, deux gardés.",
    "Walked past the bakery and came home with an order.": "Passée devant la boulangerie, rentrée avec une commande.",
    "Evening scrolling, head full of other people's kitchens.": (
        "Soirée à faire défiler, la tête pleine des cuisines des autres."
    ),
    "Finished before five and did not know what to do with it.": "Finie avant cinq heures, et que faire de ce temps ?",
    "Said no to a logo for exposure.": "Dit non à un logo payé en visibilité.",
    "Printed, cut, folded: a day with hands.": "Imprimé, coupé, plié : une journée avec les mains.",
    "The comment that hurt was the only useful one.": "Le commentaire qui a piqué était le seul utile.",
    "Planned twenty minutes, stayed fifty.": "Vingt minutes prévues, cinquante passées.",
    "Rain all day; the café was full and so was my notebook.": (
        "Pluie toute la journée ; le café était plein, mon carnet aussi."
    ),
    "Answered everyone, asked for nothing.": "Répondu à tous, rien demandé.",
    "Hervé says people ask him for names. Mine is now on his wall.": (
        "On demande des noms à Hervé. Le mien est maintenant sur son mur."
    ),
    "Invoices. All of them. Done.": "Les factures. Toutes. Faites.",
    "Slept badly after the late videos.": "Mal dormi après les vidéos du soir.",
    "Nobody bought, three people smiled.": "Personne n’a acheté, trois personnes ont souri.",
    "I opened Instagram to post and came out an hour later without having posted.": (
        "Ouvert Instagram pour publier ; sortie une heure plus tard sans avoir publié."
    ),
    "Good talk on the stairs with Mme Ferrand.": "Bonne conversation dans l’escalier avec Mme Ferrand.",
    "Wrote to two galleries; one answered within the hour.": "Écrit à deux galeries ; l’une a répondu dans l’heure.",
    "The post did nothing. The walk did.": "La publication n’a rien donné. La marche, si.",
    "Worked with the door open; somebody came in.": "Travaillé porte ouverte ; quelqu’un est entré.",
    "Started with the hardest thing and it was not that hard.": "Commencé par le plus dur, et ce n’était pas si dur.",
    "Checked the numbers nine times. They did not move.": "Regardé les chiffres neuf fois. Ils n’ont pas bougé.",
    "Lunch with Nadia, no phone on the table.": "Déjeuner avec Nadia, sans téléphone sur la table.",
    "Three small jobs instead of the large one.": "Trois petits travaux au lieu du grand.",
    "The large one, at last.": "Le grand, enfin.",
    "Tidied the studio to avoid the offer. Nice studio.": "Rangé l’atelier pour éviter l’offre. Bel atelier.",
    "Sent the offer without tidying anything.": "Envoyé l’offre sans rien ranger.",
    "A stranger asked about the mask in the window.": "Un inconnu a demandé pour le masque de la vitrine.",
    "Too many tabs, too little paper.": "Trop d’onglets, trop peu de papier.",
    "Learned a new fold from a video, lost the evening to the next ten.": (
        "Appris un pli dans une vidéo, perdu la soirée dans les dix suivantes."
    ),
    "The client loved the version I liked least.": "La cliente a adoré la version que j’aimais le moins.",
    "The client loved the version I liked best.": "La cliente a adoré la version que je préférais.",
    "Half a day of messages. Half a day of work. It was enough.": (
        "Une demi-journée de messages, une demi-journée de travail. C’était assez."
    ),
    "Went to bed with the phone in the kitchen.": "Couchée, le téléphone dans la cuisine.",
    "Did not want to ring anybody. Rang two.": "Pas envie d’appeler. Deux appels quand même.",
    "Paid on the day! Small miracle.": "Payée le jour même ! Petit miracle.",
    "Late payment, polite letter, deep breath.": "Retard de paiement, lettre polie, grande respiration.",
    "Paul put one of my masks between the novels.": "Paul a mis un de mes masques entre les romans.",
    "I post better when I have met somebody first.": "Je publie mieux quand j’ai d’abord vu quelqu’un.",
    "Nothing to report, and that is fine.": "Rien à signaler, et c’est très bien.",
    "A morning without opening anything: four hours like a long road.": (
        "Une matinée sans rien ouvrir : quatre heures comme une longue route."
    ),
    "Compared myself with someone ten years ahead. Why.": (
        "Me suis comparée à quelqu’un qui a dix ans d’avance. Pourquoi."
    ),
    "Six people at the table and not one screen.": "Six à table et pas un écran.",
    "The printer was down, so I finally read the contract.": "Imprimante en panne : j’ai enfin lu le contrat.",
    "Coloured the whole afternoon, radio on.": "Colorié tout l’après-midi, radio allumée.",
    "Posted at nine, restless until noon.": "Publié à neuf heures, agitée jusqu’à midi.",
    "Posted at nine, went out at five past. Better.": "Publié à neuf heures, sortie à neuf heures cinq. Mieux.",
    "Karim's sign is up; I took the long way to see it twice.": (
        "L’enseigne de Karim est posée ; j’ai fait le détour pour la voir deux fois."
    ),
    "Somebody copied my carousel. Flattered for a minute.": "Mon carrousel a été copié. Flattée une minute.",
    "Too tired to be clever, so I was quick.": "Trop fatiguée pour être brillante, alors j’ai été rapide.",
    "Found the right red.": "Trouvé le bon rouge.",
    "Lost the right red.": "Perdu le bon rouge.",
    "Good question from Clara: what would you do without the internet?": (
        "Bonne question de Clara : que ferais-tu sans internet ?"
    ),
    "The breath before opening helped twice out of three.": "Respirer avant d’ouvrir a aidé deux fois sur trois.",
    "Urge at eleven, urge at four; the second one won.": "Envie à onze heures, à seize heures ; la seconde a gagné.",
    "Told a prospect my real price without coughing.": "Annoncé mon vrai prix à un prospect sans tousser.",
    "Long day, short list.": "Longue journée, courte liste.",
    "Made a list of doors to knock on. It is a nice long street.": (
        "Fait la liste des portes où frapper. C’est une belle longue rue."
    ),
    "One door: no. Second door: come back Thursday.": "Une porte : non. Deuxième porte : revenez jeudi.",
    "Thursday: yes.": "Jeudi : oui.",
    "Bought cheap glue. Never again.": "Acheté de la colle bon marché. Plus jamais.",
    "My favourite hour is the one before everyone wakes up.": "Mon heure préférée : celle d’avant que tous se lèvent.",
    "I miss nothing when I do not look. I keep forgetting that.": (
        "Je ne rate rien quand je ne regarde pas. Je l’oublie toujours."
    ),
    "The school wants forty small masks and one large dragon.": (
        "L’école veut quarante petits masques et un grand dragon."
    ),
    "Ousmane laughed at the first mask. Good sign in a theatre.": (
        "Ousmane a ri du premier masque. Bon signe, au théâtre."
    ),
    "Read the statistics instead of the brief.": "Lu les statistiques au lieu du brief.",
    "Read the brief twice; the statistics can wait.": "Lu le brief deux fois ; les statistiques attendront.",
    "Nice message from an old client, out of nowhere.": "Joli message d’une ancienne cliente, sans prévenir.",
    "Drew on the train, nobody to watch.": "Dessiné dans le train, sans personne pour regarder.",
    "Worked from the library: slow network, fast day.": "Travaillé à la médiathèque : réseau lent, journée rapide.",
    "A whole day on three words for the florist. They are good words.": (
        "Un jour entier sur trois mots pour la fleuriste. Ce sont de bons mots."
    ),
    "Cancelled meeting, found afternoon.": "Rendez-vous annulé, après-midi retrouvé.",
    "Said hello to every shop between here and the square.": "Dit bonjour à chaque boutique entre ici et la place.",
    "The carousel took three hours. It brought one kind sentence.": (
        "Le carrousel a pris trois heures. Il a rapporté une phrase gentille."
    ),
    "The kind sentence came with a phone number.": "La phrase gentille venait avec un numéro de téléphone.",
    "Pencils sharpened, mailbox empty, head clear.": "Crayons taillés, messagerie vide, tête claire.",
    "I was there to answer one message. One.": "J’y étais pour répondre à un message. Un.",
    "Too much coffee, twelve ideas, one keeper.": "Trop de café, douze idées, une à garder.",
    "Signed. Danced in the corridor. Odile saw.": "Signé. Dansé dans le couloir. Odile a vu.",
}
HOLIDAY_NOTES = {
    "Sea. Book. Sea.": "Mer. Livre. Mer.",
    "Looked once, at lunch, and closed it again.": "Regardé une fois, à midi, et refermé.",
    "Drew boats for nobody.": "Dessiné des bateaux pour personne.",
    "Forgot what day it is.": "Oublié quel jour on est.",
    "Long walk along the rocks; the phone took one picture.": "Longue marche le long des rochers ; une seule photo.",
    "Home tomorrow. A bit of me stays here.": "Demain, retour. Un peu de moi reste ici.",
}
CAMPAIGN_NOTES = {
    "Campaign day: everything at once, and the statistics in between.": (
        "Jour de campagne : tout à la fois, et les statistiques entre deux."
    ),
    "Four places sold, all to people I have met.": "Quatre places vendues, toutes à des gens que j’ai vus.",
    "Answered comments until my tea was cold.": "Répondu aux commentaires jusqu’à ce que le thé soit froid.",
    "The advert costs more than the places it sells.": "L’annonce coûte plus que les places qu’elle vend.",
    "Nearly full. Could not stop looking.": "Presque complet. Impossible d’arrêter de regarder.",
    "Full! Two weeks of noise for twelve chairs.": "Complet ! Deux semaines de bruit pour douze chaises.",
    "Everyone likes it; who is coming?": "Tout le monde aime ; qui vient ?",
    "Tired of my own face in the posts.": "Lasse de ma tête dans les publications.",
}
MONTREAL_NOTES = {
    "Landed; the light is different and so is my phone's clock.": (
        "Arrivée ; la lumière est autre, l’heure du téléphone aussi."
    ),
    "Puppets as tall as houses.": "Des marionnettes hautes comme des maisons.",
    "Étienne showed me the workshop behind the stage.": "Étienne m’a montré l’atelier derrière la scène.",
    "Maple everything. Sketchbook nearly full.": "De l’érable partout. Carnet presque plein.",
    "Nobody asked how many followers I have.": "Personne n’a demandé combien j’ai d’abonnés.",
}
ZERO_NOTES = {
    "No phone at all: walked to the lighthouse and back.": "Aucun téléphone : aller-retour au phare à pied.",
    "A whole day offline, on purpose.": "Une journée entière hors ligne, exprès.",
}
RESOLVED_NOTE = "Enough: Instagram after six only, and not in bed. Let us see."
#: The words of her weekly reviews, the latest first.
REVIEWS = {
    "The offer went out on Thursday because I did not open anything before ten. Simple, and hard.\n"
    "Agathe wants six masks. That was one walk across the river.": (
        "L’offre est partie jeudi parce que je n’ai rien ouvert avant dix heures. Simple, et difficile.\n"
        "Agathe veut six masques. Il a suffi de traverser le fleuve à pied."
    ),
    "Ana signed. Fourteen months of posting did not bring her; one evening at a book fair did.\n\n"
    "Next week: nothing in bed. The phone has a place in the kitchen now.": (
        "Ana a signé. Quatorze mois de publications ne l’avaient pas amenée ; une soirée au salon du livre, oui.\n\n"
        "La semaine prochaine : rien au lit. Le téléphone a sa place dans la cuisine."
    ),
    "A slow week. I counted: nine looks after Tuesday's post, and the only comment was from my brother.": (
        "Une semaine lente. J’ai compté : neuf coups d’œil après la publication de mardi, et le seul commentaire "
        "venait de mon frère."
    ),
    "Back from Montréal, and jet-lagged enough to scroll until two. I forgive myself and move the charger.": (
        "De retour de Montréal, assez décalée pour faire défiler jusqu’à deux heures. Je me pardonne et je déplace "
        "le chargeur."
    ),
    "Hervé gave my card to the town hall. I did not ask him to. I had only brought him coffee.": (
        "Hervé a donné ma carte à la mairie. Je ne lui avais rien demandé. Je lui avais seulement porté un café."
    ),
    "I thought it was eight hours. It was eleven. I keep thinking that looking for a minute takes a minute.": (
        "Je pensais huit heures. C’était onze. Je crois toujours que regarder une minute prend une minute."
    ),
    "Three calls, three good talks. I am less shy than my keyboard.": (
        "Trois appels, trois bonnes conversations. Je suis moins timide que mon clavier."
    ),
    "The pause on Wednesday held, and I finished the signage plans in one go.\n"
    "The pause on Friday did not. I was tired, and X was there.": (
        "La pause de mercredi a tenu, et j’ai fini les plans de signalétique d’une traite.\n"
        "Celle de vendredi, non. J’étais fatiguée, et X était là."
    ),
    "First week of less Instagram. It feels like a missing tooth: the tongue keeps going there.": (
        "Première semaine avec moins d’Instagram. Comme une dent qui manque : la langue y retourne sans cesse."
    ),
    "I do not want to know how many hours that were, and now I know.": (
        "Je ne voulais pas savoir combien d’heures c’était, et maintenant je sais."
    ),
    "Somebody at the market recognised my masks. Nobody asked for the handle.": (
        "Au marché, quelqu’un a reconnu mes masques. Personne n’a demandé mon compte."
    ),
}

#: What is written once: people, results, expenses, verdicts, habits, commitments.
ONCE = {
    "carousel on snail prospecting": "carrousel : prospecter en escargot",
    "Enough: Instagram after six only, and not in bed. Let us see.": (
        "Assez : Instagram après dix-huit heures seulement, et pas au lit. On verra."
    ),
    "Inès and Théo": "Inès et Théo",
    "poster for the courtyard party": "affiche pour la fête de la cour",
    "sign for the bicycle workshop downstairs": "enseigne pour l’atelier de vélos en bas",
    "knows everybody in the parish hall": "connaît tout le monde à la salle paroissiale",
    "wedding invitations": "faire-part de mariage",
    "masks workshop two doors down": "atelier de masques deux portes plus loin",
    "bags and window of the bakery": "sacs et vitrine de la boulangerie",
    "menu board of the café": "ardoise du café",
    "bookshop: a shelf of masks": "librairie : une étagère de masques",
    "printer, has more orders than designers": "imprimeur, plus de commandes que de graphistes",
    "florist, wants a new name": "fleuriste, veut un nouveau nom",
    "theatre: masks for the spring piece": "théâtre : masques pour la pièce de printemps",
    "primary school, carnival": "école primaire, carnaval",
    "joiner, sends people on": "menuisier, me recommande volontiers",
    "gallery, group show": "galerie, exposition collective",
    "museum shop": "boutique du musée",
    "architect, signage for a nursery": "architecte, signalétique d’une crèche",
    "festival of small theatres": "festival des petits théâtres",
    "publisher in Lisbon": "éditrice à Lisbonne",
    "puppet festival in Montréal": "festival de marionnettes à Montréal",
    "toy maker in Leeds": "fabricante de jouets à Leeds",
    "told the bicycle workshop about me": "a parlé de moi à l’atelier de vélos",
    "a sign and a stamp": "une enseigne et un tampon",
    "asked for a quote under the process post": "a demandé un devis sous la publication",
    "sign": "enseigne",
    "sends me those who want more than one mask": "m’envoie ceux qui veulent plus d’un masque",
    "asked what bags would cost": "a demandé le prix des sacs",
    "invitations": "faire-part",
    "brand for a tea house": "marque d’un salon de thé",
    "bags and window": "sacs et vitrine",
    "passed a drawing on to a friend": "a transmis un dessin à une amie",
    "brand, first half": "marque, première moitié",
    "the bookshop is looking for somebody": "la librairie cherche quelqu’un",
    "a customer without a designer": "un client sans graphiste",
    "labels for a beekeeper": "étiquettes pour un apiculteur",
    "brand, second half": "marque, seconde moitié",
    "new name, new front": "nouveau nom, nouvelle devanture",
    "labels": "étiquettes",
    "eleven masks for the spring piece": "onze masques pour la pièce de printemps",
    "spoke to the school": "a parlé à l’école",
    "name and front": "nom et devanture",
    "wrote after the first campaign post": "a écrit après la première publication de la campagne",
    "workshop for her team": "stage pour son équipe",
    "shared the campaign with two lines of praise": "a partagé la campagne avec deux lignes élogieuses",
    "team workshop, twelve people": "stage d’équipe, douze personnes",
    "asked for the programme": "a demandé le programme",
    "masks": "masques",
    "team workshop": "stage d’équipe",
    "group show in the spring": "exposition collective au printemps",
    "a line of paper masks for the shop": "une série de masques en papier pour la boutique",
    "packaging for a cider maker": "emballage pour un cidrier",
    "two colleagues need signage": "deux confrères ont besoin de signalétique",
    "paper masks, first order": "masques en papier, première commande",
    "liked the carousel, asked for a call": "a aimé le carrousel, a proposé un appel",
    "signage for a nursery": "signalétique d’une crèche",
    "packaging": "emballage",
    "a poster and a stall next year": "une affiche et un stand l’an prochain",
    "cover and twelve drawings": "couverture et douze dessins",
    "gave my card to the town hall": "a donné ma carte à la mairie",
    "signage, first half": "signalétique, première moitié",
    "asked for a quote under Tuesday's post": "a demandé un devis sous la publication de mardi",
    "a print": "un tirage",
    "wants to see three samples": "veut voir trois échantillons",
    "cover, on signature": "couverture, à la signature",
    "six masks for the group show": "six masques pour l’exposition",
    "named me in the comments of a large account": "m’a citée dans les commentaires d’un grand compte",
    "a shop front in oak": "une devanture en chêne",
    "introduced me to her sister's restaurant": "m’a présentée au restaurant de sa sœur",
    "the school next to her wants a mask day": "l’école voisine veut une journée masques",
    "advert for the workshop": "annonce du stage",
    "advert, second week": "annonce, deuxième semaine",
    "advert, pictures of the workshop": "annonce, photos du stage",
    "lunch with Marc": "déjeuner avec Marc",
    "train to the nursery": "train pour la crèche",
    "advert for the carousel": "annonce du carrousel",
    "coffee and cake at the gallery": "café et gâteau à la galerie",
    "pictures after lunch, never on the sofa": "les images après le déjeuner, jamais sur le canapé",
    "every ring so far began with a talk": "chaque cercle a commencé par une conversation",
    "the quotes come from the posts, not from looking at them": (
        "les devis viennent des publications, pas de les regarder"
    ),
    "Draw first": "Dessiner d’abord",
    "Canal walk": "Marche au canal",
    "Read": "Lire",
    "Less feed": "Moins de fil",
    "Talk to someone": "Parler à quelqu’un",
    "I want to check likes": "je veux voir mes likes",
    "I call one prospect": "j’appelle un prospect",
    "I have just published": "je viens de publier",
    "I go out for half an hour": "je sors une demi-heure",
    "I feel like Instagram": "j’ai envie d’Instagram",
    "I draw for ten minutes": "je dessine dix minutes",
    "it is half past ten": "il est vingt-deux heures trente",
    "the phone goes to the kitchen": "le téléphone va à la cuisine",
    "I begin a planned session": "je commence une session prévue",
    "I end it with its plan": "je la finis à l’heure prévue",
    "a post goes nowhere": "une publication ne donne rien",
    "I show the piece to a person": "je montre la pièce à quelqu’un",
    "I sit down to work": "je me mets au travail",
    "the phone stays in its drawer": "le téléphone reste au tiroir",
}

FRENCH = {
    **POSTS,
    **CAMPAIGN_POSTS,
    **REPLIES,
    **PROSPECTING,
    **LOOKS,
    **LOOKS_AT_PICTURES,
    **VIDEOS,
    **WORK,
    **TALKS,
    **ADVERTS,
    **TRIGGERS,
    **URGES,
    **NOTES,
    **HOLIDAY_NOTES,
    **CAMPAIGN_NOTES,
    **MONTREAL_NOTES,
    **ZERO_NOTES,
    **REVIEWS,
    **ONCE,
}
