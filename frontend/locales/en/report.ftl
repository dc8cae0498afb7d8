report-title = Report
report-table-title = Trainings held
report-event = Event
report-participants = Participants
report-count = Number of participants
report-date = Date
report-location = Location
report-organisers = Organisers
report-sessions-behind = Sessions behind this figure
report-expected = Programme expects { NUMBER($count) }
report-published-as = Published: { $quote }
report-agrees = Agrees with the published figure
report-differs = Differs from the published figure
report-contradictions = Does not add up
report-contradictions-none = Every figure agrees with the sessions behind it.
report-not-itemised = Not itemised in the source
report-disputed-note = { $count ->
    [one] { NUMBER($count) } attendance is disputed and counted neither way.
   *[other] { NUMBER($count) } attendances are disputed and counted neither way.
}
report-in-progress = Still being held
report-as-of = Figures as of { $when }
report-empty = No session is published yet. Publish a plan and its sessions appear here.
report-statement-title = Statement
report-say-held = { $event }: { NUMBER($completed) } people completed, in { $sessions ->
    [one] { NUMBER($sessions) } session
   *[other] { NUMBER($sessions) } sessions
} at { $sites ->
    [one] { NUMBER($sites) } place
   *[other] { NUMBER($sites) } places
}, { $days }.
report-say-running = { $event }: { NUMBER($completed) } of { NUMBER($planned) } people have completed so far; { NUMBER($held) } of { NUMBER($sessions) } sessions are held.
report-say-not-begun = { $event } is planned for { $days }.
report-say-not-held = { $event } was planned for { $days }; no session was held.
report-event-count = { $event } ({ NUMBER($count) })
report-planned-window = planned { $days }
report-sites = { $count ->
    [one] held in { NUMBER($count) } place
   *[other] held in { NUMBER($count) } places
}
report-not-yet = not yet
report-parts-title = { $event }, by place
report-sessions-title = { $event }: { $place }
report-all-places = All places
report-all-tiers = All tiers
report-compared-title = Beside the published figures
report-measure = Figure
report-ours = Counted here
report-verdict = Verdict
report-verdict-agrees = Agrees
report-verdict-differs = Does not add up
report-verdict-not-reached = Not reached yet
report-verdict-not-itemised = Not itemised
report-itemised = the source’s items come to { NUMBER($count) }
report-about = about { NUMBER($count) }
report-doubt-silent = { $place } did not answer; every sum lacks it.
report-doubt-invited = { $event }, { $place }: { NUMBER($part) } invited, but only { NUMBER($whole) } seats.
report-doubt-present = { $event }, { $place }: { NUMBER($part) } present, but only { NUMBER($whole) } invited.
report-doubt-completed = { $event }, { $place }: { NUMBER($part) } completed, but only { NUMBER($whole) } present.
report-doubt-held = { $event }, { $place }: { NUMBER($part) } sessions held, but only { NUMBER($whole) } published.
report-doubt-disputed = { $count ->
    [one] { $event }, { $place }: observers differ about { NUMBER($count) } person, who is counted neither way.
   *[other] { $event }, { $place }: observers differ about { NUMBER($count) } people, who are counted neither way.
}
report-doubt-not-marked = { $count ->
    [one] { $event }, { $place }: { NUMBER($count) } session is over and a day of it has no mark.
   *[other] { $event }, { $place }: { NUMBER($count) } sessions are over and a day of each has no mark.
}
report-doubt-days = { $event }: { NUMBER($published) } days are published, but from the first date to the last it is { NUMBER($counted) }.
report-doubt-itemised = { $measure }: the published total is { NUMBER($total) }, its items come to { NUMBER($itemised) }.
report-doubt-average = { $event }: the published groups average { $average } against a norm of { NUMBER($norm) }: too even to be true.
report-first-day = First day
report-last-day = Last day
report-window-first = Planned from
report-window-last = Planned to
report-csv-name = report
report-doubt-published = { $event }: { NUMBER($published) } { $measure } are published, { NUMBER($ours) } are counted here.
