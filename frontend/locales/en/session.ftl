session-title = Session
session-tab-people = People
session-tab-topics = Topics
session-tab-kit = Kit
session-tab-photos = Photos
session-tab-close = Close
session-day-of = Day { NUMBER($day) } of { NUMBER($days) }
session-day-choose = Day of the session
session-everyone-present = Everyone present
session-everyone-hint = Marks those who have no mark of their own yet.
session-everyone-done = { $count ->
    [one] { NUMBER($count) } person marked present
   *[other] { NUMBER($count) } people marked present
}
session-scan = Scan a badge
session-present = Present
session-late = Late
session-absent = Absent
session-excused = Excused
session-unmarked = Not marked
session-mark-of = Attendance of { $name }
session-marked = { $name }: { $status }
session-present-of = { NUMBER($present) } of { NUMBER($total) }
session-present-label = present or late
session-unmarked-count = { $count ->
    [0] everybody is marked
    [one] { NUMBER($count) } not marked yet
   *[other] { NUMBER($count) } not marked yet
}
session-disputed = Observers differ
session-disputed-count = { $count ->
    [one] { NUMBER($count) } disputed
   *[other] { NUMBER($count) } disputed
}
session-saw = { $observer }: { $status }, { $time }
session-saw-you = You: { $status }, { $time }
session-resolve = Settle
session-resolve-title = Two people saw { $name } differently
session-resolve-explained = Until it is settled, this person counts neither as present nor as absent.
session-counted = Counts as: { $status }
session-resolved-by = Settled by { $name }: { $status }
session-walk-in = Add a person not on the list
session-replacement = Came instead of { $name }
session-people = { $count ->
    [one] { NUMBER($count) } person
   *[other] { NUMBER($count) } people
}
session-place-time = { $place }, { $time }
session-filter-all = All
session-filter-unmarked = Not marked
session-filter-disputed = Disputed
session-not-found = Nobody on this list matches “{ $query }”.
session-empty = Nobody is on this list yet. The coordinator books people into sessions.
session-sheet-title = Attendance sheet
session-signature = Signature
session-warning-trainer = The trainer has not completed the tier above. The session may go on; the commission sees the note.
session-numbered = Session { $number }
session-room-closed = The room cannot be used
session-you = You
session-other-observer = Another observer
session-resolve-holds = What holds
session-resolution-asked = { $name }: { $status }, goes to the commission
session-taken-back = Taken back
session-not-here = This session is not on this device. It may belong to another account, or come with the next sync.
session-not-today = You are marking { $day }, not today.
session-none-published = No session is published yet. Once a plan is published, its sessions appear here.
session-search = Search by room, district or number
