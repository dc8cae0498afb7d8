trainer-nav-today = Today
trainer-nav-sessions = Sessions
trainer-nav-ready = Offline
trainer-today-title = Today
trainer-next = Next session
trainer-take-attendance = Take attendance
trainer-open-session = Open the session
trainer-starts = { $day } at { $time }
trainer-no-session-today = No session today
trainer-this-week = This week
trainer-later = Later
trainer-earlier = Earlier
trainer-session-held = Held
trainer-ready-title = Get ready for offline
trainer-ready-lead = Do this while you have a connection. Then days without one are no trouble.
trainer-ready-button = Get ready for offline
trainer-ready-all = This tablet is ready
trainer-ready-missing = { $count ->
    [one] { NUMBER($count) } thing is not on this tablet yet
   *[other] { NUMBER($count) } things are not on this tablet yet
}
trainer-ready-roster = List of people
trainer-ready-roster-detail = { $count ->
    [one] { NUMBER($count) } person of your sessions
   *[other] { NUMBER($count) } people of your sessions
}
trainer-ready-app = The application itself
trainer-ready-app-detail = Opens without a connection
trainer-ready-storage = Storage kept
trainer-ready-storage-detail = The browser will not clear it
trainer-ready-storage-refused = The browser refused. Install the application (browser menu, then “Install” or “Add to home screen”), open it from there and press the button again.
trainer-ready-storage-ask = Not asked for yet: press the button below
trainer-ready-installed = Installed on the home screen
trainer-ready-installed-hint = Browser menu, then “Install” or “Add to home screen”.
trainer-ready-clock = Date of this device
trainer-ready-clock-wrong = This device shows { $day }. Your records are safe, but set the date before you go.
trainer-ready-sheets = Sheets printed
trainer-ready-sheets-hint = Paper never runs out of battery.
trainer-taken = Taken on this tablet until { $day }
trainer-empty = You have no sessions yet. When a plan with your name is published, they appear here.
trainer-ready-checklist = What is on this tablet
