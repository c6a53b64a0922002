"""The invented world that the demo's news come from. Any likeness to real places or people is chance."""

from __future__ import annotations

AGENCY = "Meridian Wire"

SECTIONS = {
    "politics": "Politics",
    "economy": "Economy",
    "science": "Science",
    "culture": "Culture",
    "sport": "Sport",
    "environment": "Environment",
}

PLACES = (
    "Port Ellory",
    "Tolmere",
    "Varnholt",
    "Quillon",
    "Saltmarch",
    "Brenholm",
    "Corvane",
    "Maddenby",
    "Oldwick Bar",
    "Serrin",
    "Dunmorrow",
    "Hask",
    "Ister Falls",
    "Lower Ambry",
    "Kestrel Bay",
    "Talvik Sound",
)
RIVERS = ("Ambry", "Ister", "Morrow", "Quill", "Senn")
COLLEGES = ("Corvane University", "the Brenholm Institute", "the Ellory School of Mines", "Quillon College")
COMPANIES = (
    "Halden & Rook",
    "Northreach",
    "Strait Lines",
    "Tern Marine",
    "Ostmark Cable",
    "Greywater Mills",
    "Pell Brothers",
    "Lantern Freight",
)
ORGANISATIONS = (
    "the Harbour Board",
    "the Islands Trust",
    "the Regional Audit Office",
    "the Coast Commission",
    "the League of Towns",
    "the Strait Fund",
    "the Public Works Agency",
)
PROJECTS = (
    "market hall",
    "tram line",
    "north bridge",
    "river baths",
    "school campus",
    "flood wall",
    "night ferry pier",
    "central library",
)

# Ten people a section, so that names come back as they do in real news.
# fmt: off
_FIRST = (
    "Ines", "Tobias", "Marit", "Anselm", "Petra", "Joren", "Halina", "Casper", "Odile", "Ruben",
    "Liska", "Emeric", "Thora", "Silas", "Bettina", "Aurel", "Wenna", "Lucan", "Sabine", "Idris",
    "Greta", "Konrad", "Yvaine", "Matthis", "Elowen", "Dario", "Signe", "Benedek", "Noor", "Alaric"
)
_LAST = (
    "Hallam", "Corrick", "Vesterholt", "Amery", "Tansley", "Dross", "Pemmican", "Oakeshott",
    "Lindqvell", "Marrow", "Brandreth", "Sorley", "Quist", "Ferriby", "Odhams", "Wexcombe", "Tarn",
    "Elverson", "Mabley", "Kestevan", "Roke", "Dunwiddy", "Aldous", "Hesper", "Norcott", "Vail",
    "Thackeray-Bell", "Ostrander", "Pym", "Calloway", "Greave", "Inskip", "Lorimer", "Haddow",
    "Sesswick", "Yarrow", "Bexfield", "Trewhella", "Mundy", "Ashgrove", "Colby-Stern", "Farrant",
    "Holmquest", "Ruddle", "Sabery", "Tolliver", "Upjohn", "Venner", "Wray", "Zeller", "Barnaby",
    "Crewe", "Delphine", "Eastry", "Fenn", "Goodale", "Hartnoll", "Ivory", "Jessop", "Kemble"
)
# fmt: on
PEOPLE = tuple(f"{_FIRST[(7 * n) % len(_FIRST)]} {last}" for n, last in enumerate(_LAST))

REPORTERS = (
    "Agnes Whitlock",
    "Milo Verrinder",
    "Rosalind Achterberg",
    "Tomas Quillfeather",
    "Dilys Marchbanks",
    "Edda Nightingale",
    "Piers Langstroth",
)

COMMENTS = (
    ("Old Ferryman", "My father would have liked to read this."),
    ("Tideline", "A good report, though the map in the paper edition was upside down."),
    ("M. in Serrin", "And who pays for it in the end?"),
    ("Gull No. 4", "I was there. It was colder than you say."),
    ("Nettle", "More of this and less football, please."),
    ("Quayside", "The bus still does not stop there."),
)
