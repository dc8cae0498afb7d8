hq-nav-overview = Overview
hq-nav-programme = Programme
hq-nav-import = Import
hq-nav-plan = Plan
hq-nav-report = Report
hq-nav-people = Access
hq-overview-title = Overview
hq-programme-title = Programme
hq-programme-lead = What is to be taught, to whom, where and when.
hq-election-day = Election day
hq-days-left = { $count ->
    [one] day left
   *[other] days left
}
hq-days-left-label = Until election day
hq-certified-label = Persons certified
hq-completed-label = Persons who completed
hq-stations-ready-label = Stations ready
hq-sessions-held-label = Sessions held
hq-of-needed = of { NUMBER($count) } needed
hq-of-all = of { NUMBER($count) }
hq-of-planned = of { NUMBER($count) } planned
hq-road-title = Before the first session
hq-road-lead = Each step opens when the one before has begun. Nothing waits for a perfect list.
hq-road-stations = Stations
hq-road-people = People
hq-road-rooms = Rooms
hq-road-trainers = Trainers
hq-road-plan = Plan
hq-road-approval = Approval
hq-road-publication = Publication
hq-road-delivered = { NUMBER($done) } of { NUMBER($all) } districts
hq-road-late = { $count ->
    [one] { NUMBER($count) } district is late
   *[other] { NUMBER($count) } districts are late
}
hq-step-done = Done
hq-step-started = Begun
hq-step-todo = To do
hq-step-blocked = Waits for the step before
hq-map-title = Coverage by place
hq-map-scale = Share of people who completed
hq-map-least = none
hq-map-most = all
hq-map-stale = Figures older than a day
hq-map-table = The map as a table
hq-map-place = { $place }: { $share }
hq-funnel-title = From seat to certificate
hq-count-planned = Planned
hq-count-planned-detail = seats of the audience
hq-count-invited = Invited
hq-count-invited-detail = on a published list
hq-count-present = Present
hq-count-present-detail = on at least one day
hq-count-completed = Completed
hq-count-completed-detail = the tier's rule met
hq-count-passed = Passed
hq-count-passed-detail = its tests too
hq-count-certified = Certified
hq-count-certified-detail = valid, current version
hq-count-disputed = Disputed
hq-count-disputed-detail = observers differ; neither present nor absent
hq-timeline-title = Sessions by day
hq-timeline-held = Held
hq-timeline-planned = Planned
hq-timeline-lost = Not held
hq-timeline-day = { $day }: { NUMBER($held) } held of { NUMBER($planned) }
hq-worst-title = Where help is needed first
hq-worst-empty = No place is behind.
hq-units = Territory
hq-regions = Regions
hq-districts = Districts
hq-stages = Tiers
hq-stage-window = Taught { $days }
hq-stage-audience = Audience
hq-stage-norm = Group
hq-stage-norm-detail = { NUMBER($norm) } people, never more than { NUMBER($max) }
hq-stage-trainers = { $count ->
    [one] { NUMBER($count) } trainer in each session
   *[other] { NUMBER($count) } trainers in each session
}
hq-stage-taught-by = Taught by those who completed “{ $stage }”
hq-modules = Topics
hq-calendar = Calendar
hq-calendar-holiday = Holiday
hq-calendar-rest = Weekly rest
hq-published = Published figures
hq-published-value = As published
hq-published-exact = exact
hq-published-about = about
hq-assumptions = What no source says
hq-assumed = Assumed
hq-sources = Sources
hq-as-of = As of { $when }
hq-empty = No programme is loaded yet. Load one to begin.
hq-load-programme = Load a programme
hq-overview-lead = Where the training stands, by tier.
hq-read-again = Read again
hq-reading = Reading the figures…
hq-read-at = Figures of { $time }
hq-silent = { $places } did not answer. Every sum lacks it.
hq-failed-title = The figures could not be read
hq-waiting-title = Not sent yet
hq-waiting = { $count ->
    [one] { NUMBER($count) } decision is safe on this device and goes out by itself when the connection is back.
   *[other] { NUMBER($count) } decisions are safe on this device and go out by themselves when the connection is back.
}
hq-not-stored = This device could not store the decision, so it was not sent. Free some space and try again.
hq-invited-label = Persons invited
hq-none-left = Polling day is over
hq-road-late-places = { $count ->
    [one] { NUMBER($count) } place is missing
   *[other] { NUMBER($count) } places are missing
}
hq-road-places = { NUMBER($done) } of { $all ->
    [one] { NUMBER($all) } place
   *[other] { NUMBER($all) } places
}
hq-trouble-not-invited = { $count ->
    [one] { NUMBER($count) } person is on no published list
   *[other] { NUMBER($count) } people are on no published list
}
hq-trouble-not-completed = { $count ->
    [one] All sessions are held; { NUMBER($count) } person has not completed
   *[other] All sessions are held; { NUMBER($count) } people have not completed
}
hq-trouble-disputed = { $count ->
    [one] Observers differ about { NUMBER($count) } person
   *[other] Observers differ about { NUMBER($count) } people
}
hq-act-plan = Plan them
hq-act-sessions = See the sessions
hq-act-settle = See the sessions; the coordinator settles it
hq-shipped-title = Programmes that come with Cascade
hq-shipped-kyrgyzstan-2021 = Kyrgyzstan 2021: local councils, 31,150 precinct members in nine places
hq-open-pack = Look at it
hq-pack-file = Or drop a programme file here
hq-pack-file-hint = A programme.json, at most 1.5 MB. It is checked before anything is loaded.
hq-pack-checked = Checked: nothing is broken
hq-pack-load = Load this programme
hq-pack-drop = Put it away
hq-pack-replace = The programme that runs here is replaced; what was recorded stays.
hq-pack-problems = { $count ->
    [one] The file has { NUMBER($count) } fault; nothing was loaded
   *[other] The file has { NUMBER($count) } faults; nothing was loaded
}
hq-pack-path = Where in the file
hq-pack-fault = What is wrong
hq-pack-whole = the whole file
hq-pack-not-read = The file could not be read.
hq-targets = Expected
hq-window = Window
hq-languages = Languages
hq-country = Country
hq-taught-days = { $count ->
    [one] { NUMBER($count) } taught day
   *[other] { NUMBER($count) } taught days
}
hq-topics-minutes = { NUMBER($count) } topics, { NUMBER($minutes) } minutes
hq-measure = Counts
hq-measure-persons = persons
hq-measure-sessions = sessions
hq-measure-days = days
hq-measure-trainers = trainers
hq-measure-stations = stations
hq-measure-sites = places
hq-measure-topics = topics
hq-whole-programme = Whole programme
hq-source = Source

## Faults of a programme file, by their stable code.
hq-fault-file-too-large = the file is larger than { $max-bytes } bytes
hq-fault-unreadable = line { $line }, column { $column }: { $reason }
hq-fault-format = this pack is format { $found }; this Cascade reads { $readable }
hq-fault-too-many = { $found } entries; at most { $max } are allowed
hq-fault-empty = at least one entry is needed
hq-fault-no-english = the English text (en) is missing
hq-fault-blank-text = the text in { $tag } is blank
hq-fault-long-text = the text in { $tag } is longer than { $max } characters
hq-fault-bad-tag = { $tag } is not a language tag such as en or az-Cyrl
hq-fault-blank = this must not be blank
hq-fault-long = longer than { $max } characters
hq-fault-repeated = { $value } is listed twice
hq-fault-bad-name = { $name } may hold only a-z, 0-9 and hyphens between them
hq-fault-bad-country = { $country } is not a country code of two capital letters
hq-fault-out-of-range = { $value } lies outside { $min } to { $max }
hq-fault-duplicate-code = the code { $code } is used twice
hq-fault-no-nation = no unit has the level nation
hq-fault-second-nation = a second nation; { $first } is already the nation
hq-fault-nation-inside = the nation cannot lie in { $parent }
hq-fault-no-parent = { $unit } is not the nation, so it needs a parent
hq-fault-unknown-parent = no unit has the code { $parent }
hq-fault-parent-after-child = the parent { $parent } must come before the units in it
hq-fault-unit-cycle = { $unit } lies in itself
hq-fault-parent-below = the parent { $parent } is not of a higher level
hq-fault-ambiguous-name = { $name } could also mean { $other }, its neighbour
hq-fault-no-shard = { $unit } belongs to no shard: give one to it or to a unit above it
hq-fault-duplicate-shard = the shard { $shard } already belongs to { $other }
hq-fault-unknown-role = no role has the code { $role }
hq-fault-unknown-stage = no stage has the code { $stage }
hq-fault-unknown-source = source { $source-index } of { $sources } (the first is 0)
hq-fault-window-reversed = the window ends on { $last }, before it begins on { $first }
hq-fault-window-too-long = the window spans { $days } days; at most { $max } are allowed
hq-fault-window-too-short = a session takes { $days } days; the window has { $taught } taught days
hq-fault-after-election = the window ends on { $last }, not before polling day, { $election }
hq-fault-norm-over-max = the norm { $norm } is greater than the maximum { $max }
hq-fault-slot-count = { $slots } slots a day, but { $starts } starting times
hq-fault-slot-overlap = the slot at minute { $start-min } begins before the one above ends, at minute { $free-min }
hq-fault-first-stage-taught = { $stage } is the first tier: no tier can teach it
hq-fault-stage-cycle = { $stage } is taught by its own graduates
hq-fault-taught-by-later = { $stage } teaches this tier, so it must be listed above it
hq-fault-taught-too-early = this tier ends before { $stage }, which teaches it, has begun on { $first }
hq-fault-modules-too-long = the modules of { $stage } take { $minutes } minutes; a session has { $available }
hq-fault-holiday-worked = { $day } is both a holiday and a working day
hq-fault-no-taught-weekday = all seven weekdays rest
