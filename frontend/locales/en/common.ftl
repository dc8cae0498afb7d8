## Words that any screen may use.

common-product = Cascade
common-skip = Skip to the content
common-language = Language
common-menu = Menu
common-sections = Sections
common-close = Close
common-cancel = Cancel
common-save = Save
common-undo = Undo
common-done = Done
common-back = Back
common-next = Next
common-open = Open
common-change = Change
common-remove = Remove
common-add = Add
common-print = Print
common-download = Download
common-download-csv = Download as CSV
common-search = Search
common-search-people = Search by name, number or station
common-retry = Try again
common-more = More
common-details = Details
common-all = All
common-none = None
common-optional = optional
common-required = required
common-loading = Reading…
common-copy = Copy
common-copied = Copied
common-of = { NUMBER($part) } of { NUMBER($whole) }
common-people = { $count ->
    [one] { NUMBER($count) } person
   *[other] { NUMBER($count) } people
}
common-sessions = { $count ->
    [one] { NUMBER($count) } session
   *[other] { NUMBER($count) } sessions
}
common-stations = { $count ->
    [one] { NUMBER($count) } station
   *[other] { NUMBER($count) } stations
}
common-days = { $count ->
    [one] { NUMBER($count) } day
   *[other] { NUMBER($count) } days
}
common-rows = { $count ->
    [one] { NUMBER($count) } row
   *[other] { NUMBER($count) } rows
}
common-minutes = { $count ->
    [one] { NUMBER($count) } minute
   *[other] { NUMBER($count) } minutes
}
common-kilobytes = { $size } kB
common-megabytes = { $size } MB
common-gigabytes = { $size } GB
common-demo-day = Demo · standing on { $day }
common-station = Station
common-station-code = Station { $code }
common-seat = Seat
common-seat-number = Seat { $number }
common-name = Name
common-role = Role
common-district = District
common-region = Region
common-place = Place
common-room = Room
common-day = Day
common-date = Date
common-time = Time
common-trainer = Trainer
common-trainers = Trainers
common-reason = Reason
common-count = Count
common-share = Share
common-total = Total
common-status = Status
common-action = Action
common-not-known = Not known
common-today = Today
common-tomorrow = Tomorrow
common-note = Note
common-attention = Attention
common-missing = Missing
common-good = Done
common-waiting = Waiting
common-now = Now
common-person-menu = Accounts on this device
common-switch-account = Open as { $name }
common-add-account = Add another account
common-leave = Leave this device
common-sorted-up = Smallest first
common-sorted-down = Largest first
common-sort-by = Sort by { $column }
common-keys = Keys
common-keys-search = Search on this page
common-keys-help = Show these keys
common-keys-go = Go to { $place }
common-keys-then = then
common-keys-close = Close what is open
common-table-scrolls = The table scrolls sideways
common-external = opens in a new window
common-drop-file = Drop a file here
common-choose-file = Choose a file
common-file-chosen = { $name } · { $size }
common-page-missing-title = There is no such page
common-page-missing = The address may be old or mistyped. Nothing is lost.
common-go-start = Go to the start
common-update-ready = A new version is ready.
common-update-now = Use it now
common-theme = Colours
common-theme-system = As the device
common-theme-light = Light
common-theme-dark = Dark

# The screens of headquarters come as a file of their own.
common-office-loading = Fetching the office screens…
common-whole-missing = This screen is not on this device yet; it comes with “Get ready for offline”, while there is a connection. Your records are safe.
