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
