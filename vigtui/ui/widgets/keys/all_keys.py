"""The one table of keys. The footer, the help, the command palette and docs/keys.md come from it."""

from msgspec import Struct
from textual.binding import Binding, BindingType

from vigtui.film.pane.keys import TRANSPORT


class Key(Struct, frozen=True):
    """One thing a key does.

    `id` is stable ("clip.tag"), so that a person can give it another key in the settings. `label` is
    the footer's word; an empty label keeps the key out of the footer. `tooltip` is the help's sentence, in
    which another key goes by its id, as in "{app.undo} undoes it".
    `also` are other words by which somebody may look for it in the list of commands.
    """

    id: str
    keys: str
    action: str
    label: str
    tooltip: str
    shown_as: str = ""
    priority: bool = False
    also: str = ""


def _of_film(binding: Binding) -> Key:
    """A key of the film's own, as it is in this table."""
    label = binding.description if binding.show else ""
    shown_as = binding.key_display or ""
    return Key(binding.id or "", binding.key, binding.action, label, binding.tooltip, shown_as)


TABLE: dict[str, tuple[Key, ...]] = {
    "app": (
        Key("app.help", "f1,question_mark", "help", "Help", "Explain this screen and every key that works here"),
        Key("app.commands", "f2", "command_palette", "", "Find a command by its name"),
        Key("app.quit", "q", "quit", "", "Save and leave", also="exit close"),
        Key("app.quit_now", "ctrl+q", "quit", "", "Save and leave, also while typing"),
        Key("app.merge", "f10,M", "merge", "", "What came in from others, and conflicts to decide", also="import sync"),
        Key("app.search", "ctrl+f", "search", "", "Search everything that is written: families, questions, captions, notes, working points, voices", priority=True, also="find look for"),
        Key("app.undo", "u", "undo", "", "Undo the last change", also="revert take back"),
        Key("app.redo", "U", "redo", "", "Do again what was undone last"),
        Key("app.save_elsewhere", "ctrl+s", "save_elsewhere", "", "Save now, or to another place if saving fails"),
        Key("app.lock", "f7", "lock", "", "Cover the caseload; an encrypted one until its passphrase is given", priority=True),
        Key("app.themes", "K", "themes", "", "Colours of the screens: seen at once, kept in your settings", also="theme contrast dark light look"),
        Key("app.skip_step", "N", "skip_step", "", "In the demo's first look: the next of the five steps"),
        Key("app.end_steps", "Q", "end_steps", "", "In the demo's first look: no more steps"),
        Key("app.repaint", "ctrl+l", "repaint", "", "Draw the whole screen again"),
        Key("app.suspend", "ctrl+z", "suspend_process", "", "Save, and go to the shell; fg there comes back"),
    ),
    "ways": (Key("welcome.take", "enter", "select", "Choose", "Choose this"),),
    "welcome": (Key("welcome.back", "escape", "back", "", "Back to the caseload that is open"),),
    "past": (
        Key("past.up", "up", "scroll_by(-1)", "", "Up", priority=True),
        Key("past.down", "down", "scroll_by(1)", "Read on", "Down", shown_as="↑↓", priority=True),
        Key("past.page_up", "pageup", "page(-1)", "", "A page up", priority=True),
        Key("past.page_down", "pagedown", "page(1)", "", "A page down", priority=True),
        Key("past.close", "escape", "close", "Close", "Back to work"),
    ),
    "back": (Key("screen.back", "escape", "back", "", "Go back; nothing is lost"),),
    "list": (
        Key("list.open", "enter", "choose", "Open", "Open what is under the cursor"),
        Key("list.up", "up", "move(-1)", "", "The line above"),
        Key("list.down", "down", "move(1)", "", "The next line"),
        Key("list.page_up", "pageup", "page(-1)", "", "A page up"),
        Key("list.page_down", "pagedown", "page(1)", "", "A page down"),
        Key("list.first", "home", "edge(-1)", "", "The first line"),
        Key("list.last", "end", "edge(1)", "", "The last line"),
    ),
    "caseload": (
        Key("caseload.supervise", "s", "supervise", "Supervise", "Start or go on with a session of supervision, intervision or VERP", also="supervision group"),
        Key("caseload.new", "n", "new_family", "New", "Add a family", also="add create"),
        Key("caseload.edit", "e", "edit_family", "", "Change the family's details and members"),
        Key("caseload.remove", "delete", "remove_family", "", "Remove a family that was entered by mistake; {app.undo} undoes it", also="delete erase"),
        Key("caseload.erase", "E", "erase_family", "", "What is written of a family: print it, keep it until another day, or erase it for good, with its film", also="delete destroy forget export words retention"),
        Key("caseload.group", "g", "group", "Group", "Group by guider, by trainee, or not at all"),
        Key("caseload.find", "slash", "find", "Find", "Type to filter", priority=True, shown_as="/"),
        Key("caseload.list", "down", "down", "", "From the filter to the list"),
        Key("caseload.clear", "escape", "back", "", "Show all families again"),
        Key("caseload.voices", "W", "voices", "", "Their own words: what parents, children, carers and workers say of the work", also="voices quotes said"),
        Key("caseload.visit", "v", "visit", "Visit", "Before the visit: what to ask, rate and bring, on one page", also="prepare print"),
        Key("caseload.visits", "V", "visits", "", "The pages for all visits of the next fortnight", also="prepare print"),
        Key("caseload.thread", "T", "thread", "", "A trainee's own thread: working points over time, and clips", also="working points grow"),
        Key("caseload.film", "f", "lost_film", "", "Film that is missing, found again, or without a recording", also="lost relink"),
        Key("caseload.register", "C", "register", "", "Film and copies: where each is, who has it, until when", also="register copies overdue due"),
        Key("caseload.audit", "a", "audit", "", "The audit: what the service counts of its work, over a span of days", also="figures numbers statistics report service lead"),
        Key("caseload.way", "w", "way", "", "The trainee's way: what counts, what does not yet, what the next gate still asks", also="programme training progress hours portfolio"),
        Key("caseload.trainees", "t", "trainees", "", "Everybody in training: last and next session, clips waiting, the next gate", also="supervisor supervisees programme"),
        Key("caseload.person", "p", "person", "", "People: who is here, colleagues, the service's settings", also="user name service settings"),
        Key("caseload.merge", "m", "app.merge", "", "Merge another file; what came in, and conflicts to decide"),
        Key("caseload.import", "I", "import_file", "", "Import families (CSV), or clips and tags from ELAN, BORIS", also="spreadsheet captions subtitles srt vtt webvtt"),
        Key("caseload.export", "O", "export", "", "Export clips and tags for ELAN, BORIS, CSV, or as WebVTT", also="spreadsheet captions subtitles"),
        Key("caseload.file", "o", "open_file", "", "Open another caseload, or make one"),
        Key("caseload.ways", "P", "ways", "", "What opens this encrypted file: passphrases, the recovery key", also="passphrase recovery key encrypt safe"),
        Key("caseload.earlier", "b", "earlier", "", "Look at earlier versions of this file, and put one back", also="backup restore"),
    ),
    "family": (
        Key("family.timeline", "1", "section('timeline')", "", "The cycle timeline"),
        Key("family.questions", "2", "section('questions')", "", "Helping questions and ratings"),
        Key("family.traject", "3", "section('traject')", "", "The traject plan"),
        Key("family.consents", "4", "section('consents')", "", "Consents, person by person"),
        Key("family.film", "5", "section('film')", "", "Film, sharing and deletion"),
        Key("family.referral", "6", "section('referral')", "", "Referral and fit, and how the work ended", also="closure reasons formulation chronology end close"),
        Key("family.add", "a", "add", "Add", "Add to what is shown: a cycle, a recording, a rating...", also="rate new status plan"),
        Key("family.edit", "e", "edit", "Edit", "Change what is under the cursor"),
        Key("family.rate", "r", "rate", "Rate", "Rate the question under the cursor, or all, for whoever rated last", also="score"),
        Key("family.chart", "c", "chart", "Chart", "The ratings of the question under the cursor, as a large chart", also="graph change progress"),
        Key("family.remove", "delete", "remove", "", "Remove what is under the cursor; {app.undo} undoes it", also="delete erase"),
        Key("family.details", "d", "details", "", "Change the family's details and members"),
        Key("family.visit", "v", "visit", "", "Before the visit: what to ask, rate and bring, on one page", also="prepare print"),
        Key("family.letter", "L", "letter", "", "The traject letter, to the client by name", also="print paper end close"),
        Key("family.summary", "S", "summary", "", "A summary for a conference, a meeting or a court: the plan and the work side by side", also="report print paper CP CIN social worker"),
        Key("family.review", "R", "review", "Review", "The shared review: its plan, for the cycle under the cursor", also="show film together parent plan"),
        Key("family.lost_film", "f", "lost_film", "", "Look for film that is missing"),
        Key("family.register", "C", "register", "", "This family's film and copies: where each is, who has it, until when", also="register copies overdue due"),
        Key("family.supervise", "s", "supervise", "", "Plan or open a session of supervision, intervision or VERP", also="supervision group"),
        Key("family.share", "x", "share", "", "Give a clip to somebody outside the work, or record that it was shown", also="social worker conference meeting cut"),
        Key("family.bundle", "B", "bundle", "", "Everything held about one member, in a folder for them", also="subject access request data protection export"),
        Key("family.import", "I", "import_file", "", "Import clips, tags and captions from ELAN, BORIS or subtitles", also="srt vtt webvtt"),
        Key("family.export", "O", "export", "", "Export this family's clips and tags for ELAN, BORIS, CSV, or as WebVTT", also="spreadsheet captions subtitles"),
        Key("family.pack", "ctrl+o", "pack", "", "Make a pack of this family, to take along or to send", also="report export share"),
    ),
    "timeline": (
        Key("timeline.earlier", "left", "event(-1)", "", "The event before"),
        Key("timeline.later", "right", "event(1)", "Event", "The next event", shown_as="←→"),
        Key("timeline.up", "up", "lane(-1)", "", "The lane above"),
        Key("timeline.down", "down", "lane(1)", "Lane", "The lane below", shown_as="↑↓"),
        Key("timeline.first", "home", "edge(-1)", "", "The first event of this lane"),
        Key("timeline.last", "end", "edge(1)", "", "The last event of this lane"),
        Key("timeline.closer", "plus,equals_sign", "zoom(1)", "", "Closer: fewer weeks, more room", shown_as="+-"),
        Key("timeline.wider", "minus", "zoom(-1)", "", "Wider: more weeks on the screen", shown_as="-"),
        Key("timeline.open", "enter", "open", "Open", "Open what is under the cursor"),
        Key("timeline.read", "pagedown", "read(1)", "", "Read on in the text below"),
        Key("timeline.read_back", "pageup", "read(-1)", "", "Read back"),
    ),
    "chart": (
        Key("chart.next", "right_parenthesis,pagedown", "question(1)", "Question", "The family's next question", shown_as="( )"),
        Key("chart.previous", "left_parenthesis,pageup", "question(-1)", "", "The question before"),
        Key("chart.edit", "e", "edit", "Correct", "Correct the rating under the cursor; what it said before is kept"),
        Key("chart.rate", "r", "rate", "Rate", "Rate this question, for the rater under the cursor", also="add new score"),
        Key("chart.remove", "delete", "remove", "", "Remove a rating that was entered by mistake; {app.undo} undoes it", also="delete"),
    ),
    "chart_lines": (
        Key("chart.earlier", "left", "rating(-1)", "", "This rater's rating before"),
        Key("chart.later", "right", "rating(1)", "Rating", "This rater's next rating", shown_as="←→"),
        Key("chart.up", "up", "rater(-1)", "", "The rater before, at the rating nearest in time"),
        Key("chart.down", "down", "rater(1)", "Rater", "The next rater, at the rating nearest in time", shown_as="↑↓"),
        Key("chart.first", "home", "edge(-1)", "", "This rater's first rating"),
        Key("chart.last", "end", "edge(1)", "", "This rater's last rating"),
        Key("chart.open", "enter", "open", "", "Correct the rating under the cursor"),
    ),
    "referral": (
        Key("referral.letter", "L", "screen.letter", "Letter", "The traject letter, to the client by name", also="print paper end close"),
    ),
    "traject": (
        Key("traject.heading", "n", "new_heading", "Heading", "Add a heading in the family's words; it stays when nothing is under it yet", also="new add"),
        Key("traject.later", "right_parenthesis", "day(1)", "Day", "The plan after the next change, up to today's", shown_as="( )"),
        Key("traject.earlier", "left_parenthesis", "day(-1)", "", "The plan as it was after the change before", shown_as="(", also="past history"),
        Key("traject.day", "D", "type_day", "", "The plan as it was on a day that you type", also="past history"),
        Key("traject.changes", "b", "changes", "Between", "What changed between two days", also="compare difference"),
        Key("traject.print", "p", "print", "Print", "The plan of the day that is shown, on paper", also="export paper"),
        Key("traject.up", "ctrl+up", "move(-1)", "", "Put the heading under the cursor earlier", also="order"),
        Key("traject.down", "ctrl+down", "move(1)", "", "Put the heading under the cursor later", also="order"),
    ),
    "lost_film": (
        Key("lost_film.all", "a", "all", "All", "Take every film that was found beyond doubt; {app.undo} undoes it"),
        Key("lost_film.again", "f", "again", "Look again", "Look for film in the caseload's folder again"),
    ),
    "films": (Key("lost_film.take", "enter", "select", "Take", "Take this film; add it to a family; open the family"),),
    "register": (
        Key("register.choose", "space", "mark", "Choose", "Choose film to delete, or leave it", also="mark select"),
        Key("register.choose_due", "asterisk", "mark_due", "", "Choose all film whose day has come, or leave all", shown_as="*", also="mark select overdue"),
        Key("register.delete", "d", "delete", "Delete", "Delete the film that is chosen, or that under the cursor: one reason for all", also="clean up erase"),
        Key("register.ask_for", "w", "ask_for", "Wrote", "Tick that you wrote to whoever has this copy, and asked for it; again takes that back", also="ask write letter tick"),
        Key("register.back", "b", "come_back", "Back", "Say that a copy came back or was destroyed, and when", also="return tick"),
        Key("register.add", "a", "add", "Add", "Add a copy that you know of: a stick, a disc, a print", also="new"),
        Key("register.edit", "e", "edit", "", "Change what is known of the copy under the cursor"),
        Key("register.remove", "delete", "remove", "", "Remove a copy that was entered by mistake; {app.undo} undoes it"),
        Key("register.print", "p", "print", "Print", "The register as a paper, as far as it is shown", also="export paper"),
        Key("register.disclosures", "D", "disclosures", "Disclosed", "To whom something of this family went, and who watched its film: the list as a paper", also="export audit data protection viewing"),
        Key("register.find", "slash", "find", "Find", "Type to filter", priority=True, shown_as="/"),
        Key("register.list", "down", "down", "", "From the filter to the list"),
        Key("register.clear", "escape", "back", "", "Show all again; from there, go back"),
    ),
    "audit": (
        Key("audit.earlier", "left", "span(1)", "", "The span before", priority=True),
        Key("audit.later", "right", "span(-1)", "Span", "The span after, up to today", shown_as="←→", priority=True),
        Key("audit.longer", "plus,equals_sign", "length(1)", "", "A longer span: up to two years", shown_as="+"),
        Key("audit.shorter", "minus", "length(-1)", "Length", "A shorter span: down to a month", shown_as="+-"),
        Key("audit.days", "D", "days", "Days", "Type the first and the last day", also="from until span"),
        Key("audit.families", "1", "part('setting')", "", "Families: by setting, state and status, and how the work ended"),
        Key("audit.cycles", "2", "part('cycles')", "", "Cycles, and how many are complete"),
        Key("audit.ratings", "3", "part('questions')", "", "Helping questions, and ratings from first to last"),
        Key("audit.film", "4", "part('consents')", "", "Consents and film"),
        Key("audit.work", "5", "part('sessions')", "", "Supervision, trainees, and practitioners' time"),
        Key("audit.print", "p", "print", "Paper", "The audit as a paper: small numbers are left out", also="print export"),
    ),
    "search": (
        Key("search.down", "down", "move(1)", "Choose", "The next line; typing goes on", shown_as="↑↓", priority=True),
        Key("search.up", "up", "move(-1)", "", "The line above; typing goes on", priority=True),
        Key("search.page_down", "pagedown", "page(1)", "", "A page down", priority=True),
        Key("search.page_up", "pageup", "page(-1)", "", "A page up", priority=True),
        Key("search.open", "enter", "open", "Open", "Open the place: its screen, its line, film at its time", priority=True),
        Key("search.back", "escape", "back", "Back", "Back to where you were"),
    ),
    "voices": (
        Key("voices.quote", "m", "quote", "May be quoted", "Say who agreed that others read it, or take that back", also="agree consent quote"),
        Key("voices.add", "a", "add", "Add", "Add what somebody said", also="new"),
        Key("voices.edit", "e", "edit", "Edit", "Change what is written of it"),
        Key("voices.remove", "delete", "remove", "", "Remove it; {app.undo} undoes it", also="delete"),
        Key("voices.find", "slash", "find", "Find", "Type to filter", priority=True, shown_as="/"),
        Key("voices.list", "down", "down", "", "From the filter to the list"),
        Key("voices.clear", "escape", "back", "", "Show all again; from there, go back"),
    ),
    "in_training": (Key("trainees.way", "enter", "select", "Way", "The way of whoever is under the cursor: what counts, and what the next gate asks"),),
    "trainees": (
        Key("trainees.session", "s", "session", "Session", "Their next session, or plan one", also="supervise"),
        Key("trainees.portfolio", "o", "portfolio", "Portfolio", "What they have gathered: written pieces, chosen clips, the logbook", also="portfolio reflections"),
        Key("trainees.edit", "e", "edit", "", "Change who they are: roles and time for VIG, by days", also="leave availability roles"),
        Key("trainees.programmes", "P", "programmes", "Programmes", "The programmes: take one in from a file, write one to a file", also="import export"),
    ),
    "way": (
        Key("way.portfolio", "o", "portfolio", "Portfolio", "What they have gathered: written pieces, chosen clips, the logbook", also="portfolio reflections"),
        Key("way.gate", "g", "gate", "Gate", "Record that the next gate was passed, or that a renewal was done", also="transition accreditation assessor"),
        Key("way.add", "a", "add", "", "Begin a programme", also="add enrol new"),
        Key("way.edit", "e", "edit", "", "Correct the gate under the cursor; or from when on they are in the programme, and in which stage"),
        Key("way.remove", "delete", "remove", "", "Take back the gate under the cursor; or take them out of the programme; {app.undo} undoes it", also="delete"),
        Key("way.thread", "T", "thread", "", "Their own thread: working points over time, and clips of shared reviews", also="own thread"),
        Key("way.whose", "w", "whose", "Whose", "The way of somebody else", also="another trainee"),
        Key("way.print", "p", "print", "Print", "The portfolio as a paper", also="export paper"),
        Key("way.evidence", "x", "evidence", "Evidence", "Evidence for an accreditation: the portfolio without what tells which families it is about", also="export assessment anonymous assessor paper"),
    ),
    "portfolio": (
        Key("portfolio.add", "a", "add", "Add", "Add a written piece, a chosen clip, a seminar or a meeting", also="new reflection"),
        Key("portfolio.edit", "e", "edit", "Details", "Change what is under the cursor: a written piece's name, stage, clips, and that it is finished", also="finish"),
        Key("portfolio.remove", "delete", "remove", "", "Remove what is under the cursor; {app.undo} undoes it", also="delete"),
        Key("portfolio.print", "p", "print", "Print", "The portfolio as a paper", also="export paper"),
        Key("portfolio.evidence", "x", "evidence", "Evidence", "Evidence for an accreditation: the portfolio without what tells which families it is about", also="export assessment anonymous assessor paper"),
    ),
    "piece": (
        Key("piece.details", "f4", "details", "Details", "What it is called, for which stage, about which clips; that it is finished", priority=True, also="finish clips stage"),
        Key("piece.follow", "ctrl+g", "follow", "Follow", "Show the moment that the link under the cursor names, as [SR1-1 00:12]", priority=True),
    ),
    "merge": (
        Key("merge.first", "1", "choose(0)", "This", "Keep the version that is shown now; keep what was removed"),
        Key("merge.second", "2", "choose(1)", "Other", "Take the other version; remove what was removed"),
        Key("merge.third", "3", "choose(2)", "Third", "Take the third version"),
        Key("merge.both", "b", "choose(-1)", "Both", "Keep all versions, one after the other"),
        Key("merge.file", "m", "merge_file", "Merge", "Take in a copy of this caseload or a pack, after a look at it"),
    ),
    "arrived": (
        Key("merge.open", "enter", "select", "Open", "Open what is under the cursor; take in a copy"),
        Key("merge.read", "pagedown", "screen.read(1)", "", "Read on in the versions below"),
        Key("merge.read_back", "pageup", "screen.read(-1)", "", "Read back"),
    ),
    "take_in": (
        Key("take_in.take", "enter", "take", "Take in", "Take in all that is listed; {app.undo} undoes it"),
        Key("take_in.cancel", "escape", "cancel", "Cancel", "Leave everything as it is"),
    ),
    "record_list": (Key("record.open", "enter", "select", "Open", "Open or change what is under the cursor"),),
    "consent_grid": (
        Key("consent.record", "enter", "open", "Record", "Record a new decision, or all that is marked", also="withdraw refuse agree sign"),
        Key("consent.give", "g", "mark('given')", "Given", "Mark this cell: given", also="consent form"),
        Key("consent.refuse", "r", "mark('refused')", "Refused", "Mark this cell: refused", also="consent form"),
        Key("consent.withdraw", "w", "mark('withdrawn')", "Withdrawn", "Mark this cell: withdrawn", also="consent form"),
        Key("consent.not_asked", "n", "mark('not_asked')", "Not asked", "Mark this cell: not asked", also="consent form"),
        Key("consent.clear", "escape", "clear", "", "Take back what is marked and not signed"),
        Key("consent.previous", "left", "member(-1)", "", "The member before"),
        Key("consent.next", "right", "member(1)", "Member", "The next member", shown_as="←→"),
        Key("consent.up", "up", "purpose(-1)", "", "The purpose above"),
        Key("consent.down", "down", "purpose(1)", "Purpose", "The purpose below", shown_as="↑↓"),
        Key("consent.paper", "p", "paper", "Print", "The consent form to print: blank, or as it is recorded", also="form paper export"),
    ),
    "transport": tuple(map(_of_film, TRANSPORT)),
    "play": (Key("play.leave", "q,escape", "quit", "Leave", "Leave the film"),),
    "clip": (
        Key("clip.in", "left_square_bracket", "mark_in", "In/Out", "The clip starts here", shown_as="["),
        Key("clip.out", "right_square_bracket", "mark_out", "", "The clip ends here; it loops at once", shown_as="]"),
        Key("clip.tag", "t", "tag", "Tag", "Say who did what at this moment", also="principle mark"),
        Key("clip.note", "n", "note", "Note", "Write a note about this clip, or about the whole recording"),
        Key("clip.words", "c,e", "caption", "", "Title, caption, questions and companion clip; words about a moment"),
        Key("clip.still", "i", "still", "", "Keep this frame as a still image", also="picture photo"),
        Key("clip.next", "pagedown", "clip(1)", "", "The next clip of this recording"),
        Key("clip.previous", "pageup", "clip(-1)", "", "The clip before"),
        Key("clip.whole", "r", "whole", "Whole", "The whole recording, to find another clip in it"),
        Key("clip.mark_moment", "d", "mark_moment", "Mark", "Mark a numbered moment here, to look at later; the film plays on", also="drop bookmark"),
        Key("clip.next_moment", "right_parenthesis", "moment(1)", "", "The next moment that is no clip yet", shown_as=")"),
        Key("clip.moment_before", "left_parenthesis", "moment(-1)", "", "The moment before", shown_as="("),
        Key("clip.of_moment", "enter", "clip_of_moment", "", "Make a clip around the moment at hand; it loops at once"),
        Key("clip.remove", "delete", "remove", "", "Remove this clip, a tag, a still or a moment; {app.undo} undoes it", also="delete"),
        Key("clip.supervise", "a", "to_agenda", "", "Add this clip to the agenda of a session", also="supervision intervision"),
        Key("clip.audiences", "X", "audiences", "", "What may I show, and to whom? A line for each audience", also="consent allowed"),
        Key("clip.share", "x", "share", "", "Give this clip to somebody outside the work, or record that it was shown", also="social worker conference meeting cut"),
    ),
    "filming": (
        Key("filming.mark", "d,space", "mark", "Mark", "Mark a numbered moment now, by the clock", shown_as="d", also="drop bookmark"),
        Key("filming.words", "e", "words", "Words", "Write a word or two about the moment under the cursor"),
        Key("filming.remove", "delete", "remove", "", "Remove the moment under the cursor; {app.undo} undoes it", also="delete"),
    ),
    "marked": (Key("marked.words", "enter", "select", "", "Write about the moment under the cursor"),),
    "review_plan": (
        Key("review_plan.add", "a", "add", "Add", "Plan one more clip or still, or all clips", also="new moment"),
        Key("review_plan.words", "e", "words", "Words", "What to ask, and for what to wait"),
        Key("review_plan.earlier", "ctrl+up", "move(-1)", "", "Show this moment earlier"),
        Key("review_plan.later", "ctrl+down", "move(1)", "Order", "Show this moment later", shown_as="ctrl+↑↓"),
        Key("review_plan.remove", "delete", "remove", "", "Take this moment out of the plan; {app.undo} undoes it", also="delete"),
        Key("review_plan.names", "n", "names", "Names", "How everybody is called at home, for this sitting alone", also="pseudonym label"),
        Key("review_plan.filming", "d", "filming", "Filming", "Mark moments by the clock while the review is filmed"),
        Key("review_plan.print", "p", "print", "Print", "The plan as a paper", also="export paper"),
    ),
    "planned": (Key("planned.begin", "enter", "select", "Begin", "Show the moments to the family, from this one on", also="start show present"),),
    "review": (
        Key("review.play", "space", "toggle", "Play", "Play or pause; at the end of a moment, play it again"),
        Key("review.again", "home", "again", "", "The moment again, from its start"),
        Key("review.next", "right,pagedown", "next", "Next", "The next moment: a clip plays, a still stands"),
        Key("review.before", "left,pageup", "before", "", "The moment before"),
        Key("review.frame_back", "comma", "frame_back", "", "One frame back"),
        Key("review.frame_on", "full_stop", "frame_on", "", "One frame on"),
        Key("review.write", "w", "write", "Write", "Write what is said, in their own words; the film waits"),
        Key("review.caption", "c", "caption", "", "Show what is seen and heard, or hide it"),
        Key("review.question", "o", "question", "Question", "Show the helping question, or hide it"),
        Key("review.window", "f", "window", "Full screen", "The film in a window as large as the screen, where there is a display; and back"),
        Key("review.mute", "m", "mute", "Sound", "Sound off or on"),
        Key("review.mark", "d", "mark", "Mark", "Mark a moment by the clock, in the film that is made of the review"),
        Key("review.rate", "r", "rate", "Rate", "At the end: ratings, their own words, the next film and its day"),
        Key("review.keys", "f1,question_mark", "keys", "", "Tell the keys, until the next one"),
        Key("review.back", "escape,q", "back", "End", "Back to the plan"),
    ),
    "said": (
        Key("said.speaker", "tab", "speaker", "", "Somebody else speaks", priority=True),
        Key("said.leave", "escape", "leave", "", "Back to the film; what was written is kept"),
    ),
    "go_to": (Key("film.go_to", "g", "go_to", "Go to", "Go to a time of the film: type it, as 7:50", also="jump"),),
    "writing": (
        Key("writing.play", "ctrl+@,ctrl+space", "play_or_pause", "Play", "Play or pause, also while writing", shown_as="ctrl+space", priority=True),
        Key("writing.resume", "f5", "resume", "", "Play on after writing", priority=True),
        Key("writing.time", "ctrl+t", "stamp", "Time", "Put a link to this moment into the note", priority=True),
        Key("writing.follow", "ctrl+g", "follow", "", "Play the moment that the link under the cursor names", priority=True),
        Key("writing.editor", "ctrl+e", "external_editor", "", "Write this text in your own editor ($EDITOR)", priority=True),
        Key("writing.switch", "f6", "screen.switch", "", "To the film, the film beside it, the notes, and back", priority=True),
    ),
    "supervision": (
        Key("walk.next", "ctrl+n", "item(1)", "Next", "The next item: its clip loads, cues and loops", priority=True),
        Key("walk.previous", "ctrl+p", "item(-1)", "", "The item before", priority=True),
        Key("walk.beside", "f8,ctrl+b", "beside", "Beside", "Show the companion clip's film instead, and back", priority=True),
        Key("walk.other", "f8,ctrl+b", "other", "", "From one film to the film beside it", priority=True),
        Key("walk.both", "f9", "both", "Both", "Play both films together, or pause both", priority=True),
        Key("walk.sound", "f12", "sound", "", "Hear the other film", priority=True),
        Key("walk.seeing", "ctrl+r", "own_seeing", "", "Your own seeing is done; or, see what the trainee saw by themselves", priority=True, also="prepare ready trainee reveal"),
        Key("walk.thread", "f11", "thread", "", "The trainee's working points: open, practised, settled; and their clips", priority=True, also="working points own thread"),
        Key("walk.agenda", "f3", "agenda", "", "The agenda: add, change, reorder, remove items", priority=True, also="question delete"),
        Key("walk.session", "f4", "session", "Session", "Session details; say that it has taken place, agree it, amend it", priority=True, also="hold sign lock delete"),
        Key("walk.pack", "ctrl+o", "pack", "", "Make a pack of this session, to take along or to send", priority=True, also="report export"),
    ),
    "history": (
        Key("history.here", "h", "history", "", "Who changed what is under the cursor, what of it, and when", also="report log"),
        Key("history.family", "H", "family_history", "", "What was done in all records of this family, newest first"),
    ),
    "paper": (
        Key("paper.write", "p", "write", "Print or keep", "Write it to a file that only you can read", also="print export save"),
        Key("paper.names", "n", "names", "Names", "How everybody is called at home, for this print alone", also="pseudonym label"),
        Key("paper.close", "escape", "close", "Close", "Back to work"),
    ),
    "thread": (
        Key("thread.points", "1", "view('points')", "", "The working points of every supervision"),
        Key("thread.clips", "2", "view('clips')", "", "The clips of the shared reviews, and of VERP, in time order"),
        Key("thread.practised", "p", "goes('practised')", "Practised", "The working point was practised, in a clip", also="working point"),
        Key("thread.settled", "s", "goes('settled')", "Settled", "The working point is settled"),
        Key("thread.open", "o", "goes('open')", "Open again", "The working point is open again"),
    ),
    "message": (
        Key("message.copy", "c", "copy", "Copy", "Copy the message, where the terminal lets programs copy", also="clipboard"),
        Key("message.save", "p", "save", "Save", "Save it to a file that only you can read", also="print export"),
        Key("message.close", "escape", "close", "Close", "Back to the session"),
    ),
    "skills": (
        Key("skills.fill_in", "enter", "fill_in", "Fill in", "Go through the items, one by one", priority=True),
        Key("skills.close", "escape", "close", "Close", "Back to the session"),
    ),
    "audiences": (Key("audiences.close", "escape", "close", "Close", "Back to the clip"),),
    "pack": (
        Key("pack.make", "enter", "make", "Go on", "Choose where the pack goes"),
        Key("pack.cancel", "escape", "cancel", "Cancel", "Leave without a pack"),
    ),
    "preview": (
        Key("preview.go_on", "enter", "go_on", "Go on", "Make what is listed; or choose where it goes"),
        Key("preview.answers", "c", "answers", "Codes", "Change what the codes mean, and who the names are"),
        Key("preview.cancel", "escape", "cancel", "Cancel", "Leave everything as it is"),
    ),
    "form": (
        Key("form.save", "ctrl+s", "save", "Save", "Save this form, or go on with what stands in it", priority=True),
        Key("form.cancel", "escape", "cancel", "Cancel", "Leave without a change"),
    ),
    "decide": (
        Key("decide.go_on", "ctrl+s", "go_on", "Go on", "Choose the folder; what is ticked goes along", priority=True),
        Key("decide.read", "pagedown", "read(1)", "", "Read on in the words below", priority=True),
        Key("decide.read_back", "pageup", "read(-1)", "", "Read back", priority=True),
        Key("decide.cancel", "escape", "cancel", "Cancel", "Leave; nothing is written"),
    ),
    "confirm": (
        Key("confirm.no", "escape,n", "no", "Cancel", "No: leave everything as it is"),
        Key("confirm.left", "left,up", "app.focus_previous", "", "The answer before"),
        Key("confirm.right", "right,down", "app.focus_next", "Choose", "The next answer", shown_as="←→"),
    ),
    "choose": (
        Key("choose.up", "up", "move(-1)", "", "Up", priority=True),
        Key("choose.down", "down", "move(1)", "Choose", "Down", shown_as="↑↓", priority=True),
        Key("choose.cancel", "escape", "cancel", "Cancel", "Leave without choosing"),
    ),
    "files": (Key("files.parent", "ctrl+u", "parent", "Folder above", "The folder above", priority=True),),
    "dialog": (
        Key("dialog.help", "f1,question_mark", "app.help", "Help", "Explain this dialog and every key that works here"),
        Key("dialog.repaint", "ctrl+l", "app.repaint", "", "Draw the whole screen again"),
    ),
    "passphrase": (Key("passphrase.cancel", "escape", "cancel", "Cancel", "Leave the caseload closed"),),
    "lock": (Key("lock.leave", "ctrl+q", "app.quit", "Leave", "Save and leave"),),
    "cover": (Key("cover.uncover", "enter", "uncover", "Go on", "Show the caseload again"),),
    "outside": (Key("outside.done", "escape", "done", "Done", "Go on here, with what was saved"),),
    "working": (Key("working.stop", "escape", "cancel", "", "Stop, as soon as that is possible"),),
    "help": (Key("help.close", "escape,q,f1,question_mark", "close", "", "Back to work"),),
}  # fmt: skip


def bindings(*contexts: str) -> list[BindingType]:
    """Textual's bindings for the named parts of the table, in their order."""
    return [
        Binding(
            key.keys,
            key.action,
            key.label or key.tooltip,
            show=bool(key.label),
            key_display=key.shown_as or None,
            priority=key.priority,
            tooltip=key.tooltip,
            id=key.id,
        )
        for context in contexts
        for key in TABLE[context]
    ]
