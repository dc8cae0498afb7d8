people-title = People and access
people-access = Access
people-give-code = Give a code
people-new-account = New account
people-account-name = Name
people-account-role = Role
people-account-scope = Territory
people-code-title = Access card for { $name }
people-code-once = The code works once, until { $day }.
people-code-shown-once = It is shown only now. Print the card or write the code down.
people-devices = Devices
people-device-seen = Last seen { $when }
people-device-never = Not joined yet
people-device-holds = { $count ->
    [one] Holds { NUMBER($count) } session
   *[other] Holds { NUMBER($count) } sessions
}
people-revoke = Revoke
people-revoked = Access ended { $when }
people-revoke-explained = The device may still hand in what waits on it; then it forgets everything.
people-empty = Nobody has access below you yet. Give the first code.
people-replaced = Replaced by { $name }
people-vacant = Vacant
people-expected = Expected
people-certified = Certified
people-row-added = Added at the door
people-lead = Who may do what, and where. A code joins one device to one account.
people-role-hq = Headquarters
people-role-approver = Approver
people-role-coordinator = Coordinator
people-role-trainer = Trainer
people-role-monitor = Monitor
people-role-trainee = Trainee
people-role-auditor = Auditor
people-role-hq-hint = Loads, plans, publishes, everywhere.
people-role-approver-hint = Approves plans, but not yours: nobody approves for the one who gave them access.
people-role-coordinator-hint = Runs one place.
people-trainers-hint = Trainers get their codes from the coordinator of their place.
people-scope-all = The whole programme
people-make-code = Make a code
people-made = The code for { $name }
people-card-lead = Cascade: your access to the training programme
people-card-how = Open { $address } on your device and scan the code, or type it.
people-card-qr = QR code that opens Cascade with this code
people-put-away = I have given it; put it away
people-grant-ended = ended
people-devices-count = { $count ->
    [0] No device yet
    [one] { NUMBER($count) } device
   *[other] { NUMBER($count) } devices
}
people-accounts = Accounts
people-trainers-title = Trainers of this place
people-trainers-empty = No trainers are imported yet.
people-refused-title = No code was made
people-reading = Reading the accounts…
