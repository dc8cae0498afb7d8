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
