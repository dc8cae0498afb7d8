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
